import type { SpotCheck, Tile } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { listSessionRefusals, type SessionRefusals } from '../challenge/index.ts'
import { findStudentForSession, type ListedStudent, listStudentsForSession } from '../roster/index.ts'
import { listMarks, type NamedMark } from './records.store.ts'
import type { Session } from './sessions.store.ts'
import { listSpotChecks, type SpotCheckRow } from './spot-checks.store.ts'

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
export async function listTiles(tx: Tx, session: Session, at: Date): Promise<Tile[]> {
  const students = await listSessionStudents(tx, session)
  const marks = new Map((await listMarks(tx, session.id, null)).map((mark) => [mark.studentId, mark]))
  const refusals = new Map((await listSessionRefusals(tx, session.id, null)).map((each) => [each.personId, each]))
  const spotChecks = new Map((await listSpotChecks(tx, session.id, null)).map((each) => [each.studentId, each]))
  return students.map((student) => {
    const id = student.personId
    return toTile({ student, mark: marks.get(id), refusals: refusals.get(id), spotCheck: spotChecks.get(id), at })
  })
}

/** Tells the boards what became of one student, in the transaction that changed it. */
export async function publishTile(tx: Tx, session: Session, studentId: string, at: Date): Promise<Tile> {
  const student = await getSessionStudent(tx, session, studentId)
  const [mark] = await listMarks(tx, session.id, studentId)
  const [refusals] = await listSessionRefusals(tx, session.id, studentId)
  const spotCheck = (await listSpotChecks(tx, session.id, studentId)).at(-1)
  const tile = toTile({ student, mark, refusals, spotCheck, at })
  await appendSessionEvent(
    tx,
    { institutionId: session.institutionId, sessionId: session.id },
    { kind: 'tile', tile },
    at,
  )
  return tile
}

type ToShow = {
  student: ListedStudent
  mark: NamedMark | undefined
  refusals: SessionRefusals | undefined
  spotCheck: SpotCheckRow | undefined
  at: Date
}

function toTile({ student, mark, refusals, spotCheck, at }: ToShow): Tile {
  return {
    studentId: student.personId,
    rollNo: student.rollNo,
    fullName: student.fullName,
    status: mark?.status ?? null,
    ownStatus: toOwnStatus(mark),
    method: mark?.method ?? null,
    assurance: mark?.assurance ?? null,
    markedAt: mark?.markedAt.toISOString() ?? null,
    markedBy: mark?.markedByName ?? null,
    reason: mark?.reason ?? null,
    presence: mark?.presence ?? [],
    note: mark?.note ?? null,
    version: mark?.version ?? null,
    isHeld: (mark?.heldAt ?? null) !== null,
    refusals: refusals ? viewRefusals(refusals) : null,
    spotCheck: spotCheck ? viewSpotCheck(spotCheck, at) : null,
  }
}

const toOwnStatus = (mark: NamedMark | undefined): Tile['ownStatus'] =>
  mark && mark.ownStatusId !== null ? { id: mark.ownStatusId, name: mark.ownStatusName ?? '' } : null

const viewRefusals = ({ count, lastBecause, lastAction, lastAt }: SessionRefusals): Tile['refusals'] => ({
  count,
  lastBecause,
  lastAction,
  lastAt: lastAt.toISOString(),
})

/** A spot check as the wire has it; without an answer in time it was missed. */
export function viewSpotCheck({ id, askedAt, dueAt, answer }: SpotCheckRow, at: Date): SpotCheck {
  return {
    id,
    askedAt: askedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    state: answer ?? (at < dueAt ? 'asked' : 'missed'),
  }
}
