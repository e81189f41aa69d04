import type { PhotoBatch, PhotoItem } from '@app/contract'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { openDataVault } from '../institutions/index.ts'
import { type BatchRow, countOutcomes, findBatch, listItems } from './batches.store.ts'

/** A photo takes a second at the most, a busy server ten; one that stood still for this long reads no more. */
const STANDSTILL_MS = 2 * 60_000

function stateOf({ takenAt, isReadToEnd, touchedAt }: BatchRow, at: Date): PhotoBatch['state'] {
  if (takenAt !== null) return 'taken'
  if (isReadToEnd) return 'read'
  return at.getTime() - touchedAt.getTime() > STANDSTILL_MS ? 'interrupted' : 'reading'
}

/** @throws Failure `not-found` */
export async function getBatchView(tx: Tx, batchId: string, at: Date): Promise<PhotoBatch> {
  const batch = await findBatch(tx, batchId)
  if (!batch) throw new Failure('not-found')
  const counts = await countOutcomes(tx, batchId)
  return {
    id: batch.id,
    createdAt: batch.createdAt.toISOString(),
    photos: batch.photos,
    read: counts.reduce((sum, { count }) => sum + count, 0),
    state: stateOf(batch, at),
    counts,
  }
}

const PAGE = 50

/** @throws Failure `not-found` */
export async function viewItems(
  tx: Tx,
  { keyring, institutionId }: { keyring: Keyring; institutionId: string },
  { batchId, page }: { batchId: string; page: number },
): Promise<{ items: PhotoItem[]; isLast: boolean }> {
  if (!(await findBatch(tx, batchId))) throw new Failure('not-found')
  const vault = await openDataVault(tx, keyring, institutionId)
  const rows = await listItems(tx, batchId, page * PAGE, PAGE + 1)
  const items = rows.slice(0, PAGE).map(({ face, personId, ...row }): PhotoItem => {
    const jpeg = face && personId !== null ? vault.unseal(face.keyVersion, face.thumbnail, personId) : null
    return {
      place: row.place,
      fileName: row.fileName,
      student: personId === null ? null : { personId, fullName: row.studentName ?? '', rollNo: row.rollNo },
      outcome: row.outcome,
      looksLike: row.looksLikeName,
      thumbnail: jpeg && `data:image/jpeg;base64,${jpeg.toString('base64')}`,
    }
  })
  return { items, isLast: rows.length <= PAGE }
}
