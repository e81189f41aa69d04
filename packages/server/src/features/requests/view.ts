import type { CorrectionView, LeaveView, RequestFile } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'
import type { CorrectionRow } from './corrections.store.ts'
import { type LeaveClassRow, type LeaveRow, listLeaveClasses } from './leaves.store.ts'
import { listRequestFiles } from './request-files.store.ts'

async function filesOf(tx: Tx, ids: readonly string[]): Promise<(requestId: string) => RequestFile[]> {
  const files = await listRequestFiles(tx, ids)
  return (requestId) =>
    files.filter((file) => file.requestId === requestId).map(({ id, kind, bytes }) => ({ id, kind, bytes }))
}

export async function viewCorrections(tx: Tx, rows: readonly CorrectionRow[]): Promise<CorrectionView[]> {
  const files = await filesOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    student: { personId: row.studentId, fullName: row.studentName, rollNo: row.rollNo },
    session: {
      id: row.sessionId,
      className: row.className,
      subjectName: row.subjectName,
      opensAt: row.opensAt.toISOString(),
    },
    status: row.status,
    wanted: row.wanted,
    reason: row.reason,
    files: files(row.id),
    askedAt: row.askedAt.toISOString(),
    answer: row.answer,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    answeredBy: row.answer === 'withdrawn' ? null : row.answeredByName,
    note: row.note,
  }))
}

/** @param teacherId whose classes alone are told of; null for all of them */
export async function viewLeaves(tx: Tx, rows: readonly LeaveRow[], teacherId: string | null): Promise<LeaveView[]> {
  const ids = rows.map(({ id }) => id)
  const files = await filesOf(tx, ids)
  const classes = await listLeaveClasses(tx, ids, teacherId)
  return rows.map((row) => ({
    id: row.id,
    student: { personId: row.studentId, fullName: row.studentName, rollNo: row.rollNo },
    from: row.from,
    until: row.until,
    reason: row.reason,
    files: files(row.id),
    askedAt: row.askedAt.toISOString(),
    isWithdrawn: row.withdrawnAt !== null,
    classes: classes.filter(({ leaveId }) => leaveId === row.id).map(viewClass),
  }))
}

const viewClass = ({ classId, className, subjectName, answer, answeredByName, note }: LeaveClassRow) => ({
  classId,
  className,
  subjectName,
  answer,
  answeredBy: answeredByName,
  note,
})
