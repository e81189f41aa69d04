import { randomUUID } from 'node:crypto'
import type { RefusalView } from '@app/contract'
import {
  consequenceOf,
  type FaceEvidence,
  type FaceRefusal,
  type Policy,
  type RefusalConsequence,
  studentReason,
} from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { deviceKindOf } from '../../platform/http/device.ts'
import { countRefusals, findLastEnrolmentEnd, insertAttempt } from './attempts.store.ts'
import type { TakenChallenge } from './challenge.ts'

/** An enrolment has no session whose end clears its refusals; they weigh for an hour, four times the longest pause. */
const ENROLMENT_REFUSALS_WEIGH_MS = 60 * 60_000

/** What came of one upload that was judged. */
export type Judged = { outcome: 'accepted' | 'held' } | ({ outcome: 'refused' } & FaceRefusal)

type Asked = { personId: string; sessionId: string | null; policy: Policy; at: Date }

async function findConsequence(tx: Tx, { personId, sessionId, policy, at }: Asked): Promise<RefusalConsequence> {
  const since = sessionId === null ? await startOfEnrolmentTries(tx, personId, at) : new Date(0)
  const { count, lastAt } = await countRefusals(tx, { personId, sessionId, since })
  return consequenceOf(count, lastAt, policy)
}

async function startOfEnrolmentTries(tx: Tx, personId: string, at: Date): Promise<Date> {
  const lastEnd = await findLastEnrolmentEnd(tx, personId)
  return new Date(Math.max(lastEnd?.getTime() ?? 0, at.getTime() - ENROLMENT_REFUSALS_WEIGH_MS))
}

/** @throws Failure `face-paused` while refusals so far make this person wait */
export async function requireNotPaused(tx: Tx, asked: Asked): Promise<void> {
  const { pausedUntil } = await findConsequence(tx, asked)
  if (pausedUntil === null || pausedUntil <= asked.at) return
  throw new Failure('face-paused', {
    retryAfterSeconds: Math.ceil((pausedUntil.getTime() - asked.at.getTime()) / 1000),
  })
}

/** Keeps what came of a try, the true reason included. */
export async function keepAttempt(
  tx: Tx,
  { actor, challenge, judged, evidence, camera, at }: AttemptToKeep,
): Promise<void> {
  await insertAttempt(tx, {
    institutionId: actor.institutionId,
    id: randomUUID(),
    challengeId: challenge.id,
    personId: actor.personId,
    sessionId: challenge.sessionId,
    at,
    outcome: judged.outcome,
    because: judged.outcome === 'refused' ? judged.because : null,
    action: judged.outcome === 'refused' && judged.because === 'action-missing' ? judged.action : null,
    cameraLabel: camera.label,
    deviceKind: deviceKindOf(camera.userAgent),
    light: evidence.light,
  })
}

/** What the browser says of the camera and of itself. */
export type Camera = { label: string; userAgent: string }

export type AttemptToKeep = {
  actor: Actor
  challenge: TakenChallenge
  judged: Judged
  evidence: FaceEvidence
  camera: Camera
  at: Date
}

/** What the student is told of a refusal that was just kept. */
export async function tellRefusal(tx: Tx, refusal: FaceRefusal, asked: Asked): Promise<RefusalView> {
  const reason = studentReason(refusal)
  const { offerCode, pausedUntil } = await findConsequence(tx, asked)
  return {
    outcome: 'refused',
    because: reason.because,
    action: reason.because === 'action-missing' ? reason.action : null,
    offerCode,
    pausedUntil: pausedUntil?.toISOString() ?? null,
  }
}
