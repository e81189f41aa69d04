import type { Action } from './challenge.ts'
import {
  type FaceThresholds,
  type FalseMatchRate,
  type OperatingPoints,
  SHIPPED_THRESHOLDS,
  SIMILARITY_AT_FMR,
} from './thresholds.ts'

/** What an institution decides for itself. Every field has a value in `DEFAULT_POLICY`; an institution stores only what differs. */
export type Policy = {
  methods: readonly ('face' | 'code')[]
  /** The actions a challenge draws from. */
  actions: readonly Action[]
  /** How many actions a challenge asks, 2 to 5. */
  actionCount: number
  /** The false match rate the similarity threshold is chosen for. */
  falseMatchRate: FalseMatchRate
  /** Off only where an installation tests itself with drawn faces. */
  injectionChecks: boolean
  /** Refusals from which the code is offered, and from which the face path pauses. */
  offerCodeAfter: number
  pauseAfter: number
  /** First pause in seconds; it doubles with every further refusal. */
  pauseSeconds: number
  /** The false match rate from which an enrolment like somebody else's is held for a person to look at. */
  duplicateFalseMatchRate: FalseMatchRate
  teacherSignUp: boolean
  /** Percentage of sessions a student should attend; null when there is no such rule. */
  minimumPercentage: number | null
  /** Days a template is kept after its student has left. */
  retentionDays: number
}

/**
 * The shipped policy. Duplicate faces are held from the 1e-5 operating point on: over a gallery of thousands
 * 1e-4 would hold honest students every day.
 */
export const DEFAULT_POLICY: Policy = {
  methods: ['face', 'code'],
  actions: ['blink', 'turn-left', 'turn-right'],
  actionCount: 2,
  falseMatchRate: '1e-4',
  injectionChecks: true,
  offerCodeAfter: 3,
  pauseAfter: 5,
  pauseSeconds: 30,
  duplicateFalseMatchRate: '1e-5',
  teacherSignUp: false,
  minimumPercentage: 75,
  retentionDays: 30,
}

/**
 * The numbers an institution's face decisions are made with: those of the embedder at the false match rate it chose, and
 * the shipped ones. Whether a face changed is asked as far below the embedder's 1e-3 as of the shipped one.
 */
export function thresholdsOf(policy: Policy, embedder: OperatingPoints): FaceThresholds {
  return {
    ...SHIPPED_THRESHOLDS,
    minSimilarity: embedder[policy.falseMatchRate],
    minSameFace: SHIPPED_THRESHOLDS.minSameFace * (embedder['1e-3'] / SIMILARITY_AT_FMR['1e-3']),
    injectionChecks: policy.injectionChecks,
  }
}
