import { randomUUID } from 'node:crypto'
import type { EnrolmentHold } from '@app/contract'
import type { z } from 'zod'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { lockEnrolments, setEnrolled, setMayEnrolAgain, teachesStudent } from './enrolment.store.ts'
import { getFaceFacts } from './face-state.ts'
import { listOpenHolds, lockHold, setHoldDecided } from './holds.store.ts'
import { putTemplate } from './templates.store.ts'

export type DecidingDeps = { db: Database; faceModel: FaceModel; now: () => Date }

const done = { done: true } as const

/** Lets an enrolled student enrol once more: an admin, or a teacher of one of the student's classes. */
export async function allowNewEnrolment(
  { db, faceModel, now }: DecidingDeps,
  { actor, personId }: { actor: Actor; personId: string },
): Promise<typeof done> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const teaches = actor.roles.has('teacher') && (await teachesStudent(tx, actor.personId, personId))
    if (!teaches) requireRole(actor, 'admin')
    const { enrolledAt, mayEnrolAgain, enrolledOnce } = await getFaceFacts(tx, personId, faceModel.name)
    if (enrolledAt === null && !enrolledOnce) throw new Failure('not-enrolled')
    await setMayEnrolAgain(tx, personId, true)
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at: now(),
      actorId: actor.personId,
      action: 'new-enrolment-allowed',
      subjectId: personId,
      sessionId: null,
      oldValue: { mayEnrolAgain },
      newValue: { mayEnrolAgain: true },
      reason: null,
    })
    return done
  })
}

/** Enrolments that wait for a person to look at them. */
export async function listEnrolmentHolds(
  { db }: DecidingDeps,
  { actor }: { actor: Actor },
): Promise<z.infer<typeof EnrolmentHold>[]> {
  requireRole(actor, 'admin')
  const holds = await db.inInstitution(actor.institutionId, listOpenHolds)
  return holds.map((hold) => ({ ...hold, at: hold.at.toISOString() }))
}

/** Takes a held enrolment (twins), or throws it away. */
export async function decideEnrolmentHold(
  { db, now }: DecidingDeps,
  { actor, holdId, decision }: { actor: Actor; holdId: string; decision: 'accept' | 'discard' },
): Promise<typeof done> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    await lockEnrolments(tx)
    const hold = await lockHold(tx, holdId)
    if (!hold) throw new Failure('not-found')
    if (!hold.template) throw new Failure('already-done')
    const { institutionId } = actor
    if (decision === 'accept') {
      await putTemplate(tx, { ...hold.template, id: randomUUID(), institutionId, at, verifiedAt: at })
      await setEnrolled(tx, hold.personId)
    }
    await setHoldDecided(tx, holdId, { decision, by: actor.personId, at })
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: actor.personId,
      action: decision === 'accept' ? 'enrolment-hold-accepted' : 'enrolment-hold-discarded',
      subjectId: hold.personId,
      sessionId: null,
      oldValue: { looksLikeId: hold.looksLikeId },
      newValue: { decision },
      reason: null,
    })
    return done
  })
}
