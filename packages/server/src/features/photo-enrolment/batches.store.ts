import type { PhotoOutcome } from '@app/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type BatchRow = {
  id: string
  createdAt: Date
  photos: number
  touchedAt: Date
  isReadToEnd: boolean
  takenAt: Date | null
}

const batches = (tx: Tx) =>
  tx.selectFrom('photo_batches').select(['id', 'created_at', 'photos', 'touched_at', 'read_to_end', 'taken_at'])

type Row = Awaited<ReturnType<ReturnType<typeof batches>['executeTakeFirstOrThrow']>>

const toBatch = (row: Row): BatchRow => ({
  id: row.id,
  createdAt: row.created_at,
  photos: row.photos,
  touchedAt: row.touched_at,
  isReadToEnd: row.read_to_end,
  takenAt: row.taken_at,
})

export async function findBatch(tx: Tx, id: string): Promise<BatchRow | null> {
  const row = await batches(tx).where('id', '=', id).executeTakeFirst()
  return row ? toBatch(row) : null
}

/** Held until the transaction ends. */
export async function lockBatch(tx: Tx, id: string): Promise<BatchRow | null> {
  const row = await batches(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? toBatch(row) : null
}

export async function insertBatch(
  tx: Tx,
  batch: { institutionId: string; id: string; photos: number; by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('photo_batches')
    .values({
      institution_id: batch.institutionId,
      id: batch.id,
      created_at: batch.at,
      created_by: batch.by,
      photos: batch.photos,
      touched_at: batch.at,
    })
    .execute()
}

/** Whether the batch is still there: somebody may have thrown it away while it was read. */
export async function touchBatch(tx: Tx, id: string, at: Date): Promise<boolean> {
  const row = await tx
    .updateTable('photo_batches')
    .set({ touched_at: at })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setBatchRead(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('photo_batches').set({ read_to_end: true }).where('id', '=', id).execute()
}

/** What was sealed of a batch is gone once it is taken. */
export async function setBatchTaken(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('photo_batches').set({ taken_at: at }).where('id', '=', id).execute()
  await tx
    .updateTable('photo_batch_items')
    .set({ model: null, key_version: null, sealed: null, sealed_thumbnail: null })
    .where('batch_id', '=', id)
    .execute()
}

export async function deleteBatch(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.deleteFrom('photo_batches').where('id', '=', id).returning('id').executeTakeFirst()
  return row !== undefined
}

/** Batches of any institution that were made before; asked outside the wall. */
export async function deleteOldBatches(tx: Tx, before: Date): Promise<void> {
  await sql`select delete_photo_batches(${before})`.execute(tx)
}

/** A sealed face and the sealed picture of it; both open with one version of the key. */
export type SealedPhoto = { model: string; keyVersion: number; sealed: Buffer; thumbnail: Buffer }

export type ItemToKeep = {
  place: number
  fileName: string
  personId: string | null
  outcome: PhotoOutcome
  looksLikeId: string | null
  face: SealedPhoto | null
}

export async function insertItem(
  tx: Tx,
  { institutionId, batchId, face, ...item }: ItemToKeep & { institutionId: string; batchId: string },
): Promise<void> {
  await tx
    .insertInto('photo_batch_items')
    .values({
      institution_id: institutionId,
      batch_id: batchId,
      place: item.place,
      file_name: item.fileName,
      person_id: item.personId,
      outcome: item.outcome,
      looks_like_id: item.looksLikeId,
      model: face?.model ?? null,
      key_version: face?.keyVersion ?? null,
      sealed: face?.sealed ?? null,
      sealed_thumbnail: face?.thumbnail ?? null,
    })
    .execute()
}

export type ItemRow = ItemToKeep & {
  studentName: string | null
  rollNo: string | null
  looksLikeName: string | null
}

/** Fifty at a time: what has a problem first, then what is ready. */
export async function listItems(tx: Tx, batchId: string, from: number, limit: number): Promise<ItemRow[]> {
  const rows = await tx
    .selectFrom('photo_batch_items')
    .leftJoin('people', (join) =>
      join
        .onRef('people.institution_id', '=', 'photo_batch_items.institution_id')
        .onRef('people.id', '=', 'photo_batch_items.person_id'),
    )
    .leftJoin('people as other', (join) =>
      join
        .onRef('other.institution_id', '=', 'photo_batch_items.institution_id')
        .onRef('other.id', '=', 'photo_batch_items.looks_like_id'),
    )
    .selectAll('photo_batch_items')
    .select(['people.full_name', 'people.roll_no', 'other.full_name as other_name'])
    .where('batch_id', '=', batchId)
    .orderBy(sql`outcome in ('ready', 'taken')`)
    .orderBy('place')
    .offset(from)
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    place: row.place,
    fileName: row.file_name,
    personId: row.person_id,
    studentName: row.full_name,
    rollNo: row.roll_no,
    outcome: row.outcome,
    looksLikeId: row.looks_like_id,
    looksLikeName: row.other_name,
    face: toFace(row),
  }))
}

function toFace(row: {
  model: string | null
  key_version: number | null
  sealed: Buffer | null
  sealed_thumbnail: Buffer | null
}): SealedPhoto | null {
  const { model, key_version: keyVersion, sealed, sealed_thumbnail: thumbnail } = row
  if (model === null || keyVersion === null || sealed === null || thumbnail === null) return null
  return { model, keyVersion, sealed, thumbnail }
}

export async function setItemOutcome(
  tx: Tx,
  item: { batchId: string; place: number; outcome: PhotoOutcome; looksLikeId: string | null },
): Promise<void> {
  await tx
    .updateTable('photo_batch_items')
    .set({ outcome: item.outcome, looks_like_id: item.looksLikeId })
    .where('batch_id', '=', item.batchId)
    .where('place', '=', item.place)
    .execute()
}

export async function countOutcomes(tx: Tx, batchId: string): Promise<{ outcome: PhotoOutcome; count: number }[]> {
  const rows = await tx
    .selectFrom('photo_batch_items')
    .select(['outcome', sql<number>`count(*)::int`.as('count')])
    .where('batch_id', '=', batchId)
    .groupBy('outcome')
    .orderBy('outcome')
    .execute()
  return rows
}

/** The student of a roll number, in whatever case; null for none and for somebody who is no student any more. */
export async function findStudentOfRollNo(tx: Tx, rollNo: string): Promise<string | null> {
  const row = await tx
    .selectFrom('people')
    .innerJoin('person_roles', (join) =>
      join
        .onRef('person_roles.institution_id', '=', 'people.institution_id')
        .onRef('person_roles.person_id', '=', 'people.id'),
    )
    .select('people.id')
    .where('person_roles.role', '=', 'student')
    .where('people.status', 'in', ['invited', 'active'])
    .where((where) => where(where.fn('lower', ['people.roll_no']), '=', where.fn<string>('lower', [where.val(rollNo)])))
    .executeTakeFirst()
  return row?.id ?? null
}
