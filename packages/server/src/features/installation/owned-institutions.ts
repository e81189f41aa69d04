import { randomUUID } from 'node:crypto'
import type { createInstitution as createRoute, listInstitutions as listRoute, ReplyOf } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { createInstitutionWithAdmin, handedOver, prepareInvites, queueInviteMails } from '../accounts/index.ts'
import { requireLocale, requireTimeZone } from '../institutions/index.ts'
import { listOwnedInstitutions, lockDisabledAt, setDisabledAt } from './installation.store.ts'

export type OwningDeps = {
  db: Database
  keyring: Keyring
  jobs: Jobs
  mailer: Mailer | null
  publicUrl: string
  now: () => Date
}

const WEEK_MS = 7 * 86_400_000

/** Every institution by its numbers: the owner learns of no person but those of their own institution. */
export async function listInstitutions(
  { db, now }: Pick<OwningDeps, 'db' | 'now'>,
  { actor }: { actor: Actor },
): Promise<ReplyOf<typeof listRoute>> {
  requireRole(actor, 'owner')
  const since = new Date(now().getTime() - WEEK_MS)
  const rows = await db.inInstitution(actor.institutionId, (tx) =>
    listOwnedInstitutions(tx, { personId: actor.personId, since }),
  )
  return {
    institutions: rows.map(({ createdAt, disabledAt, lastActiveAt, sessionsSince, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      disabledAt: disabledAt?.toISOString() ?? null,
      lastActiveAt: lastActiveAt?.toISOString() ?? null,
      sessionsThisWeek: sessionsSince,
      isOwn: row.id === actor.institutionId,
    })),
  }
}

export type NewInstitution = {
  actor: Actor
  name: string
  timeZone: string
  locale: string
  adminName: string
  adminEmail: string
}

/**
 * An institution with its data key, and an invite for its first admin: by mail, else as a link to hand over.
 * @throws Failure `not-allowed`, `bad-input` for a time zone or a language that does not exist
 */
export async function createInstitution(
  deps: OwningDeps,
  { actor, name, timeZone, locale, adminName, adminEmail }: NewInstitution,
): Promise<ReplyOf<typeof createRoute>> {
  requireRole(actor, 'owner')
  requireTimeZone(timeZone)
  requireLocale(locale)
  const at = deps.now()
  const institutionId = randomUUID()
  const { personId, links, mailPersonIds } = await deps.db.inInstitution(institutionId, async (tx) => {
    const made = await createInstitutionWithAdmin(deps, tx, {
      institution: { id: institutionId, name, timeZone, locale },
      isDemo: false,
      policy: {},
      admin: { fullName: adminName, email: adminEmail, passwordHash: null, roles: ['admin'] },
      at,
    })
    const request = { institutionId, by: null, personIds: [made.personId], at }
    return { ...made, ...(await prepareInvites(deps, tx, request)) }
  })
  await queueInviteMails(deps, institutionId, mailPersonIds)
  const sentTo = mailPersonIds.length > 0 ? adminEmail : null
  return { institutionId, invite: { personId, sentTo, ...handedOver(links) } }
}

/**
 * Lets nobody of an institution sign in, or lets them again. Whoever is signed in is out with their next request.
 * @throws Failure `not-allowed`, `not-found`, `own-institution`: the owner would shut themselves out
 */
export async function disableInstitution(
  { db, now }: Pick<OwningDeps, 'db' | 'now'>,
  { actor, institutionId, disabled }: { actor: Actor; institutionId: string; disabled: boolean },
): Promise<void> {
  requireRole(actor, 'owner')
  if (institutionId === actor.institutionId) throw new Failure('own-institution')
  await db.inInstitution(institutionId, async (tx) => {
    const before = await lockDisabledAt(tx)
    if (before === undefined) throw new Failure('not-found')
    if ((before !== null) === disabled) return
    const at = now()
    await setDisabledAt(tx, disabled ? at : null)
    await appendAudit(tx, {
      institutionId,
      at,
      // The owner is nobody of this institution.
      actorId: null,
      action: disabled ? 'institution-disabled' : 'institution-enabled',
      subjectId: null,
      sessionId: null,
      oldValue: { disabled: !disabled },
      newValue: { disabled, by: 'owner' },
      reason: null,
    })
  })
}
