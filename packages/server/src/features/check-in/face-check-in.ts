import type { RefusalView, ResultOf, startCheckIn as startRoute } from '@app/contract'
import { decideMatch, decideUnread, type FaceEvidence, oneFaceSimilarity, thresholdsOf } from '@app/domain'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
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
import { confirmTemplate, findFace, findFaceStanding } from '../enrolment/index.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { noteFace } from '../marks/index.ts'
import { findPresence, type Presence, viewPresence } from '../presence/index.ts'
import { requireStudentOf } from '../roster/index.ts'
import {
  getExistingSession,
  lockSettledSession,
  publishTile,
  requireOpen,
  requireReach,
  type Session,
} from '../sessions/index.ts'
import { type Marked, viewMarked } from './marked.ts'
import { recordOrAnswer, requireMayBeMarked } from './record-or-answer.ts'

export type StartCheckInDeps = {
  db: Database
  keyring: Keyring
  faceModel: FaceModel
  now: () => Date
  drawNumber: (bound: number) => number
}
export type SubmitCheckInDeps = ReadUploadDeps & {
  db: Database
  keyring: Keyring
  faceModel: FaceModel
  now: () => Date
}

/** @throws Failure `session-closed`, `method-not-allowed-here`, `already-done`, `face-paused` */
async function requireMayCheckInByFace(tx: Tx, actor: Actor, session: Session, at: Date): Promise<void> {
  requireOpen(session, at)
  if (!session.methods.includes('face')) throw new Failure('method-not-allowed-here')
  await requireMayBeMarked(tx, session, actor, at)
  const policy = await getClassPolicy(tx, session.classId)
  await requireNotPaused(tx, { personId: actor.personId, sessionId: session.id, policy, at })
}

/** A challenge to be marked by face. */
export async function startCheckIn(
  deps: StartCheckInDeps,
  { actor, sessionId, address }: { actor: Actor; sessionId: string; address: string },
): Promise<ResultOf<typeof startRoute>> {
  const { db, now, drawNumber } = deps
  await countChallenge(deps, actor, now())
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const session = await getExistingSession(tx, sessionId)
    await requireStudentOf(tx, actor, session.classId)
    await requireMayCheckInByFace(tx, actor, session, at)
    const { hasConsent, isEnrolled } = await findFaceStanding(tx, actor.personId, deps.faceModel.name)
    if (!hasConsent) throw new Failure('consent-needed')
    if (!isEnrolled) throw new Failure('not-enrolled')
    const policy = await getClassPolicy(tx, session.classId)
    const challenge = await makeChallenge(tx, { drawNumber }, { actor, purpose: 'check-in', sessionId, policy, at })
    if (session.presence.proofs.length === 0) return { ...challenge, presence: null }
    const presence = await findPresence(tx, { session, challengeId: challenge.id, address })
    return { ...challenge, presence: viewPresence(session, presence) }
  })
}

/** Judges one upload; whoever is recognised alive while the session is open is marked. */
export async function submitCheckIn(
  deps: SubmitCheckInDeps,
  input: { actor: Actor; challengeId: string; bundle: string; file: Buffer; userAgent: string; address: string },
): Promise<Marked | RefusalView> {
  const { actor, challengeId, file, userAgent, address } = input
  const { db, now } = deps
  const bundle = parseBundle(input.bundle)
  const { challenge, sessionId, presence } = await db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const taken = await takeChallenge(tx, { actor, challengeId, purpose: 'check-in', bundle, at })
    if (taken.sessionId === null) throw new Failure('challenge-unknown')
    const session = await getExistingSession(tx, taken.sessionId)
    await requireStudentOf(tx, actor, session.classId)
    await requireMayCheckInByFace(tx, actor, session, at)
    const presence = await findPresence(tx, { session, challengeId, address })
    requireReach(session, { method: 'face', presence })
    return { challenge: taken, sessionId: session.id, presence }
  })
  return settling(deps, { actor, challenge }, async () => {
    const evidence = await readUpload(deps, { actor, challenge, bundle, file })
    return db.inInstitution(actor.institutionId, (tx) =>
      settleCheckIn(tx, deps, {
        actor,
        challenge,
        sessionId,
        presence,
        evidence,
        camera: { label: bundle.cameraLabel, userAgent },
      }),
    )
  })
}

type ToSettle = {
  actor: Actor
  challenge: TakenChallenge
  sessionId: string
  presence: Presence
  evidence: FaceEvidence
  camera: Camera
}

/** Verdict, record, audit row and live event, under the session's lock: an end of the session is before or after, never between. */
async function settleCheckIn(
  tx: Tx,
  { keyring, faceModel, now }: SubmitCheckInDeps,
  { actor, challenge, sessionId, presence, camera, ...read }: ToSettle,
): Promise<Marked | RefusalView> {
  const { institutionId, personId } = actor
  const session = await lockSettledSession(tx, sessionId, now())
  const at = now()
  const policy = await getClassPolicy(tx, session.classId)
  const evidence = await withFramesSeen(tx, { actor, challenge, evidence: read.evidence, at })
  const thresholds = thresholdsOf(policy, faceModel.operatingPoints)
  const verdict = await judge(tx, { keyring, institutionId, personId, evidence, thresholds })
  await keepAttempt(tx, { actor, challenge, judged: verdict, evidence, camera, at })
  if (verdict.outcome === 'refused') {
    await publishTile(tx, session, personId, at)
    const told = await tellRefusal(tx, verdict, { personId, sessionId, policy, at })
    // A session of faces alone takes no code: offering one would end in another refusal.
    return { ...told, offerCode: told.offerCode && session.methods.includes('code') }
  }
  const mark = await recordOrAnswer(tx, session, { actor, method: 'face', presence, at })
  if (evidence.kind === 'face') {
    await confirmTemplate(tx, { actor, model: evidence.model, sessionId, at })
    await noteFace(tx, keyring, session, {
      personId,
      model: evidence.model,
      probe: evidence.probe,
      minSimilarity: oneFaceSimilarity(faceModel.operatingPoints),
      at,
    })
  }
  return viewMarked(mark, session, at)
}

async function judge(
  tx: Tx,
  {
    evidence,
    thresholds,
    personId,
    ...vault
  }: {
    keyring: Keyring
    institutionId: string
    personId: string
    evidence: FaceEvidence
    thresholds: ReturnType<typeof thresholdsOf>
  },
) {
  if (evidence.kind !== 'face') return decideUnread(evidence, thresholds)
  const template = await findFace(tx, vault, { personId, model: evidence.model })
  // Consent was withdrawn while the frames were read, or the template is of another model.
  if (!template) throw new Failure('not-enrolled')
  return decideMatch(evidence, template, thresholds)
}
