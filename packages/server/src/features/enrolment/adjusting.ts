import { type Action, leavesActions } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { lockCannotDo, setCannotDo, teachesStudent } from './enrolment.store.ts'

export type AdjustingDeps = { db: Database; now: () => Date }

/** Spares a student what they cannot do: an admin, or a teacher of one of the student's classes. */
export async function adjustFaceCheck(
  { db, now }: AdjustingDeps,
  input: { actor: Actor; personId: string; cannotDo: Action[]; reason: string },
): Promise<{ done: true }> {
  const { actor, personId, reason } = input
  const cannotDo = [...new Set(input.cannotDo)].sort()
  return db.inInstitution(actor.institutionId, async (tx) => {
    const teaches = actor.roles.has('teacher') && (await teachesStudent(tx, actor.personId, personId))
    if (!teaches) requireRole(actor, 'admin')
    if (!leavesActions(cannotDo))
      throw new Failure('bad-input', {
        fields: [{ path: 'body.cannotDo', message: 'must leave two actions that can be asked for' }],
      })
    const before = await lockCannotDo(tx, personId)
    if (before === null) throw new Failure('not-found')
    await setCannotDo(tx, personId, cannotDo)
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at: now(),
      actorId: actor.personId,
      action: 'face-check-adjusted',
      subjectId: personId,
      sessionId: null,
      oldValue: { cannotDo: before },
      newValue: { cannotDo },
      reason,
    })
    return { done: true }
  })
}
