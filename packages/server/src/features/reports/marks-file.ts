import { clockIn, stateAt } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { WriteLongSheet } from '../../platform/spreadsheet/write-long-sheet.ts'
import type { SheetFile, SheetFormat, Table, Value } from '../../platform/spreadsheet/write-sheet.ts'
import { getInstitution } from '../institutions/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import { getExistingSession, requireMarkable, settleSession } from '../sessions/index.ts'
import { findEndedSessions, findReportStudents, getClassNames } from './class-report.store.ts'
import { listMarkRows, type MarkRow, type ToldMarks, type ToldSession } from './mark-rows.ts'
import { findNames, findToldGuests, findToldMarks } from './marks-file.store.ts'

export type MarksFileDeps = { db: Database; writeLongSheet: WriteLongSheet; now: () => Date }

type Clock = ReturnType<typeof clockIn>
type Column = [title: string, of: (row: MarkRow, clock: Clock) => Value]

const moment = ({ day, time }: ReturnType<Clock>) => `${day} ${time}`

const WHO: readonly Column[] = [
  ['Roll No', ({ rollNo }) => rollNo],
  ['Full Name', ({ fullName }) => fullName],
]
const WHEN: readonly Column[] = [
  ['Date', ({ session }, clock) => clock(session.opensAt).day],
  ['Starts', ({ session }, clock) => clock(session.opensAt).time],
]
const WHAT: readonly Column[] = [
  ['Status', ({ status }) => status],
  ['How', ({ how }) => how],
  ['Assurance', ({ assurance }) => assurance],
  ['Marked At', ({ markedAt }, clock) => markedAt && moment(clock(markedAt))],
  ['Marked By', ({ markedBy }) => markedBy],
  ['Reason', ({ reason }) => reason],
  ['Note', ({ note }) => note],
]

/**
 * The marks of one session as its board shows them, as a file to save.
 * @throws Failure `not-found`, `not-allowed`, `session-not-started`, `session-cancelled`
 */
export async function makeSessionMarksFile(
  { db, writeLongSheet, now }: MarksFileDeps,
  { actor, sessionId, format }: { actor: Actor; sessionId: string; format: SheetFormat },
): Promise<SheetFile> {
  const table = await db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const found = await getExistingSession(tx, sessionId)
    await requireManagesClass(tx, actor, found.classId)
    const session = await settleSession(tx, found, at)
    requireMarkable(session, at)
    const { id, opensAt, closesAt, endedAt, classId, className, subjectName } = session
    const isRunning = stateAt(session, at) !== 'ended'
    const sessions = [{ id, opensAt, endedAt: endedAt ?? closesAt, isRunning }]
    const { rows, clock } = await readMarks(tx, classId, sessions)
    const name = `${subjectName} ${className} ${clock(opensAt).day} marks`
    return toTable(name, [...WHO, ...WHAT], { rows, clock })
  })
  return writeLongSheet(format, table)
}

/** Every mark of a class over its ended sessions, the oldest session first, as a file to save. */
export async function makeClassMarksFile(
  { db, writeLongSheet }: MarksFileDeps,
  { actor, classId, format }: { actor: Actor; classId: string; format: SheetFormat },
): Promise<SheetFile> {
  const table = await db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const { subjectName, className } = await getClassNames(tx, classId)
    const sessions = await findEndedSessions(tx, classId)
    const read = await readMarks(
      tx,
      classId,
      sessions.map((session) => ({ ...session, isRunning: false })),
    )
    return toTable(`${subjectName} ${className} marks`, [...WHO, ...WHEN, ...WHAT], read)
  })
  return writeLongSheet(format, table)
}

type Read = { rows: MarkRow[]; clock: Clock }

async function readMarks(tx: Tx, classId: string, sessions: readonly ToldSession[]): Promise<Read> {
  const { timeZone } = await getInstitution(tx)
  const ids = sessions.map(({ id }) => id)
  const students = await findReportStudents(tx, classId, 'ever')
  const marks = await findToldMarks(tx, ids)
  const names = await findNames(tx, markersOf(marks))
  const guests = await findToldGuests(tx, ids)
  return { rows: listMarkRows({ sessions, students, marks, names, guests }), clock: clockIn(timeZone) }
}

const markersOf = (marks: ToldMarks['marks']) => [
  ...new Set([...marks.values()].flatMap((made) => [...made.values()].flatMap(({ markedBy }) => markedBy ?? []))),
]

const toTable = (name: string, columns: readonly Column[], { rows, clock }: Read): Table => ({
  name,
  header: columns.map(([title]) => title),
  rows: rows.map((row) => columns.map(([, of]) => of(row, clock))),
})
