import type { listPhotoItems as itemsRoute, PhotoBatch, ReplyOf } from '@app/contract'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { PhotoDeps } from './reading.ts'
import { getBatchView, viewItems } from './view.ts'

/** How far a batch has been read. */
export function getPhotoBatch(
  { db, now }: Pick<PhotoDeps, 'db' | 'now'>,
  { actor, batchId }: { actor: Actor; batchId: string },
): Promise<PhotoBatch> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, (tx) => getBatchView(tx, batchId, now()))
}

/** A page of its photos. */
export function listPhotoItems(
  { db, keyring }: Pick<PhotoDeps, 'db' | 'keyring'>,
  { actor, batchId, page }: { actor: Actor; batchId: string; page: number },
): Promise<ReplyOf<typeof itemsRoute>> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  return db.inInstitution(institutionId, (tx) => viewItems(tx, { keyring, institutionId }, { batchId, page }))
}
