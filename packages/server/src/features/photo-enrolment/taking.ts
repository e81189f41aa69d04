import { randomUUID } from 'node:crypto'
import type { PhotoBatch } from '@app/contract'
import { cosine } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { type KnownFace, lockEnrolments, openFace, openGallery, putTemplate, setEnrolled } from '../enrolment/index.ts'
import { getInstitution } from '../institutions/index.ts'
import {
  deleteBatch,
  deleteOldBatches,
  type ItemRow,
  listItems,
  lockBatch,
  setBatchTaken,
  setItemOutcome,
} from './batches.store.ts'
import { type PhotoDeps, requirePhotoEnrolment, standingOf } from './reading.ts'
import { getBatchView } from './view.ts'

type OfBatch = { actor: Actor; batchId: string }

/** Of one photo: a template of three frames says so too. */
const ONE_PHOTO = 1
const MAX_ITEMS = 1000

/**
 * Makes the photos that are ready templates, in one transaction with their lines in the audit log. Each is asked again
 * whether it may: consents and enrolments may have changed since the batch was read.
 * @throws Failure `not-found`, `already-done`, `photos-not-read`, `photo-enrolment-off`
 */
export async function takePhotoBatch(deps: PhotoDeps, { actor, batchId }: OfBatch): Promise<PhotoBatch> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  return deps.db.inInstitution(institutionId, async (tx) => {
    const at = deps.now()
    await requirePhotoEnrolment(tx)
    await lockEnrolments(tx)
    const batch = await lockBatch(tx, batchId)
    if (!batch) throw new Failure('not-found')
    if (batch.takenAt !== null) throw new Failure('already-done')
    if (!batch.isReadToEnd) throw new Failure('photos-not-read')
    const known = await openGallery(tx, { keyring: deps.keyring, institutionId }, deps.faceModel.name)
    const items = await listItems(tx, batchId, 0, MAX_ITEMS)
    for (const item of items.filter(({ outcome }) => outcome === 'ready'))
      await takeItem(tx, deps, { actor, batchId, item, known, at })
    await setBatchTaken(tx, batchId, at)
    return getBatchView(tx, batchId, at)
  })
}

type Taking = OfBatch & { item: ItemRow; known: KnownFace[]; at: Date }

async function takeItem(tx: Tx, deps: PhotoDeps, { actor, batchId, item, known, at }: Taking): Promise<void> {
  const { institutionId } = actor
  const { face, personId, place } = item
  if (face === null || personId === null || face.model !== deps.faceModel.name) return
  const { model, keyVersion, sealed } = face
  const probe = await openFace(tx, { keyring: deps.keyring, institutionId }, { personId, model, keyVersion, sealed })
  const { policy } = await getInstitution(tx)
  const minSimilarity = deps.faceModel.operatingPoints[policy.duplicateFalseMatchRate]
  const like = known.find((each) => each.personId !== personId && cosine(each.probe, probe) >= minSimilarity)
  const standing = await standingOf(tx, personId, model)
  const outcome = standing ?? (like ? 'looks-like' : 'taken')
  await setItemOutcome(tx, { batchId, place, outcome, looksLikeId: like?.personId ?? null })
  if (outcome !== 'taken') return
  const template = { id: randomUUID(), personId, model, keyVersion, sealed }
  await putTemplate(tx, { ...template, institutionId, frames: ONE_PHOTO, at, verifiedAt: null })
  await setEnrolled(tx, personId)
  known.push({ personId, probe })
  await appendAudit(tx, {
    institutionId,
    at,
    actorId: actor.personId,
    action: 'face-enrolled-by-photo',
    subjectId: personId,
    sessionId: null,
    oldValue: null,
    newValue: { model, batchId },
    reason: null,
  })
}

/** Gone with all that was sealed of it; templates that were made of it stay. @throws Failure `not-found` */
export async function discardPhotoBatch({ db }: Pick<PhotoDeps, 'db'>, { actor, batchId }: OfBatch): Promise<void> {
  requireRole(actor, 'admin')
  await db.inInstitution(actor.institutionId, async (tx) => {
    if (!(await deleteBatch(tx, batchId))) throw new Failure('not-found')
  })
}

const KEPT_MS = 24 * 60 * 60_000

/** Throws away, every minute, the batches of more than a day ago. */
export function startForgettingPhotos({
  db,
  now,
  jobs,
}: Pick<PhotoDeps, 'db' | 'now'> & { jobs: Jobs }): Promise<void> {
  return jobs.everyMinute('forget-photos', () =>
    db.outside((tx) => deleteOldBatches(tx, new Date(now().getTime() - KEPT_MS))),
  )
}
