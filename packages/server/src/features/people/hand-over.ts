import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { disablePeople } from './actions.ts'
import { keepTeachers, lockTaughtClasses, replaceTeacher } from './hand-over.store.ts'
import { lockStaffing } from './staffing.store.ts'
import { lockManaged } from './staffing.ts'

export type HandOver = {
  actor: Actor
  personId: string
  classes: readonly { classId: string; teacherIds: readonly string[] }[]
  disable: boolean
}

/**
 * Gives every class of a teacher to others in one step. What is planned for a class, and a session that is open, are the
 * class's: whoever teaches it has them.
 * @throws Failure `not-allowed` also for disabling oneself, `not-found`, `already-done` when the classes are others by
 *   now, `bad-input` for a successor who does not teach here, `last-admin`
 */
export async function handOver(
  { db, now }: { db: Database; now: () => Date },
  { actor, personId, classes, disable }: HandOver,
): Promise<void> {
  requireRole(actor, 'admin')
  if (disable && personId === actor.personId) throw new Failure('not-allowed')
  const { institutionId } = actor
  await db.inInstitution(institutionId, async (tx) => {
    const at = now()
    if (disable) await lockStaffing(tx)
    const person = await lockManaged(tx, actor, personId, at)
    const taught = await lockTaughtClasses(tx, personId)
    const named = new Set(classes.map(({ classId }) => classId))
    // Somebody else gave or took one meanwhile: the page shows what is no longer so.
    if (named.size !== taught.length || !taught.every((id) => named.has(id))) throw new Failure('already-done')
    const successors = new Set(classes.flatMap(({ teacherIds }) => teacherIds))
    const teachers = await keepTeachers(tx, [...successors])
    if (successors.has(personId) || teachers.length !== successors.size)
      throw new Failure('bad-input', { fields: [{ path: 'body.classes', message: 'not all of them teach here' }] })
    for (const { classId, teacherIds } of classes)
      await replaceTeacher(tx, { institutionId, classId, from: personId, to: teacherIds })
    const entry = { institutionId, at, actorId: actor.personId, sessionId: null, reason: null }
    await appendAudit(
      tx,
      classes.flatMap(({ classId, teacherIds }) => [
        {
          ...entry,
          action: 'class-handed-over',
          subjectId: classId,
          oldValue: { teacherId: personId },
          newValue: { teacherIds },
        },
        ...[personId, ...teacherIds].map((subjectId) => ({
          ...entry,
          action: subjectId === personId ? 'class-given-up' : 'class-taken-over',
          subjectId,
          oldValue: null,
          newValue: { classId },
        })),
      ]),
    )
    if (!disable || person.status === 'disabled') return
    await disablePeople(tx, [person], at)
    await appendAudit(tx, {
      ...entry,
      action: 'person-disabled',
      subjectId: personId,
      oldValue: { status: person.status },
      newValue: { status: 'disabled' },
    })
  })
}
