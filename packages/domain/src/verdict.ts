import type { Action } from './challenge.ts'
import { cosine, type FaceEvidence, type QualityReason, type SolidHead } from './face-evidence.ts'
import type { FaceThresholds } from './thresholds.ts'

/** Why a face check was refused, as the teacher sees it. Students see `studentReason` of it. */
export type FaceRefusal =
  | { because: QualityReason }
  | { because: 'action-missing'; action: Action }
  | { because: 'face-changed' }
  | { because: 'spoof-suspected' }
  | { because: 'injection-suspected' }
  | { because: 'not-recognised' }

export type FaceVerdict = { outcome: 'accepted' } | ({ outcome: 'refused' } & FaceRefusal)

/** What a student is told: quality and missing actions are named, the rest all read the same. */
export type StudentReason =
  | { because: QualityReason }
  | { because: 'action-missing'; action: Action }
  | { because: 'not-confirmed' }

/** Folds the reasons that would help an attacker into one. */
export function studentReason(refusal: FaceRefusal): StudentReason {
  switch (refusal.because) {
    case 'face-changed':
    case 'spoof-suspected':
    case 'injection-suspected':
    case 'not-recognised':
      return { because: 'not-confirmed' }
    default:
      return refusal
  }
}

/** The check-in decision: a live, single, solid face that did what was asked and matches `template`. */
export function decideMatch(evidence: FaceEvidence, template: Float32Array, thresholds: FaceThresholds): FaceVerdict {
  const live = decideLive(evidence, thresholds)
  if (live.outcome === 'refused' || evidence.kind !== 'face') return live
  if (!(cosine(evidence.probe, template) >= thresholds.minSimilarity)) return refused({ because: 'not-recognised' })
  return { outcome: 'accepted' }
}

/**
 * The part of the decision that needs no template: enrolment uses it alone. Each number must *reach* its threshold, so
 * that one that is not a number at all refuses.
 */
export function decideLive(evidence: FaceEvidence, thresholds: FaceThresholds): FaceVerdict {
  if (evidence.kind !== 'face') return decideUnread(evidence, thresholds)
  if (thresholds.injectionChecks && evidence.injection.length > 0) return refused({ because: 'injection-suspected' })
  if (!(evidence.sameFace >= thresholds.minSameFace)) return refused({ because: 'face-changed' })
  const missing = evidence.actions.find((each) => !each.seen)
  if (missing) return refused({ because: 'action-missing', action: missing.action })
  if (!(evidence.genuine >= neededGenuine(evidence.solidHead, thresholds)))
    return refused({ because: 'spoof-suspected' })
  if (evidence.solidHead.kind === 'measured' && !(evidence.solidHead.residual >= thresholds.minSolidResidual))
    return refused({ because: 'spoof-suspected' })
  return { outcome: 'accepted' }
}

/** Why frames are refused whose face was not looked at closely. */
export function decideUnread(
  evidence: Exclude<FaceEvidence, { kind: 'face' }>,
  { injectionChecks }: FaceThresholds,
): { outcome: 'refused' } & FaceRefusal {
  if (evidence.kind === 'unusable') return refused({ because: evidence.because })
  if (injectionChecks && evidence.injection.length > 0) return refused({ because: 'injection-suspected' })
  return refused({ because: 'action-missing', action: evidence.missing })
}

/** A head that never turned has not been shown to be solid: then the rest must be beyond doubt. */
const MIN_GENUINE_UNTURNED = 0.9

function neededGenuine(solidHead: SolidHead, { minGenuine }: FaceThresholds): number {
  return solidHead.kind === 'measured' ? minGenuine : Math.max(minGenuine, MIN_GENUINE_UNTURNED)
}

function refused(refusal: FaceRefusal): { outcome: 'refused' } & FaceRefusal {
  return { outcome: 'refused', ...refusal }
}
