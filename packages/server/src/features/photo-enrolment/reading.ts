import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PhotoBatch, PhotoOutcome } from '@app/contract'
import { cosine } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Background } from '../../platform/background.ts'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { type FaceModel, type PhotoEvidence, type ReadPhoto, VisionProblem } from '../../platform/vision.ts'
import { findConsent, getFaceFacts, type KnownFace, NOTICE_VERSION, openGallery } from '../enrolment/index.ts'
import { getInstitution, openDataVault } from '../institutions/index.ts'
import {
  findStudentOfRollNo,
  insertBatch,
  insertItem,
  type SealedPhoto,
  setBatchRead,
  touchBatch,
} from './batches.store.ts'
import { photosOfZip, type ZippedPhoto } from './photos-of-zip.ts'
import { getBatchView } from './view.ts'

export type PhotoDeps = {
  db: Database
  keyring: Keyring
  faceModel: FaceModel
  readPhoto: ReadPhoto
  background: Background
  now: () => Date
}

/** @throws Failure `photo-enrolment-off` */
export async function requirePhotoEnrolment(tx: Tx): Promise<void> {
  const { policy } = await getInstitution(tx)
  if (!policy.bulkPhotoEnrolment) throw new Failure('photo-enrolment-off')
}

/** Takes a zip and reads it while the answer is already on its way: hundreds of photos take longer than a request may. */
export async function startPhotoBatch(
  deps: PhotoDeps,
  { actor, bytes }: { actor: Actor; bytes: Buffer },
): Promise<PhotoBatch> {
  requireRole(actor, 'admin')
  const { institutionId, personId: by } = actor
  const { db, now, background } = deps
  await db.inInstitution(institutionId, requirePhotoEnrolment)
  const photos = photosOfZip(bytes)
  const batchId = randomUUID()
  const view = await db.inInstitution(institutionId, async (tx) => {
    const at = now()
    await insertBatch(tx, { institutionId, id: batchId, photos: photos.length, by, at })
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: by,
      action: 'photos-uploaded',
      subjectId: batchId,
      sessionId: null,
      oldValue: null,
      newValue: { photos: photos.length },
      reason: null,
    })
    return getBatchView(tx, batchId, at)
  })
  background.run((signal) => readBatch(deps, { institutionId, batchId, photos, signal }))
  return view
}

type Reading = { institutionId: string; batchId: string; photos: readonly ZippedPhoto[]; signal: AbortSignal }

/** One photo after another, so that check-ins find a worker; stops when the batch is thrown away or the server stops. */
async function readBatch(deps: PhotoDeps, { institutionId, batchId, photos, signal }: Reading): Promise<void> {
  const { db, keyring, faceModel, now } = deps
  const known = await db.inInstitution(institutionId, (tx) =>
    openGallery(tx, { keyring, institutionId }, faceModel.name),
  )
  const rollNos = new Set<string>()
  for (const [place, photo] of photos.entries()) {
    const isTwice = rollNos.has(photo.rollNo.toLowerCase())
    rollNos.add(photo.rollNo.toLowerCase())
    const file = photo.read()
    const evidence = file && (await readPatiently(deps, file, signal))
    if (signal.aborted) return
    const isThere = await db.inInstitution(institutionId, async (tx) => {
      if (!(await touchBatch(tx, batchId, now()))) return false
      await keepItem(tx, deps, { institutionId, batchId, place, photo, isTwice, evidence, known })
      if (place === photos.length - 1) await setBatchRead(tx, batchId)
      return true
    })
    if (!isThere) return
  }
}

const BUSY_MS = 500

/** A full queue is waited for: whoever checks in goes first. What breaks the reader is unreadable. */
async function readPatiently(
  { readPhoto }: PhotoDeps,
  file: Uint8Array,
  signal: AbortSignal,
): Promise<PhotoEvidence | null> {
  while (!signal.aborted)
    try {
      return await readPhoto(file)
    } catch (error) {
      if (!(error instanceof VisionProblem) || error.problem !== 'busy') return null
      await sleep(BUSY_MS, undefined, { signal }).catch(() => undefined)
    }
  return null
}

type ItemToJudge = {
  institutionId: string
  batchId: string
  place: number
  photo: ZippedPhoto
  isTwice: boolean
  evidence: PhotoEvidence | null
  /** Grows by every photo that is ready: two of a batch may show one face. */
  known: KnownFace[]
}

async function keepItem(tx: Tx, deps: PhotoDeps, item: ItemToJudge): Promise<void> {
  const { institutionId, batchId, place, photo, evidence, known } = item
  const personId = await findStudentOfRollNo(tx, photo.rollNo)
  const { outcome, looksLikeId } = await judge(tx, deps, { ...item, personId })
  let face: SealedPhoto | null = null
  if (personId !== null && evidence?.kind === 'face') {
    const vault = await openDataVault(tx, deps.keyring, institutionId)
    const { probe, model } = evidence
    const bytes = Buffer.from(probe.buffer, probe.byteOffset, probe.byteLength)
    const thumbnail = vault.seal(evidence.thumbnail, personId).sealed
    face = { model, ...vault.seal(bytes, personId), thumbnail }
    if (outcome === 'ready') known.push({ personId, probe })
  }
  await insertItem(tx, {
    institutionId,
    batchId,
    place,
    fileName: photo.fileName,
    personId,
    outcome,
    looksLikeId,
    face,
  })
}

type Judged = { outcome: PhotoOutcome; looksLikeId: string | null }

async function judge(
  tx: Tx,
  { faceModel }: PhotoDeps,
  { personId, isTwice, evidence, known }: ItemToJudge & { personId: string | null },
): Promise<Judged> {
  const is = (outcome: PhotoOutcome): Judged => ({ outcome, looksLikeId: null })
  if (personId === null) return is('no-student')
  if (isTwice) return is('twice')
  if (evidence === null) return is('unreadable')
  const standing = await standingOf(tx, personId, faceModel.name)
  if (standing !== null) return is(standing)
  if (evidence.kind === 'unusable') return is(evidence.because)
  const { policy } = await getInstitution(tx)
  const minSimilarity = faceModel.operatingPoints[policy.duplicateFalseMatchRate]
  const like = known.find((each) => each.personId !== personId && cosine(each.probe, evidence.probe) >= minSimilarity)
  return like ? { outcome: 'looks-like', looksLikeId: like.personId } : is('ready')
}

/** Why this student gets no template of a photo; null when they may. */
export async function standingOf(
  tx: Tx,
  personId: string,
  model: string,
): Promise<'no-consent' | 'enrolled-already' | 'enrolment-held' | null> {
  if ((await findConsent(tx, personId))?.version !== NOTICE_VERSION) return 'no-consent'
  const facts = await getFaceFacts(tx, personId, model)
  if (facts.isHeld) return 'enrolment-held'
  // Whoever was enrolled once enrols again by a live challenge, with leave: a photo is no way round it.
  return facts.enrolledAt !== null || facts.enrolledOnce ? 'enrolled-already' : null
}
