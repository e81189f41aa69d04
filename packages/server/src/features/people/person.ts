import type { listPersonHistory as historyRoute, PersonDetails, PersonView, ReplyOf } from '@app/contract'
import { z } from 'zod'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { endLoginsOf, listOpenLogins, revokeInvites } from '../accounts/index.ts'
import { findFaceStanding } from '../enrolment/index.ts'
import { findStays } from '../roster/index.ts'
import { listGuardiansOf, listStudentsOf } from './guardians.store.ts'
import { findPersonFacts, findTaken, listAuditOf, listTaught, updateDetails } from './person.store.ts'
import { listManaged } from './staffing.store.ts'
import { lockManaged, mayChange } from './staffing.ts'

export type PersonDeps = { db: Database; faceModel: FaceModel; now: () => Date }
type Asked = { actor: Actor; personId: string }

/** @throws Failure `not-allowed`, `not-found` */
export async function getPerson({ db, faceModel, now }: PersonDeps, { actor, personId }: Asked): Promise<PersonView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const facts = await findPersonFacts(tx, personId, at)
    const [person] = await listManaged(tx, [personId], at)
    if (!facts || !person) throw new Failure('not-found')
    const { addedAt, consentAt, invite, lastInvitedAt, ...details } = facts
    const stays = await findStays(tx, { personId, taughtBy: null })
    const logins = await listOpenLogins(tx, { personId, kept: null, at })
    return {
      personId,
      ...details,
      roles: person.roles,
      status: person.status,
      mayChange: mayChange(actor, person),
      isYou: personId === actor.personId,
      addedAt: addedAt.toISOString(),
      hasConsent: consentAt !== null,
      consentAt: consentAt?.toISOString() ?? null,
      face: (await findFaceStanding(tx, personId, faceModel.name)).face,
      invite: invite && { createdAt: invite.createdAt.toISOString(), expiresAt: invite.expiresAt.toISOString() },
      lastInvitedAt: lastInvitedAt?.toISOString() ?? null,
      teaches: await listTaught(tx, personId, at),
      stays: stays.map(({ joinedAt, leftAt, ...stay }) => ({
        ...stay,
        joinedAt: joinedAt.toISOString(),
        leftAt: leftAt?.toISOString() ?? null,
      })),
      logins: logins.map(({ startedAt, lastUsedAt, ...login }) => ({
        ...login,
        startedAt: startedAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
      })),
      guardians: await listGuardiansOf(tx, personId),
      students: await listStudentsOf(tx, personId),
    }
  })
}

const FIELDS = ['fullName', 'email', 'phone', 'rollNo', 'batch', 'department'] as const

/**
 * Another e-mail address ends the invite that went to the old one.
 * @throws Failure `not-allowed`, `not-found`, `email-taken`, `roll-no-taken`, `bad-input` for a student without a roll number
 */
export async function changePerson(
  { db, now }: Pick<PersonDeps, 'db' | 'now'>,
  { actor, personId, ...given }: Asked & PersonDetails,
): Promise<void> {
  requireRole(actor, 'admin')
  const details = withoutEmpty(given)
  await db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const { roles } = await lockManaged(tx, actor, personId, at)
    const before = await findPersonFacts(tx, personId, at)
    if (!before) throw new Failure('not-found')
    if (roles.includes('student') && details.rollNo === null)
      throw new Failure('bad-input', { fields: [{ path: 'body.rollNo', message: 'a student needs a roll number' }] })
    const changed = FIELDS.filter((field) => details[field] !== before[field])
    if (changed.length === 0) return
    const taken = await findTaken(tx, personId, details)
    if (taken.email) throw new Failure('email-taken')
    if (taken.rollNo) throw new Failure('roll-no-taken')
    await updateDetails(tx, personId, details)
    if (changed.includes('email')) await revokeInvites(tx, [personId], at)
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at,
      actorId: actor.personId,
      action: 'person-changed',
      subjectId: personId,
      sessionId: null,
      oldValue: Object.fromEntries(changed.map((field) => [field, before[field]])),
      newValue: Object.fromEntries(changed.map((field) => [field, details[field]])),
      reason: null,
    })
  })
}

const withoutEmpty = ({ fullName, email, phone, rollNo, batch, department }: PersonDetails): PersonDetails => ({
  fullName,
  email,
  phone: phone || null,
  rollNo: rollNo || null,
  batch: batch || null,
  department: department || null,
})

/** Ends every sign-in of a person; how many there were. @throws Failure `not-allowed`, `not-found` */
export async function endSignIns({ db, now }: Pick<PersonDeps, 'db' | 'now'>, { actor, personId }: Asked) {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    await lockManaged(tx, actor, personId, at)
    const ended = await endLoginsOf(tx, { personIds: [personId], at, because: 'ended-by-person' })
    if (ended > 0)
      await appendAudit(tx, {
        institutionId: actor.institutionId,
        at,
        actorId: actor.personId,
        action: 'sign-ins-ended',
        subjectId: personId,
        sessionId: null,
        oldValue: null,
        newValue: { ended },
        reason: null,
      })
    return { ended }
  })
}

const HISTORY_AT_ONCE = 30
const Values = z.record(z.string(), z.unknown()).nullable().catch(null)

/** @throws Failure `not-allowed`, `not-found` */
export async function listPersonHistory(
  { db, now }: Pick<PersonDeps, 'db' | 'now'>,
  { actor, personId, before }: Asked & { before: string | null },
): Promise<ReplyOf<typeof historyRoute>> {
  requireRole(actor, 'admin')
  const rows = await db.inInstitution(actor.institutionId, async (tx) => {
    if ((await listManaged(tx, [personId], now())).length === 0) throw new Failure('not-found')
    return listAuditOf(tx, personId, { before, limit: HISTORY_AT_ONCE + 1 })
  })
  const entries = rows.slice(0, HISTORY_AT_ONCE)
  return {
    entries: entries.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      action: row.action,
      actor: row.actorId === null ? null : { personId: row.actorId, fullName: row.actorName ?? '' },
      oldValue: Values.parse(row.oldValue),
      newValue: Values.parse(row.newValue),
      reason: row.reason,
    })),
    next: rows.length > HISTORY_AT_ONCE ? (entries.at(-1)?.id ?? null) : null,
  }
}
