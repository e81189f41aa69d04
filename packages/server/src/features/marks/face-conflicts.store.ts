import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** Two people in the order of their ids, so that one pair is one row. */
export type Pair = { firstId: string; secondId: string }

export type FaceConflictRow = Pair & { id: string; at: Date; isDecided: boolean }

/** The conflicts of a session of which a mark is still held, the oldest first. */
export async function listHeldConflicts(tx: Tx, sessionId: string): Promise<FaceConflictRow[]> {
  const rows = await tx
    .selectFrom('face_conflicts')
    .select(['id', 'first_id', 'second_id', 'at'])
    .where('session_id', '=', sessionId)
    .where('decided_at', 'is', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('records')
          .select('records.student_id')
          .whereRef('records.session_id', '=', 'face_conflicts.session_id')
          .where('records.held_at', 'is not', null)
          .where((of) =>
            of.or([
              of('records.student_id', '=', of.ref('face_conflicts.first_id')),
              of('records.student_id', '=', of.ref('face_conflicts.second_id')),
            ]),
          ),
      ),
    )
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    firstId: row.first_id,
    secondId: row.second_id,
    at: row.at,
    isDecided: false,
  }))
}

export async function findConflict(tx: Tx, sessionId: string, conflictId: string): Promise<FaceConflictRow | null> {
  const row = await tx
    .selectFrom('face_conflicts')
    .select(['id', 'first_id', 'second_id', 'at', 'decided_at'])
    .where('session_id', '=', sessionId)
    .where('id', '=', conflictId)
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    firstId: row.first_id,
    secondId: row.second_id,
    at: row.at,
    isDecided: row.decided_at !== null,
  }
}

/** Whether it is new; false when these two are known in this session already, decided or not. */
export async function insertConflict(
  tx: Tx,
  conflict: Pair & { institutionId: string; id: string; sessionId: string; at: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('face_conflicts')
    .values({
      institution_id: conflict.institutionId,
      id: conflict.id,
      session_id: conflict.sessionId,
      first_id: conflict.firstId,
      second_id: conflict.secondId,
      at: conflict.at,
    })
    .onConflict((known) => known.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setConflictDecided(
  tx: Tx,
  decided: { id: string; by: string; at: Date; decision: 'both' | 'first' | 'second' | 'neither' },
): Promise<void> {
  await tx
    .updateTable('face_conflicts')
    .set({ decided_at: decided.at, decided_by: decided.by, decision: decided.decision })
    .where('id', '=', decided.id)
    .execute()
}

/** Holds a mark, or lets it stand; the change is counted as any other. */
export async function setHeld(
  tx: Tx,
  { sessionId, studentId, heldAt }: { sessionId: string; studentId: string; heldAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('records')
    .set({ held_at: heldAt, version: sql<string>`nextval('record_versions')` })
    .where('session_id', '=', sessionId)
    .where('student_id', '=', studentId)
    .execute()
}

export async function areTwins(tx: Tx, { firstId, secondId }: Pair): Promise<boolean> {
  const row = await tx
    .selectFrom('twins')
    .select('first_id')
    .where('first_id', '=', firstId)
    .where('second_id', '=', secondId)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertTwins(tx: Tx, pair: Pair & { institutionId: string; by: string; at: Date }): Promise<void> {
  await tx
    .insertInto('twins')
    .values({
      institution_id: pair.institutionId,
      first_id: pair.firstId,
      second_id: pair.secondId,
      declared_at: pair.at,
      declared_by: pair.by,
    })
    .onConflict((known) => known.doNothing())
    .execute()
}
