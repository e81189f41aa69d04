import type { AssuranceLevel, PresenceProof, Status } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'
import type { Two } from './belongings.store.ts'

/** A mark with its session. */
export type RecordToMerge = {
  sessionId: string
  className: string
  opensAt: Date
  mark: {
    studentId: string
    status: Status
    ownStatusId: string | null
    method: 'face' | 'code' | 'hand' | 'closing'
    assurance: AssuranceLevel | null
    markedAt: Date
    markedBy: string | null
    reason: string | null
    presence: PresenceProof[]
    note: string | null
    heldAt: Date | null
  }
}

/** The marks of both, in the order of their sessions. */
export async function findRecords(tx: Tx, { keptId, mergedId }: Two): Promise<RecordToMerge[]> {
  const rows = await tx
    .selectFrom('records')
    .innerJoin('sessions', (join) =>
      join
        .onRef('sessions.institution_id', '=', 'records.institution_id')
        .onRef('sessions.id', '=', 'records.session_id'),
    )
    .innerJoin('classes', (join) =>
      join
        .onRef('classes.institution_id', '=', 'sessions.institution_id')
        .onRef('classes.id', '=', 'sessions.class_id'),
    )
    .select(['classes.name', 'sessions.opens_at'])
    .selectAll('records')
    .where('records.student_id', 'in', [keptId, mergedId])
    .orderBy('sessions.opens_at')
    .orderBy('records.session_id')
    .execute()
  return rows.map((row) => ({
    sessionId: row.session_id,
    className: row.name,
    opensAt: row.opens_at,
    mark: {
      studentId: row.student_id,
      status: row.status,
      ownStatusId: row.custom_status_id,
      method: row.method,
      assurance: row.assurance,
      markedAt: row.marked_at,
      markedBy: row.marked_by,
      reason: row.reason,
      presence: row.presence,
      note: row.note,
      heldAt: row.held_at,
    },
  }))
}

/** Deletes one student's marks in these sessions: the other's stay. */
export async function deleteRecords(tx: Tx, studentId: string, sessionIds: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('records')
    .where('student_id', '=', studentId)
    .where(sql<boolean>`session_id = any(${[...sessionIds]}::uuid[])`)
    .execute()
}

/** Whoever had seen the mark under the other name has to look again. */
export async function moveRecords(tx: Tx, { keptId, mergedId }: Two): Promise<void> {
  await tx
    .updateTable('records')
    .set({ student_id: keptId, version: sql<string>`nextval('record_versions')` })
    .where('student_id', '=', mergedId)
    .execute()
}
