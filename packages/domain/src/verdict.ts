import type { Action } from './challenge.ts'
import { cosine, type FaceEvidence, type FlashEvidence, type QualityReason } from './face-evidence.ts'
import type { FaceThresholds } from './thresholds.ts'

/** Why a face check was refused, as the teacher sees it. Students see `studentReason` of it. */
export type FaceRefusal =
  | { because: QualityReason }
  | { because: 'action-missing'; action: Action }
  | { because: 'face-changed' }
  | { because: 'spoof-suspected' }
  | { because: 'injection-suspected' }
  | { because: 'flash-missing' }
  | { because: 'flash-unseen' }
  | { because: 'not-recognised' }

export type FaceVerdict = { outcome: 'accepted' } | ({ outcome: 'refused' } & FaceRefusal)

/** What a student is told: quality and missing actions are named, the rest all read the same. */
export type StudentReason =
  | { because: QualityReason }
  | { because: 'action-missing'; action: Action }
  | { because: 'flash-unseen' }
  | { because: 'not-confirmed' }

type GoodEvidence = Extract<FaceEvidence, { kind: 'face' }>

/** Folds the reasons that would help an attacker into one. */
export function studentReason(refusal: FaceRefusal): StudentReason {
  switch (refusal.because) {
    case 'face-changed':
    case 'spoof-suspected':
    case 'injection-suspected':
    case 'flash-missing':
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
  if (!(evidence.genuine >= neededGenuine(evidence, thresholds))) return refused({ because: 'spoof-suspected' })
  if (evidence.solidHead.kind === 'measured' && !(evidence.solidHead.residual >= thresholds.minSolidResidual))
    return refused({ because: 'spoof-suspected' })
  return decideFlash(evidence.flash, thresholds)
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

/** Where a check that others pass was left out, the rest must be beyond doubt. */
const MIN_GENUINE_ALONE = 0.9

/** A head that never turned has not been shown to be solid; who asked not to see colours answers none. */
function neededGenuine({ solidHead, flash }: GoodEvidence, { minGenuine, colourFlash }: FaceThresholds): number {
  const isLeftOut = solidHead.kind !== 'measured' || (colourFlash && flash.kind === 'not-asked')
  return isLeftOut ? Math.max(minGenuine, MIN_GENUINE_ALONE) : minGenuine
}

/** Under a weak light, or with a head that moves, honest answers come out like this; no other colours do by chance. */
const HALF_AN_ANSWER = 0.5

/** Asked last of what needs no template: who reads that the light was too strong has passed the rest of it. */
function decideFlash(flash: FlashEvidence, { minFlashAgreement }: FaceThresholds): FaceVerdict {
  if (flash.kind === 'not-asked') return { outcome: 'accepted' }
  if (flash.kind === 'unseen') return refused({ because: 'flash-unseen' })
  if (flash.inOrder && flash.agreement >= minFlashAgreement) return { outcome: 'accepted' }
  return refused({ because: flash.agreement >= HALF_AN_ANSWER ? 'flash-unseen' : 'flash-missing' })
}

function refused(refusal: FaceRefusal): { outcome: 'refused' } & FaceRefusal {
  return { outcome: 'refused', ...refusal }
}
