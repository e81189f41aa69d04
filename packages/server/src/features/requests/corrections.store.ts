import type { Status } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'

export type CorrectionRow = {
  id: string
  sessionId: string
  classId: string
  className: string
  subjectName: string
  opensAt: Date
  studentId: string
  studentName: string
  rollNo: string | null
  status: Status | null
  wanted: 'present' | 'late' | 'excused'
  reason: string
  askedAt: Date
  answer: 'granted' | 'declined' | 'withdrawn' | null
  answeredAt: Date | null
  answeredByName: string | null
  note: string | null
}

const corrections = (tx: Tx) =>
  tx
    .selectFrom('correction_requests')
    .innerJoin('sessions', (join) =>
      join
        .onRef('sessions.institution_id', '=', 'correction_requests.institution_id')
        .onRef('sessions.id', '=', 'correction_requests.session_id'),
    )
    .innerJoin('classes', (join) =>
      join
        .onRef('classes.institution_id', '=', 'sessions.institution_id')
        .onRef('classes.id', '=', 'sessions.class_id'),
    )
    .innerJoin('subjects', (join) =>
      join
        .onRef('subjects.institution_id', '=', 'classes.institution_id')
        .onRef('subjects.id', '=', 'classes.subject_id'),
    )
    .innerJoin('people as student', (join) =>
      join
        .onRef('student.institution_id', '=', 'correction_requests.institution_id')
        .onRef('student.id', '=', 'correction_requests.student_id'),
    )
    .leftJoin('people as answerer', (join) =>
      join
        .onRef('answerer.institution_id', '=', 'correction_requests.institution_id')
        .onRef('answerer.id', '=', 'correction_requests.answered_by'),
    )
    .leftJoin('records', (join) =>
      join
        .onRef('records.institution_id', '=', 'correction_requests.institution_id')
        .onRef('records.session_id', '=', 'correction_requests.session_id')
        .onRef('records.student_id', '=', 'correction_requests.student_id'),
    )
    .select([
      'correction_requests.id',
      'correction_requests.session_id',
      'sessions.class_id',
      'classes.name as class_name',
      'subjects.name as subject_name',
      'sessions.opens_at',
      'correction_requests.student_id',
      'student.full_name as student_name',
      'student.roll_no',
      'records.status',
      'correction_requests.wanted',
      'correction_requests.reason',
      'correction_requests.asked_at',
      'correction_requests.answer',
      'correction_requests.answered_at',
      'answerer.full_name as answerer_name',
      'correction_requests.note',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof corrections>['executeTakeFirstOrThrow']>>

const toCorrection = (row: Row): CorrectionRow => ({
  id: row.id,
  sessionId: row.session_id,
  classId: row.class_id,
  className: row.class_name,
  subjectName: row.subject_name,
  opensAt: row.opens_at,
  studentId: row.student_id,
  studentName: row.student_name,
  rollNo: row.roll_no,
  status: row.status,
  wanted: row.wanted,
  reason: row.reason,
  askedAt: row.asked_at,
  answer: row.answer,
  answeredAt: row.answered_at,
  answeredByName: row.answerer_name,
  note: row.note,
})

export async function findCorrection(tx: Tx, id: string): Promise<CorrectionRow | null> {
  const row = await corrections(tx).where('correction_requests.id', '=', id).executeTakeFirst()
  return row ? toCorrection(row) : null
}

/** Held until the transaction ends: of two answers one is the first. */
export async function lockCorrection(tx: Tx, id: string): Promise<CorrectionRow | null> {
  await tx.selectFrom('correction_requests').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  return findCorrection(tx, id)
}

export async function listCorrectionsOfStudent(tx: Tx, studentId: string, limit: number): Promise<CorrectionRow[]> {
  const rows = await corrections(tx)
    .where('correction_requests.student_id', '=', studentId)
    .orderBy('correction_requests.asked_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toCorrection)
}

export type Wanted = {
  state: 'open' | 'answered'
  /** Null: of every class. */
  teacherId: string | null
  before: Date | null
  limit: number
}

/** The newest first. */
export async function listCorrectionRows(
  tx: Tx,
  { state, teacherId, before, limit }: Wanted,
): Promise<CorrectionRow[]> {
  let rows = corrections(tx).where('correction_requests.answer', state === 'open' ? 'is' : 'is not', null)
  if (before !== null) rows = rows.where('correction_requests.asked_at', '<', before)
  if (teacherId !== null)
    rows = rows.where('sessions.class_id', 'in', (taught) =>
      taught.selectFrom('class_teachers').select('class_id').where('person_id', '=', teacherId),
    )
  const found = await rows
    .orderBy('correction_requests.asked_at', 'desc')
    .orderBy('correction_requests.id')
    .limit(limit)
    .execute()
  return found.map(toCorrection)
}

/** Whether it was inserted; false when this mark has an open request already. */
export async function insertCorrection(
  tx: Tx,
  asked: {
    institutionId: string
    id: string
    sessionId: string
    studentId: string
    wanted: 'present' | 'late' | 'excused'
    reason: string
    at: Date
  },
): Promise<boolean> {
  const row = await tx
    .insertInto('correction_requests')
    .values({
      institution_id: asked.institutionId,
      id: asked.id,
      session_id: asked.sessionId,
      student_id: asked.studentId,
      wanted: asked.wanted,
      reason: asked.reason,
      asked_at: asked.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setCorrectionAnswered(
  tx: Tx,
  {
    id,
    answer,
    by,
    note,
    at,
  }: { id: string; answer: 'granted' | 'declined' | 'withdrawn'; by: string; note: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('correction_requests')
    .set({ answer, answered_by: by, answered_at: at, note })
    .where('id', '=', id)
    .execute()
}
