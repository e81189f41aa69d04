import type { ImportObstacle, ImportView } from '@app/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

// From state to state: each step asks for the one before it, and of two who try it one is told that it was too late.

/** False when it is not ready to be taken (any more): somebody was quicker, or it was taken already. */
export async function setTaking(
  tx: Tx,
  importId: string,
  { total, by, at }: { total: number; by: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({
      state: 'taking',
      taken_by: by,
      progress_done: 0,
      progress_total: total,
      progress_at: at,
      cancel_asked: false,
      failed_because: null,
    })
    .where('id', '=', importId)
    .where('state', '=', 'ready')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Says how far it has come; true when somebody wants it stopped. */
export async function setProgress(tx: Tx, importId: string, done: number, at: Date): Promise<boolean> {
  const row = await tx
    .updateTable('imports')
    .set({ progress_done: done, progress_at: at })
    .where('id', '=', importId)
    .returning('cancel_asked')
    .executeTakeFirst()
  return row?.cancel_asked ?? true
}

/** False when it is not under way. */
export async function setCancelAsked(tx: Tx, importId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ cancel_asked: true })
    .where('id', '=', importId)
    .where('state', 'in', ['taking', 'undoing'])
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The last step of taking it; false when somebody has stopped it, and then nothing of it may be kept. */
export async function setTaken(
  tx: Tx,
  importId: string,
  { differing, at }: { differing: number; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ state: 'taken', differing, taken_at: at, progress_done: sql<number>`progress_total` })
    .where('id', '=', importId)
    .where('state', '=', 'taking')
    .where('cancel_asked', '=', false)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Back to where it was before it was taken. */
export async function setNotTaken(
  tx: Tx,
  importId: string,
  because: NonNullable<ImportView['failedBecause']>,
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ state: 'ready', failed_because: because, cancel_asked: false })
    .where('id', '=', importId)
    .where('state', '=', 'taking')
    .execute()
}

/** False when it is not taken (any more): somebody was quicker. */
export async function setUndoing(tx: Tx, importId: string, { by, at }: { by: string; at: Date }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({
      state: 'undoing',
      undone_by: by,
      progress_done: 0,
      progress_at: at,
      cancel_asked: false,
      failed_because: null,
      obstacles: '[]',
      obstacle_count: 0,
    })
    .where('id', '=', importId)
    .where('state', '=', 'taken')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The last step of taking it back; false when somebody has stopped it, and then nothing may be changed. */
export async function setUndone(tx: Tx, importId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ state: 'undone', undone_at: at, progress_done: sql<number>`progress_total` })
    .where('id', '=', importId)
    .where('state', '=', 'undoing')
    .where('cancel_asked', '=', false)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** It stays taken. */
export async function setNotUndone(
  tx: Tx,
  importId: string,
  {
    because,
    obstacles = [],
    count = 0,
  }: { because: NonNullable<ImportView['failedBecause']>; obstacles?: readonly ImportObstacle[]; count?: number },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      state: 'taken',
      failed_because: because,
      cancel_asked: false,
      obstacles: JSON.stringify(obstacles),
      obstacle_count: count,
    })
    .where('id', '=', importId)
    .where('state', '=', 'undoing')
    .execute()
}

/** Who asked for it to be taken, or to be taken back, as they stand now. */
export async function findAsker(
  tx: Tx,
  importId: string,
  asked: 'taken_by' | 'undone_by',
): Promise<{ personId: string; status: string; roles: string[] } | null> {
  const row = await tx
    .selectFrom('imports')
    .innerJoin('people', (join) =>
      join.onRef('people.institution_id', '=', 'imports.institution_id').onRef('people.id', '=', `imports.${asked}`),
    )
    .select([
      'people.id',
      'people.status',
      sql<string[]>`array(select role from person_roles where person_roles.person_id = people.id)`.as('roles'),
    ])
    .where('imports.id', '=', importId)
    .executeTakeFirst()
  return row ? { personId: row.id, status: row.status, roles: row.roles } : null
}
