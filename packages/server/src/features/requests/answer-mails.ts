import { z } from 'zod'
import type { Database, Tx } from '../../platform/db/open.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { type Mail, type Mailer, oneLine } from '../../platform/mail/mailer.ts'
import { getInstitution } from '../institutions/index.ts'
import { findAddress } from './answer-mails.store.ts'
import { findCorrection } from './corrections.store.ts'
import { findLeave, listLeaveClasses } from './leaves.store.ts'

type Queue = { jobs: Jobs; mailer: Mailer | null }
type Deps = Queue & { db: Database; publicUrl: string }

const QUEUE = 'answer-mails'

const Payload = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('correction'), institutionId: z.uuid(), requestId: z.uuid() }),
  /** Each teacher answers for their own classes: a mail for each answer. */
  z.object({
    kind: z.literal('leave'),
    institutionId: z.uuid(),
    requestId: z.uuid(),
    classIds: z.array(z.uuid()),
  }),
])
type Payload = z.infer<typeof Payload>

/** Call it after the commit. The queue holds ids; what was asked and answered is read when the mail leaves. */
export async function queueAnswerMail({ jobs, mailer }: Queue, answered: Payload): Promise<void> {
  if (mailer) await jobs.add(QUEUE, [answered])
}

/** Tells students by mail what became of their requests, for as long as the server runs. */
export async function startAnswerMails(deps: Deps): Promise<void> {
  await deps.jobs.work(QUEUE, (payload) => sendAnswer(deps, Payload.parse(payload)))
}

async function sendAnswer({ db, mailer, publicUrl }: Deps, answered: Payload): Promise<void> {
  if (!mailer) throw new Error('answers are queued but no SMTP server is set')
  const mail = await db.inInstitution(answered.institutionId, async (tx) => {
    const told =
      answered.kind === 'correction'
        ? await tellCorrection(tx, answered.requestId)
        : await tellLeave(tx, answered.requestId, answered.classIds)
    const to = told && (await findAddress(tx, told.studentId))
    return told && to ? answerMail(told, { to, link: `${publicUrl}/my-requests` }) : null
  })
  if (mail) await mailer.send(mail)
}

type Answer = 'granted' | 'declined'
/** What a mail says: `by` answered `asked` like this. */
type Told = { studentId: string; fullName: string; asked: string; answer: Answer; by: string; note: string | null }

async function tellCorrection(tx: Tx, requestId: string): Promise<Told | null> {
  const found = await findCorrection(tx, requestId)
  if (found?.answer !== 'granted' && found?.answer !== 'declined') return null
  const { timeZone } = await getInstitution(tx)
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone })
  return {
    studentId: found.studentId,
    fullName: found.studentName,
    asked: `You asked for a correction: ${found.className} on ${when.format(found.opensAt)} should be “${found.wanted}”.`,
    answer: found.answer,
    by: found.answeredByName ?? '',
    note: found.note,
  }
}

async function tellLeave(tx: Tx, requestId: string, classIds: readonly string[]): Promise<Told | null> {
  const leave = await findLeave(tx, requestId)
  const classes = await listLeaveClasses(tx, [requestId], null)
  const answered = classes.filter(({ classId }) => classIds.includes(classId))
  const [first] = answered
  if (!leave || !first || first.answer === null) return null
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  const days = [...new Set([leave.from, leave.until])].map((each) => day.format(new Date(each))).join(' to ')
  return {
    studentId: leave.studentId,
    fullName: leave.studentName,
    asked: `You asked for leave on ${days} from ${answered.map(({ className }) => className).join(', ')}.`,
    answer: first.answer,
    by: first.answeredByName ?? '',
    note: first.note,
  }
}

function answerMail({ fullName, asked, answer, by, note }: Told, { to, link }: { to: string; link: string }): Mail {
  const word = note === null ? '' : ` “${oneLine(note)}”`
  return {
    to,
    subject: `Your request was ${answer}`,
    text: [
      `Hello ${oneLine(fullName)},`,
      oneLine(asked),
      `${oneLine(by)} has ${answer} it.${word}`,
      `Your requests are here: ${link}`,
    ].join('\n\n'),
  }
}
