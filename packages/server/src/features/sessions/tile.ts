import type { Tile } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { listSessionRefusals, type SessionRefusals } from '../challenge/index.ts'
import { findStudentForSession, type ListedStudent, listStudentsForSession } from '../roster/index.ts'
import { listMarks, type NamedMark } from './records.store.ts'
import type { Session } from './sessions.store.ts'

/** What the roster is asked about a session: while it is open it counts for everybody who belongs to its class. */
const windowOf = ({ classId, opensAt, endedAt, closesAt }: Session) => ({
  classId,
  opensAt,
  until: endedAt ?? closesAt,
})

/** The students a session counts for, by roll number. */
export function listSessionStudents(tx: Tx, session: Session): Promise<ListedStudent[]> {
  return listStudentsForSession(tx, windowOf(session))
}

/** @throws Failure `not-in-class` when the session does not count for this person */
export async function getSessionStudent(tx: Tx, session: Session, studentId: string): Promise<ListedStudent> {
  const student = await findStudentForSession(tx, windowOf(session), studentId)
  if (!student) throw new Failure('not-in-class')
  return student
}

/** A tile for each student of the session, by roll number. */
export async function listTiles(tx: Tx, session: Session): Promise<Tile[]> {
  const students = await listSessionStudents(tx, session)
  const marks = new Map((await listMarks(tx, session.id, null)).map((mark) => [mark.studentId, mark]))
  const refusals = new Map((await listSessionRefusals(tx, session.id, null)).map((each) => [each.personId, each]))
  return students.map((student) => toTile(student, marks.get(student.personId), refusals.get(student.personId)))
}

/** Tells the boards what became of one student, in the transaction that changed it. */
export async function publishTile(tx: Tx, session: Session, studentId: string, at: Date): Promise<Tile> {
  const student = await getSessionStudent(tx, session, studentId)
  const [mark] = await listMarks(tx, session.id, studentId)
  const [refusals] = await listSessionRefusals(tx, session.id, studentId)
  const tile = toTile(student, mark, refusals)
  await appendSessionEvent(
    tx,
    { institutionId: session.institutionId, sessionId: session.id },
    { kind: 'tile', tile },
    at,
  )
  return tile
}

function toTile(student: ListedStudent, mark: NamedMark | undefined, refusals: SessionRefusals | undefined): Tile {
  return {
    studentId: student.personId,
    rollNo: student.rollNo,
    fullName: student.fullName,
    status: mark?.status ?? null,
    method: mark?.method ?? null,
    assurance: mark?.assurance ?? null,
    markedAt: mark?.markedAt.toISOString() ?? null,
    markedBy: mark?.markedByName ?? null,
    reason: mark?.reason ?? null,
    presence: mark?.presence ?? [],
    refusals: refusals
      ? {
          count: refusals.count,
          lastBecause: refusals.lastBecause,
          lastAction: refusals.lastAction,
          lastAt: refusals.lastAt.toISOString(),
        }
      : null,
  }
}
