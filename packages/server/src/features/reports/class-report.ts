import type { ReplyOf, ReportRow, getClassReport as route } from '@app/contract'
import { compareRollNos, countsFor, summariseAttendance, type Weight, weightOrAbsent } from '@app/domain'
import type { Database } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { type SheetFile, type SheetFormat, writeSheet } from '../../platform/spreadsheet/write-sheet.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import {
  type EndedSession,
  findEndedSessions,
  findMarks,
  findReportStudents,
  getClassNames,
  type ReportStudent,
} from './class-report.store.ts'
import { makeRootsPage } from './report-roots.ts'

export type Deps = { db: Database }
type ClassReport = ReplyOf<typeof route>

/** Every student of the class over its ended sessions, by roll number. */
export async function getClassReport(
  { db }: Deps,
  { actor, classId }: { actor: Actor; classId: string },
): Promise<ClassReport> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const policy = await getClassPolicy(tx, classId)
    const names = await getClassNames(tx, classId)
    const sessions = await findEndedSessions(tx, classId)
    const students = await findReportStudents(tx, classId, 'now')
    const marks = await findMarks(
      tx,
      sessions.map(({ id }) => id),
    )
    const rows = students.map((student) => {
      const made = marks.get(student.personId)
      const weightsOf = (session: EndedSession, place: number): Weight[] =>
        counts(student, session) ? [weightOrAbsent(made?.get(place), policy)] : []
      return toReportRow(student, sessions.flatMap(weightsOf))
    })
    return { ...names, sessions: sessions.length, rows: rows.sort((a, b) => compareRollNos(a.rollNo, b.rollNo)) }
  })
}

const HEADER = [
  'Roll No',
  'Full Name',
  'Email',
  'Batch',
  'Department',
  'Present Sessions',
  'Total Sessions',
  'Attendance Percentage',
] as const

/** The same report as a file to save. */
export async function makeReportFile(
  deps: Deps,
  input: { actor: Actor; classId: string; format: SheetFormat },
): Promise<SheetFile> {
  const report = await getClassReport(deps, input)
  return writeSheet(input.format, {
    pages: input.format === 'xlsx' ? [await makeRootsPage(deps, input)] : [],
    name: `${report.subjectName} ${report.className} attendance`,
    header: HEADER,
    rows: report.rows.map((row) => [
      row.rollNo,
      row.fullName,
      row.email,
      row.batch,
      row.department,
      row.presentSessions,
      row.totalSessions,
      row.percentage,
    ]),
  })
}

/** A session counts when any of the student's stays in the class touches it. */
const counts = ({ stays }: ReportStudent, session: EndedSession) => stays.some((stay) => countsFor(stay, session))

function toReportRow(student: ReportStudent, weights: readonly Weight[]): ReportRow {
  const { attended, counted, percentage } = summariseAttendance(weights)
  return {
    personId: student.personId,
    rollNo: student.rollNo ?? '',
    fullName: student.fullName,
    email: student.email,
    batch: student.batch,
    department: student.department,
    presentSessions: attended,
    totalSessions: counted,
    percentage,
  }
}
