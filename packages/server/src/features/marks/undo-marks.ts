import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import {
  absenceOf,
  deleteMark,
  findLeaves,
  listMarks,
  markValue,
  type NamedMark,
  putMark,
  type Session,
} from '../sessions/index.ts'
import { lockChangeableSession } from './changeable.ts'
import { keptValue } from './decide-mark.ts'
import { type Changed, type MarkingDeps, tellChanged } from './mark-by-hand.ts'
import { findLastMarkChanges } from './mark-changes.store.ts'
import { readKeptMark, restoreMark } from './mark-value.ts'

const BY_HAND = ['record-made', 'record-changed']

/**
 * Takes back one's own last change of each mark: it is what it was before. A mark that somebody has changed since, or
 * whose last change was somebody else's, stays and is named in `skipped`.
 */
export async function undoMarks(
  { db, now }: MarkingDeps,
  input: { actor: Actor; sessionId: string; changes: readonly { studentId: string; version: number }[] },
): Promise<Changed> {
  const { actor, sessionId } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    const session = await lockChangeableSession(tx, actor, sessionId, now())
    const at = now()
    const asked = [...new Map(input.changes.map((change) => [change.studentId, change])).values()]
    const marks = new Map((await listMarks(tx, sessionId, null)).map((mark) => [mark.studentId, mark]))
    const studentIds = asked.map(({ studentId }) => studentId)
    const last = await findLastMarkChanges(tx, sessionId, studentIds)
    const ids = new Set<string>()
    for (const { studentId, version } of asked) {
      const mark = marks.get(studentId)
      const change = last.get(studentId)
      if (mark?.version !== version || change?.actorId !== actor.personId || !BY_HAND.includes(change.action)) continue
      await restore(tx, session, { mark, oldValue: change.oldValue, actorId: actor.personId, at })
      ids.add(studentId)
    }
    return tellChanged(tx, session, { ids, skipped: studentIds.filter((id) => !ids.has(id)), at })
  })
}

type Restoring = { mark: NamedMark; oldValue: unknown; actorId: string; at: Date }

/** Nobody is left without a mark in a session that has ended: the closing would have made one. */
async function restore(tx: Tx, session: Session, { mark, oldValue, actorId, at }: Restoring): Promise<void> {
  const { institutionId, id: sessionId } = session
  const { studentId } = mark
  const kept = readKeptMark(oldValue)
  const restored = kept
    ? restoreMark(kept, { studentId, at })
    : session.endedAt && absenceOf(studentId, session.endedAt, await findLeaves(tx, session))
  if (restored) await putMark(tx, { institutionId, sessionId }, restored)
  else await deleteMark(tx, sessionId, studentId)
  await appendAudit(tx, {
    institutionId,
    at,
    actorId,
    action: 'record-restored',
    subjectId: studentId,
    sessionId,
    oldValue: keptValue(mark),
    newValue: restored ? markValue(restored) : null,
    reason: null,
  })
}
