import type { Tile } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import {
  findMark,
  getSessionStudent,
  insertMissingMarks,
  listMarks,
  listSessionStudents,
  listTiles,
  type NamedMark,
  publishTile,
  type Session,
} from '../sessions/index.ts'
import { lockChangeableSession } from './changeable.ts'
import { auditOfMark, changeMark, type Decision, requireOwnStatus, toMark } from './decide-mark.ts'

export type MarkingDeps = { db: Database; now: () => Date }
type InSession = { actor: Actor; sessionId: string }

/**
 * A teacher's own decision, on an open or an ended session; what it was before is kept in the audit log.
 * @throws Failure `changed-meanwhile` when the mark is not the one that was `seen`, `marks-locked`, `not-in-class`
 */
export async function markByHand(
  { db, now }: MarkingDeps,
  input: InSession & Decision & { studentId: string; seen: number | null },
): Promise<Tile> {
  const { actor, sessionId, studentId, seen } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    const session = await lockChangeableSession(tx, actor, sessionId, now())
    const at = now()
    await requireOwnStatus(tx, input)
    const student = await getSessionStudent(tx, session, studentId)
    const before = await findMark(tx, sessionId, student.personId)
    if (!isAsSeen(before, seen)) throw new Failure('changed-meanwhile')
    const mark = toMark(input, { studentId, by: actor.personId, at })
    await changeMark(tx, session, { before, mark, actorId: actor.personId, at })
    return publishTile(tx, session, studentId, at)
  })
}

/** The absence that the end of the session made is nobody's decision: who saw no mark may change it. */
const isAsSeen = (before: NamedMark | null, seen: number | null): boolean =>
  (before?.version ?? null) === seen || (seen === null && before?.method === 'closing')

export type Changed = { tiles: Tile[]; skipped: string[] }
type Seen = { studentId: string; seen: number | null }

/**
 * The same decision for many. Those whose mark is no longer the one that was seen, or who have left the class, are
 * skipped and named; `unmarked` is everybody who has no mark yet.
 */
export async function markMany(
  { db, now }: MarkingDeps,
  input: InSession & Decision & { students: 'unmarked' | readonly Seen[] },
): Promise<Changed> {
  const { actor, sessionId, students } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    const session = await lockChangeableSession(tx, actor, sessionId, now())
    const at = now()
    await requireOwnStatus(tx, input)
    const made = { session, decision: input, by: actor.personId, at }
    const changed =
      students === 'unmarked' ? await markUnmarked(tx, made) : await markSeen(tx, made, latestOf(students))
    return tellChanged(tx, session, { ...changed, at })
  })
}

type Made = { session: Session; decision: Decision; by: string; at: Date }

async function markUnmarked(tx: Tx, { session, decision, by, at }: Made) {
  const marks = (await listSessionStudents(tx, session)).map(({ personId }) =>
    toMark(decision, { studentId: personId, by, at }),
  )
  const { institutionId, id: sessionId } = session
  const ids = new Set(await insertMissingMarks(tx, { institutionId, sessionId }, marks))
  const inserted = marks.filter(({ studentId }) => ids.has(studentId))
  await appendAudit(
    tx,
    inserted.map((mark) => auditOfMark(session, { before: null, mark, actorId: by, at })),
  )
  return { ids, skipped: [] }
}

async function markSeen(tx: Tx, { session, decision, by, at }: Made, students: readonly Seen[]) {
  const members = new Set((await listSessionStudents(tx, session)).map(({ personId }) => personId))
  const before = new Map((await listMarks(tx, session.id, null)).map((mark) => [mark.studentId, mark]))
  const canBeMarked = ({ studentId, seen }: Seen) =>
    members.has(studentId) && isAsSeen(before.get(studentId) ?? null, seen)
  for (const { studentId } of students.filter(canBeMarked)) {
    const mark = toMark(decision, { studentId, by, at })
    await changeMark(tx, session, { before: before.get(studentId) ?? null, mark, actorId: by, at })
  }
  return {
    ids: new Set(students.filter(canBeMarked).map(({ studentId }) => studentId)),
    skipped: students.filter((each) => !canBeMarked(each)).map(({ studentId }) => studentId),
  }
}

/** One of each student, the last that was named. */
const latestOf = (students: readonly Seen[]): Seen[] => [
  ...new Map(students.map((each) => [each.studentId, each])).values(),
]

/** Has the boards read themselves anew, once for all that changed. */
export async function tellChanged(
  tx: Tx,
  session: Session,
  { ids, skipped, at }: { ids: ReadonlySet<string>; skipped: string[]; at: Date },
): Promise<Changed> {
  const { institutionId, id: sessionId } = session
  if (ids.size > 0) await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
  const tiles = await listTiles(tx, session, at)
  return { tiles: tiles.filter(({ studentId }) => ids.has(studentId)), skipped }
}
