import type { Tile } from '@app/contract'
import { assuranceOf, type PresenceVerdict, reachesAssurance, statusAt } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireTeaches } from '../roster/index.ts'
import { getExistingSession, lockSettledSession } from './closing.ts'
import { findMark, insertMissingMarks, type Mark, putMark } from './records.store.ts'
import type { Session } from './sessions.store.ts'
import { getSessionStudent, publishTile } from './tile.ts'

const markValue = ({ status, method, assurance, reason, presence }: Mark) => ({
  status,
  method,
  assurance,
  reason,
  ...(presence.length > 0 ? { presence } : {}),
})

type OwnDoing = { method: 'face' | 'code'; presence: PresenceVerdict }

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
 * @throws Failure `session-closed` by the server's clock, `already-done`, `face-needed`, `presence-needed`
 */
export async function recordOwnMark(
  tx: Tx,
  session: Session,
  { actor, method, presence, at }: OwnDoing & { actor: Actor; at: Date },
): Promise<Mark> {
  const status = statusAt(session, at)
  if (status === null) throw new Failure('session-closed')
  requireReach(session, { method, presence })
  const mark: Mark = {
    studentId: actor.personId,
    status,
    method,
    assurance: assuranceOf({ method, presenceProven: presence.isProven }),
    markedAt: at,
    markedBy: null,
    reason: null,
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

export type MarkByHandDeps = { db: Database; now: () => Date }

/** A teacher's own decision, on an open or an ended session; what it was before is kept in the audit log. */
export async function markByHand(
  { db, now }: MarkByHandDeps,
  input: { actor: Actor; sessionId: string; studentId: string; status: Mark['status']; reason: string },
): Promise<Tile> {
  const { actor, sessionId, studentId, status, reason } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireTeaches(tx, actor, (await getExistingSession(tx, sessionId)).classId)
    const session = await lockSettledSession(tx, sessionId, now())
    const at = now()
    const student = await getSessionStudent(tx, session, studentId)
    const before = await findMark(tx, sessionId, student.personId)
    const mark: Mark = {
      studentId,
      status,
      method: 'hand',
      assurance: assuranceOf({ method: 'hand', presenceProven: false }),
      markedAt: at,
      markedBy: actor.personId,
      reason: reason === '' ? null : reason,
      presence: [],
    }
    await putMark(tx, { institutionId: session.institutionId, sessionId }, mark)
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at,
      actorId: actor.personId,
      action: before ? 'record-changed' : 'record-made',
      subjectId: studentId,
      sessionId,
      oldValue: before ? markValue(before) : null,
      newValue: markValue(mark),
      reason: mark.reason,
    })
    return publishTile(tx, session, studentId, at)
  })
}
