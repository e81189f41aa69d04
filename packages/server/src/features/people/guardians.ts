import { randomUUID } from 'node:crypto'
import type { inviteGuardian as inviteRoute, ReplyOf } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { handedOver, insertPerson, prepareInvites, queueInviteMails } from '../accounts/index.ts'
import { deleteGuardianship, findPersonByEmail, insertGuardianship } from './guardians.store.ts'
import type { ActionDeps } from './invite-cards.ts'
import { insertRoles, listManaged, type Managed } from './staffing.store.ts'
import { lockManaged, mayChange } from './staffing.ts'

type Linking = { actor: Actor; personId: string; fullName: string; email: string }

/**
 * Lets somebody see a student's attendance. Whoever has the address here becomes a guardian beside what they are; an
 * address that nobody has makes a new person, who is invited.
 * @throws Failure `not-allowed`, `not-found`, `already-done`, `bad-input` for somebody who is no student or is the student
 */
export async function inviteGuardian(
  deps: ActionDeps,
  { actor, personId, fullName, email }: Linking,
): Promise<ReplyOf<typeof inviteRoute>> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  const at = deps.now()
  const { guardian, links, mailPersonIds } = await deps.db.inInstitution(institutionId, async (tx) => {
    const student = await lockManaged(tx, actor, personId, at)
    if (!student.roles.includes('student')) throw notAStudent()
    const guardian = await findOrAdd(tx, { actor, fullName, email, at })
    if (guardian.personId === personId) throw notAStudent()
    const link = { institutionId, guardianId: guardian.personId, studentId: personId, by: actor.personId, at }
    if (!(await insertGuardianship(tx, link))) throw new Failure('already-done')
    await auditLink(tx, { actor, studentId: personId, guardianId: guardian.personId, action: 'guardian-linked', at })
    const request = { institutionId, by: actor.personId, personIds: [guardian.personId], at }
    return { guardian, ...(await prepareInvites(deps, tx, request)) }
  })
  await queueInviteMails(deps, institutionId, mailPersonIds)
  const sentTo = mailPersonIds.length > 0 ? email : null
  return { personId: guardian.personId, sentTo, ...handedOver(links) }
}

const notAStudent = () =>
  new Failure('bad-input', { fields: [{ path: 'body.email', message: 'a guardian is linked to a student' }] })

async function findOrAdd(
  tx: Tx,
  { actor, fullName, email, at }: { actor: Actor; fullName: string; email: string; at: Date },
): Promise<Pick<Managed, 'personId'>> {
  const { institutionId } = actor
  const known = await findPersonByEmail(tx, email)
  if (known === null) {
    const personId = randomUUID()
    const person = { institutionId, id: personId, fullName, email, passwordHash: null, at }
    // Of two at once the second finds the first one's.
    if (await insertPerson(tx, { ...person, status: 'invited', roles: ['guardian'] })) return { personId }
    return findOrAdd(tx, { actor, fullName, email, at })
  }
  const [person] = await listManaged(tx, [known], at)
  if (!person || !mayChange(actor, person)) throw new Failure('not-allowed')
  if (person.status === 'disabled' || person.status === 'awaiting-approval') throw new Failure('not-allowed')
  await insertRoles(tx, { institutionId, personId: known, roles: ['guardian'] })
  return person
}

/** @throws Failure `not-allowed`, `not-found` where they are not linked */
export async function unlinkGuardian(
  { db, now }: Pick<ActionDeps, 'db' | 'now'>,
  { actor, personId, guardianId }: { actor: Actor; personId: string; guardianId: string },
): Promise<void> {
  requireRole(actor, 'admin')
  await db.inInstitution(actor.institutionId, async (tx) => {
    if (!(await deleteGuardianship(tx, guardianId, personId))) throw new Failure('not-found')
    await auditLink(tx, { actor, studentId: personId, guardianId, action: 'guardian-unlinked', at: now() })
  })
}

type LinkChange = { actor: Actor; studentId: string; guardianId: string; action: string; at: Date }

/** Once in the history of each of the two. */
function auditLink(tx: Tx, { actor, studentId, guardianId, action, at }: LinkChange): Promise<void> {
  const values = { studentId, guardianId }
  const isMade = action === 'guardian-linked'
  return appendAudit(
    tx,
    [studentId, guardianId].map((subjectId) => ({
      institutionId: actor.institutionId,
      at,
      actorId: actor.personId,
      action,
      subjectId,
      sessionId: null,
      oldValue: isMade ? null : values,
      newValue: isMade ? values : null,
      reason: null,
    })),
  )
}
