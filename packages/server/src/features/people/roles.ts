import type { Role } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { deleteGuardianshipsOf } from './guardians.store.ts'
import { deleteRoles, insertRoles, lockStaffing } from './staffing.store.ts'
import { lockManaged, requireAnAdmin } from './staffing.ts'

/**
 * Says which roles a person has.
 * @throws Failure `not-allowed` also for the owner's role to whoever is none, `not-found`, `last-admin`,
 *   `still-teaches`, `still-in-class`, `bad-input` for a student without a roll number
 */
export async function changeRoles(
  { db, now }: { db: Database; now: () => Date },
  { actor, personId, roles }: { actor: Actor; personId: string; roles: readonly Role[] },
): Promise<void> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  await db.inInstitution(institutionId, async (tx) => {
    const at = now()
    await lockStaffing(tx)
    const person = await lockManaged(tx, actor, personId, at)
    const wanted = new Set(roles)
    const added = [...wanted].filter((role) => !person.roles.includes(role))
    const removed = person.roles.filter((role) => !wanted.has(role))
    if (added.length + removed.length === 0) return
    if ([...added, ...removed].includes('owner') && !actor.roles.has('owner')) throw new Failure('not-allowed')
    // Whoever runs the installation would be nobody.
    if (removed.includes('owner') && personId === actor.personId) throw new Failure('not-allowed')
    if (removed.includes('teacher') && person.teaches) throw new Failure('still-teaches')
    if (removed.includes('student') && person.attends) throw new Failure('still-in-class')
    if (added.includes('student') && person.rollNo === null)
      throw new Failure('bad-input', { fields: [{ path: 'body.roles', message: 'a student needs a roll number' }] })
    await deleteRoles(tx, personId, removed)
    await insertRoles(tx, { institutionId, personId, roles: added })
    if (removed.includes('admin')) await requireAnAdmin(tx)
    if (removed.includes('guardian')) await deleteGuardianshipsOf(tx, personId)
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: actor.personId,
      action: 'roles-changed',
      subjectId: personId,
      sessionId: null,
      oldValue: { roles: person.roles },
      newValue: { roles: [...wanted].sort() },
      reason: null,
    })
  })
}
