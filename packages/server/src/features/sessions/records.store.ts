import type { AssuranceLevel, PresenceProof, Status } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type Method = 'face' | 'code' | 'hand' | 'closing'

/** The mark of one student in one session. */
export type Mark = {
  studentId: string
  status: Status
  /** The institution's own status, whose base `status` is. */
  ownStatusId: string | null
  method: Method
  assurance: AssuranceLevel | null
  markedAt: Date
  /** Who marked by hand; null otherwise. */
  markedBy: string | null
  reason: string | null
  /** What was shown of being in the room. */
  presence: PresenceProof[]
  note: string | null
  /** Since when it waits for a decision about one face of two accounts. */
  heldAt: Date | null
}

/** A mark that nobody has said anything about. */
export const UNDECIDED: Pick<Mark, 'ownStatusId' | 'reason' | 'presence' | 'note' | 'heldAt'> = {
  ownStatusId: null,
  reason: null,
  presence: [],
  note: null,
  heldAt: null,
}

type InSession = { institutionId: string; sessionId: string }

const toRow = ({ institutionId, sessionId }: InSession, mark: Mark) => ({
  institution_id: institutionId,
  session_id: sessionId,
  student_id: mark.studentId,
  status: mark.status,
  custom_status_id: mark.ownStatusId,
  method: mark.method,
  assurance: mark.assurance,
  marked_at: mark.markedAt,
  marked_by: mark.markedBy,
  reason: mark.reason,
  presence: mark.presence,
  note: mark.note,
  held_at: mark.heldAt,
})

/** Inserts the marks of those who have none yet and answers whom it marked. */
export async function insertMissingMarks(tx: Tx, session: InSession, marks: readonly Mark[]): Promise<string[]> {
  const marked: string[] = []
  const batch = 1000
  for (let from = 0; from < marks.length; from += batch) {
    const rows = await tx
      .insertInto('records')
      .values(marks.slice(from, from + batch).map((mark) => toRow(session, mark)))
      .onConflict((conflict) => conflict.columns(['institution_id', 'session_id', 'student_id']).doNothing())
      .returning('student_id')
      .execute()
    marked.push(...rows.map((row) => row.student_id))
  }
  return marked
}

/** Makes `mark` the student's mark, whatever it was, and counts the change. */
export async function putMark(tx: Tx, session: InSession, mark: Mark): Promise<void> {
  const { institution_id, session_id, student_id, ...changed } = toRow(session, mark)
  await tx
    .insertInto('records')
    .values({ institution_id, session_id, student_id, ...changed })
    .onConflict((conflict) =>
      conflict
        .columns(['institution_id', 'session_id', 'student_id'])
        .doUpdateSet({ ...changed, version: sql<string>`nextval('record_versions')` }),
    )
    .execute()
}

/** As if the student had never been marked. */
export async function deleteMark(tx: Tx, sessionId: string, studentId: string): Promise<void> {
  await tx.deleteFrom('records').where('session_id', '=', sessionId).where('student_id', '=', studentId).execute()
}

export type NamedMark = Mark & { markedByName: string | null; ownStatusName: string | null; version: number }

/** The marks of a session: of one student, or of all when `studentId` is null. */
export async function listMarks(tx: Tx, sessionId: string, studentId: string | null): Promise<NamedMark[]> {
  let marks = tx
    .selectFrom('records')
    .leftJoin('people as marker', (join) =>
      join.onRef('marker.institution_id', '=', 'records.institution_id').onRef('marker.id', '=', 'records.marked_by'),
    )
    .leftJoin('statuses', (join) =>
      join
        .onRef('statuses.institution_id', '=', 'records.institution_id')
        .onRef('statuses.id', '=', 'records.custom_status_id'),
    )
    .select([
      'records.student_id',
      'records.status',
      'records.method',
      'records.assurance',
      'records.marked_at',
      'records.marked_by',
      'records.reason',
      'records.presence',
      'records.note',
      'records.version',
      'records.held_at',
      'records.custom_status_id',
      'statuses.name as status_name',
      'marker.full_name as marker_name',
    ])
    .where('records.session_id', '=', sessionId)
  if (studentId !== null) marks = marks.where('records.student_id', '=', studentId)
  const rows = await marks.execute()
  return rows.map((row) => ({
    studentId: row.student_id,
    status: row.status,
    ownStatusId: row.custom_status_id,
    ownStatusName: row.status_name,
    method: row.method,
    assurance: row.assurance,
    markedAt: row.marked_at,
    markedBy: row.marked_by,
    markedByName: row.marker_name,
    reason: row.reason,
    presence: row.presence,
    note: row.note,
    version: Number(row.version),
    heldAt: row.held_at,
  }))
}

export async function findMark(tx: Tx, sessionId: string, studentId: string): Promise<NamedMark | null> {
  const [mark] = await listMarks(tx, sessionId, studentId)
  return mark ?? null
}
