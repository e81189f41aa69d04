import type { ChallengeView, EnrolmentView, RefusalView } from '@app/contract'
import {
  decideLive,
  decideUnread,
  type FaceEvidence,
  type FaceRefusal,
  type FaceThresholds,
  thresholdsOf,
} from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { FaceModel } from '../../platform/vision.ts'
import {
  type Camera,
  countChallenge,
  keepAttempt,
  makeChallenge,
  parseBundle,
  type ReadUploadDeps,
  readUpload,
  requireNotPaused,
  settling,
  type TakenChallenge,
  takeChallenge,
  tellRefusal,
  withFramesSeen,
} from '../challenge/index.ts'
import { getInstitution } from '../institutions/index.ts'
import { lockEnrolments, setEnrolled } from './enrolment.store.ts'
import { requireMayEnrol, viewEnrolment } from './face-state.ts'
import { insertHold } from './holds.store.ts'
import { putTemplate } from './templates.store.ts'
import { findLookalike, sealFace } from './templates.ts'

export type StartEnrolmentDeps = {
  db: Database
  keyring: Keyring
  faceModel: FaceModel
  now: () => Date
  drawNumber: (bound: number) => number
}
export type SubmitEnrolmentDeps = ReadUploadDeps & {
  db: Database
  keyring: Keyring
  faceModel: FaceModel
  now: () => Date
}

/** One face needs three good looks at it: open-set errors fall to a fifth against one (docs/benchmarks.md). */
const MIN_GOOD_FRAMES = 3

/** A challenge to enrol one's own face. */
export async function startEnrolment(deps: StartEnrolmentDeps, { actor }: { actor: Actor }): Promise<ChallengeView> {
  const { db, now, drawNumber } = deps
  await countChallenge(deps, actor, now())
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    await requireMayEnrol(tx, actor.personId, deps.faceModel.name)
    const { policy } = await getInstitution(tx)
    await requireNotPaused(tx, { personId: actor.personId, sessionId: null, policy, at })
    return makeChallenge(tx, { drawNumber }, { actor, purpose: 'enrolment', sessionId: null, policy, at })
  })
}

export type EnrolmentOutcome = { outcome: 'accepted' | 'held'; enrolment: EnrolmentView } | RefusalView

/** Judges one upload and, if it is live and its face is nobody else's, makes it this person's template. */
export async function submitEnrolment(
  deps: SubmitEnrolmentDeps,
  input: { actor: Actor; challengeId: string; bundle: string; file: Buffer; userAgent: string },
): Promise<EnrolmentOutcome> {
  const { actor, challengeId, file, userAgent } = input
  const { db, now } = deps
  const bundle = parseBundle(input.bundle)
  const challenge = await db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const taken = await takeChallenge(tx, { actor, challengeId, purpose: 'enrolment', bundle, at })
    await requireMayEnrol(tx, actor.personId, deps.faceModel.name)
    const { policy } = await getInstitution(tx)
    await requireNotPaused(tx, { personId: actor.personId, sessionId: null, policy, at })
    return taken
  })
  return settling(deps, { actor, challenge }, async () => {
    const evidence = await readUpload(deps, { actor, challenge, bundle, file })
    return db.inInstitution(actor.institutionId, (tx) =>
      settleEnrolment(tx, deps, {
        actor,
        challenge,
        evidence,
        camera: { label: bundle.cameraLabel, userAgent },
        at: now(),
      }),
    )
  })
}

type ToSettle = {
  actor: Actor
  challenge: TakenChallenge
  evidence: FaceEvidence
  camera: Camera
  at: Date
}

async function settleEnrolment(
  tx: Tx,
  { keyring, faceModel }: SubmitEnrolmentDeps,
  { actor, challenge, camera, at, ...read }: ToSettle,
): Promise<EnrolmentOutcome> {
  const { personId } = actor
  await lockEnrolments(tx)
  await requireMayEnrol(tx, personId, faceModel.name)
  const { policy } = await getInstitution(tx)
  const evidence = await withFramesSeen(tx, { actor, challenge, evidence: read.evidence, at })
  const judged = decideEnrolment(evidence, thresholdsOf(policy, faceModel.operatingPoints))
  if (judged.outcome === 'refused') {
    await keepAttempt(tx, { actor, challenge, judged, evidence, camera, at })
    return tellRefusal(tx, judged, { personId, sessionId: null, policy, at })
  }
  const minSimilarity = faceModel.operatingPoints[policy.duplicateFalseMatchRate]
  const outcome = await keepFace(tx, { keyring, actor, face: judged.face, minSimilarity, at })
  await keepAttempt(tx, { actor, challenge, judged: { outcome }, evidence, camera, at })
  return { outcome, enrolment: await viewEnrolment(tx, personId, faceModel.name) }
}

type GoodFace = Extract<FaceEvidence, { kind: 'face' }>
type FaceToKeep = { keyring: Keyring; actor: Actor; face: GoodFace; minSimilarity: number; at: Date }

/** Makes a good face the person's template, or holds it for a person to look at when it is somebody else's. */
async function keepFace(tx: Tx, { keyring, actor, face, minSimilarity, at }: FaceToKeep): Promise<'accepted' | 'held'> {
  const { institutionId, personId } = actor
  const { model, probe, goodFrames: frames } = face
  const vault = { keyring, institutionId }
  const looksLikeId = await findLookalike(tx, vault, { personId, model, probe, minSimilarity })
  const template = await sealFace(tx, vault, { personId, model, probe })
  if (looksLikeId === null) {
    await putTemplate(tx, { ...template, institutionId, frames, at, verifiedAt: at })
    await setEnrolled(tx, personId)
  } else await insertHold(tx, { ...template, institutionId, frames, looksLikeId, at })
  await appendAudit(tx, {
    institutionId,
    at,
    actorId: personId,
    action: looksLikeId === null ? 'face-enrolled' : 'enrolment-held',
    subjectId: personId,
    sessionId: null,
    oldValue: null,
    newValue: looksLikeId === null ? { model, frames } : { model, frames, looksLikeId },
    reason: null,
  })
  return looksLikeId === null ? 'accepted' : 'held'
}

type EnrolmentVerdict = { outcome: 'good'; face: GoodFace } | ({ outcome: 'refused' } & FaceRefusal)

/** Stricter than a check-in: enough good frames, and all of one face at the similarity that a match needs. Each number must reach its own. */
function decideEnrolment(evidence: FaceEvidence, thresholds: FaceThresholds): EnrolmentVerdict {
  if (evidence.kind !== 'face') return decideUnread(evidence, thresholds)
  const live = decideLive(evidence, thresholds)
  if (live.outcome === 'refused') return live
  if (!(evidence.goodFrames >= MIN_GOOD_FRAMES)) return { outcome: 'refused', because: 'blurred' }
  if (!(evidence.agreement >= thresholds.minSimilarity)) return { outcome: 'refused', because: 'face-changed' }
  return { outcome: 'good', face: evidence }
}
