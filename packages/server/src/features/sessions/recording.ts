import { assuranceOf, type PresenceVerdict, reachesAssurance } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { insertMissingMarks, type Mark, UNDECIDED } from './records.store.ts'
import type { Session } from './sessions.store.ts'
import { requireStatusAt } from './standing.ts'
import { publishTile } from './tile.ts'

/** A mark as the audit log keeps it: whole, so that a change can be taken back. */
export const markValue = ({ studentId: _, markedAt, heldAt, ...mark }: Mark) => ({
  ...mark,
  markedAt: markedAt.toISOString(),
  heldAt: heldAt?.toISOString() ?? null,
})

/** What a student did to be marked, and what it showed of being in the room. */
export type OwnDoing = { method: 'face' | 'code'; presence: PresenceVerdict }

/** Of somebody who was asked for nothing beside their face or their code. */
export const NOTHING_SHOWN: PresenceVerdict = { isProven: false, proven: [], missing: [] }

/**
 * Says what to do where a check-in cannot reach what its session demands.
 * @throws Failure `face-needed` for a code where a face is demanded, `presence-needed` with what is missing
 */
export function requireReach({ assurance }: Session, { method, presence }: OwnDoing): void {
  if (reachesAssurance(assuranceOf({ method, presenceProven: presence.isProven }), assurance)) return
  if (method === 'code') throw new Failure('face-needed')
  throw new Failure('presence-needed', { missing: presence.missing })
}

/**
 * Marks the actor in a locked session by their own doing: record, audit row and live event in this transaction.
 * A mark that is there already stays, also one by hand: what a teacher decided is not undone by a student's check-in.
 * @throws Failure by the server's clock `session-closed`, `session-paused`, `session-cancelled`; `already-done`,
 *   `face-needed`, `presence-needed`
 */
export async function recordOwnMark(
  tx: Tx,
  session: Session,
  { actor, method, presence, at }: OwnDoing & { actor: Actor; at: Date },
): Promise<Mark> {
  const status = requireStatusAt(session, at)
  requireReach(session, { method, presence })
  const mark: Mark = {
    studentId: actor.personId,
    status,
    method,
    assurance: assuranceOf({ method, presenceProven: presence.isProven }),
    markedAt: at,
    markedBy: null,
    ...UNDECIDED,
    presence: presence.proven,
  }
  const { institutionId, id: sessionId } = session
  const marked = await insertMissingMarks(tx, { institutionId, sessionId }, [mark])
  if (marked.length === 0) throw new Failure('already-done')
  await appendAudit(tx, {
    institutionId,
    at,
    actorId: actor.personId,
    action: 'record-made',
    subjectId: actor.personId,
    sessionId,
    oldValue: null,
    newValue: markValue(mark),
    reason: null,
  })
  await publishTile(tx, session, actor.personId, at)
  return mark
}
