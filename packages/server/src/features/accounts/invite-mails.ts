import { z } from 'zod'
import type { Database } from '../../platform/db/open.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { type Mail, type Mailer, oneLine } from '../../platform/mail/mailer.ts'
import { clearOldThrottles } from '../../platform/throttle.ts'
import { getInstitution } from '../institutions/index.ts'
import { listInvitedPeople, lockPeople } from './invites.store.ts'
import { INVITE_DAYS, mintInvites } from './prepare-invites.ts'

type Deps = { db: Database; jobs: Jobs; mailer: Mailer | null; publicUrl: string; now: () => Date }

const QUEUE = 'invite-mails'
/** A job is a handful of mails: one that fails is tried again by itself. */
const MAILS_A_JOB = 20

const Payload = z.object({ institutionId: z.uuid(), personIds: z.array(z.uuid()) })

/** Call it after the commit. The queue holds ids; the token is made when its mail leaves. */
export async function queueInviteMails(
  { jobs }: { jobs: Jobs },
  institutionId: string,
  personIds: readonly string[],
): Promise<void> {
  const payloads: z.infer<typeof Payload>[] = []
  for (let from = 0; from < personIds.length; from += MAILS_A_JOB)
    payloads.push({ institutionId, personIds: personIds.slice(from, from + MAILS_A_JOB) })
  await jobs.add(QUEUE, payloads)
}

/** Sends queued invites for as long as the server runs, and keeps the counters against guessing small. */
export async function startInviteMails(deps: Deps): Promise<void> {
  await deps.jobs.work(QUEUE, (payload) => sendInvites(deps, Payload.parse(payload)))
  await deps.jobs.everyMinute('accounts-tidy', () => clearOldThrottles(deps, deps.now()))
}

async function sendInvites(deps: Deps, { institutionId, personIds }: z.infer<typeof Payload>): Promise<void> {
  const failed: { personId: string; error: unknown }[] = []
  for (const personId of personIds)
    await sendInvite(deps, institutionId, personId).catch((error: unknown) => failed.push({ personId, error }))
  if (failed.length === 0) return
  // Those who got theirs get no second one, whose link would end the first.
  if (failed.length === personIds.length) throw failed[0]?.error
  await queueInviteMails(
    deps,
    institutionId,
    failed.map(({ personId }) => personId),
  )
}

async function sendInvite({ db, mailer, publicUrl, now }: Deps, institutionId: string, personId: string) {
  if (!mailer) throw new Error('invites are queued but no SMTP server is set')
  const mail = await db.inInstitution(institutionId, async (tx) => {
    await lockPeople(tx, [personId])
    const [person] = await listInvitedPeople(tx, { personIds: [personId], by: null })
    // Accepted, disabled or without an address by now: nothing to send.
    if (!person?.email) return null
    const { name } = await getInstitution(tx)
    const [invite] = await mintInvites(publicUrl, tx, { institutionId, by: null, personIds: [personId], at: now() })
    return invite && inviteMail({ to: person.email, fullName: person.fullName, institution: name, link: invite.link })
  })
  if (mail) await mailer.send(mail)
}

type Invite = { to: string; fullName: string; institution: string; link: string }

function inviteMail({ to, fullName, institution, link }: Invite): Mail {
  return {
    to,
    subject: `Your account at ${oneLine(institution)}`,
    text: [
      `Hello ${oneLine(fullName)},`,
      `${oneLine(institution)} marks attendance with Smart Attendance and has made an account for you. Open this link to choose your password:`,
      link,
      `The link works once, for ${INVITE_DAYS} days. If you did not expect this mail, you can ignore it.`,
    ].join('\n\n'),
  }
}
