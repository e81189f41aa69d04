import type { AssuranceLevel, Status, WeighedMark } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'

export type EndedSession = { classId: string; opensAt: Date; endedAt: Date; mark: WeighedMark | null }

/** The ended sessions of every class a student is or was in, with their own mark, whether or not each counts for them. */
export async function listEndedSessionsOfStudent(tx: Tx, studentId: string): Promise<EndedSession[]> {
  const rows = await tx
    .selectFrom('sessions')
    .leftJoin('records', (join) =>
      join
        .onRef('records.institution_id', '=', 'sessions.institution_id')
        .onRef('records.session_id', '=', 'sessions.id')
        .on('records.student_id', '=', studentId),
    )
    .leftJoin('statuses', (join) =>
      join
        .onRef('statuses.institution_id', '=', 'records.institution_id')
        .onRef('statuses.id', '=', 'records.custom_status_id'),
    )
    .select([
      'sessions.class_id',
      'sessions.opens_at',
      'sessions.ended_at',
      'records.status',
      'records.held_at',
      'records.custom_status_id',
      'statuses.weight',
    ])
    .where('sessions.class_id', 'in', (stays) =>
      stays.selectFrom('class_students').select('class_id').where('person_id', '=', studentId),
    )
    .where('sessions.ended_at', 'is not', null)
    .execute()
  return rows.flatMap((row) =>
    row.ended_at === null
      ? []
      : [{ classId: row.class_id, opensAt: row.opens_at, endedAt: row.ended_at, mark: toWeighedMark(row) }],
  )
}

function toWeighedMark(row: {
  status: Status | null
  held_at: Date | null
  custom_status_id: string | null
  weight: string | null
}): WeighedMark | null {
  if (row.status === null) return null
  const weight = row.weight === null ? null : Number(row.weight)
  return {
    status: row.status,
    custom: row.custom_status_id === null ? null : { weight },
    isHeld: row.held_at !== null,
  }
}

export type HistoryRow = {
  sessionId: string
  className: string
  subjectName: string
  opensAt: Date
  status: Status
  method: 'face' | 'code' | 'hand' | 'closing'
  assurance: AssuranceLevel | null
  markedAt: Date
  isCancelled: boolean
}

/** A student's marks, the newest session first; of one class, or of all when `classId` is null. */
export async function listMarksOfStudent(tx: Tx, studentId: string, classId: string | null): Promise<HistoryRow[]> {
  let marks = tx
    .selectFrom('records')
    .innerJoin('sessions', 'sessions.id', 'records.session_id')
    .innerJoin('classes', 'classes.id', 'sessions.class_id')
    .innerJoin('subjects', 'subjects.id', 'classes.subject_id')
    .select([
      'records.session_id',
      'classes.name as class_name',
      'subjects.name as subject_name',
      'sessions.opens_at',
      'records.status',
      'records.method',
      'records.assurance',
      'records.marked_at',
      'sessions.cancelled_at',
    ])
    .where('records.student_id', '=', studentId)
  if (classId !== null) marks = marks.where('sessions.class_id', '=', classId)
  const rows = await marks.orderBy('sessions.opens_at', 'desc').orderBy('records.session_id').execute()
  return rows.map((row) => ({
    sessionId: row.session_id,
    className: row.class_name,
    subjectName: row.subject_name,
    opensAt: row.opens_at,
    status: row.status,
    method: row.method,
    assurance: row.assurance,
    markedAt: row.marked_at,
    isCancelled: row.cancelled_at !== null,
  }))
}
