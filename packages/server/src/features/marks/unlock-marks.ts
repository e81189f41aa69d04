import { randomUUID } from 'node:crypto'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { findLock, insertUnlock, lockSettledSession } from '../sessions/index.ts'

const HOUR_MS = 3_600_000

/** Lets the teachers of a class change the marks of a session once more. @throws Failure `not-found`, `not-locked` */
export async function unlockMarks(
  { db, now }: { db: Database; now: () => Date },
  { actor, sessionId, hours, reason }: { actor: Actor; sessionId: string; hours: number; reason: string },
): Promise<{ until: string }> {
  requireRole(actor, 'admin')
  const { institutionId, personId } = actor
  return db.inInstitution(institutionId, async (tx) => {
    const at = now()
    const session = await lockSettledSession(tx, sessionId, at)
    if (!(await findLock(tx, session, at)).isLocked) throw new Failure('not-locked')
    const until = new Date(at.getTime() + hours * HOUR_MS)
    await insertUnlock(tx, { institutionId, id: randomUUID(), sessionId, at, by: personId, until, reason })
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: personId,
      action: 'marks-unlocked',
      subjectId: sessionId,
      sessionId,
      oldValue: null,
      newValue: { until: until.toISOString() },
      reason,
    })
    await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
    return { until: until.toISOString() }
  })
}
