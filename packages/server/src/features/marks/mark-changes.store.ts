import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type MarkChange = {
  studentId: string
  at: Date
  actorId: string | null
  actorName: string | null
  action: string
  /** As the audit log has them. */
  oldValue: unknown
  newValue: unknown
  reason: string | null
}

const markChanges = (tx: Tx, sessionId: string) =>
  tx
    .selectFrom('audit_log')
    .leftJoin('people', (join) =>
      join
        .onRef('people.institution_id', '=', 'audit_log.institution_id')
        .onRef('people.id', '=', 'audit_log.actor_id'),
    )
    .select([
      sql<string>`audit_log.subject_id`.as('student_id'),
      'audit_log.at',
      'audit_log.actor_id',
      'people.full_name',
      'audit_log.action',
      'audit_log.old_value',
      'audit_log.new_value',
      'audit_log.reason',
    ])
    .where('audit_log.session_id', '=', sessionId)
    .where('audit_log.action', 'like', 'record-%')

type Row = Awaited<ReturnType<ReturnType<typeof markChanges>['executeTakeFirstOrThrow']>>

const toChange = (row: Row): MarkChange => ({
  studentId: row.student_id,
  at: row.at,
  actorId: row.actor_id,
  actorName: row.full_name,
  action: row.action,
  oldValue: row.old_value,
  newValue: row.new_value,
  reason: row.reason,
})

/** Every change of one mark, the oldest first; also from when it was that of a student who was merged into this one. */
export async function listMarkChanges(tx: Tx, sessionId: string, studentId: string): Promise<MarkChange[]> {
  const rows = await markChanges(tx, sessionId)
    .where('audit_log.subject_id', 'in', (same) =>
      same
        .selectFrom('people as same')
        .select('same.id')
        .where((of) => of.or([of('same.id', '=', studentId), of('same.merged_into', '=', studentId)])),
    )
    .orderBy('audit_log.id')
    .execute()
  return rows.map(toChange)
}

/** The last change of each of these students' marks. */
export async function findLastMarkChanges(
  tx: Tx,
  sessionId: string,
  studentIds: readonly string[],
): Promise<Map<string, MarkChange>> {
  if (studentIds.length === 0) return new Map()
  const rows = await markChanges(tx, sessionId)
    .distinctOn('audit_log.subject_id')
    .where('audit_log.subject_id', 'in', [...studentIds])
    .orderBy('audit_log.subject_id')
    .orderBy('audit_log.id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.student_id, toChange(row)]))
}
