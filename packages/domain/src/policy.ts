import type { AssuranceLevel } from './assurance.ts'
import type { Action } from './challenge.ts'
import type { Geofence, PresenceProof } from './presence.ts'
import {
  type FaceThresholds,
  type FalseMatchRate,
  type OperatingPoints,
  SHIPPED_THRESHOLDS,
  SIMILARITY_AT_FMR,
} from './thresholds.ts'

/**
 * What an institution decides for itself, and may decide otherwise for a class. Every field has a value in
 * `DEFAULT_POLICY`; an institution stores only what differs from it, a class only what differs from the institution.
 */
export type Policy = {
  methods: readonly ('face' | 'code')[]
  /** The actions a challenge draws from. */
  actions: readonly Action[]
  /** How many actions a challenge asks, 2 to 5. */
  actionCount: number
  /** The false match rate the similarity threshold is chosen for. */
  falseMatchRate: FalseMatchRate
  /** Whether the screen shows random colours that the face must answer; never to people who asked not to see them. */
  colourFlash: boolean
  /** Off only where an installation tests itself with drawn faces. */
  injectionChecks: boolean
  /** What a check-in by face is asked for beside the face; empty where only the face is. */
  presenceProofs: readonly PresenceProof[]
  /** Whether one of the proofs is enough. */
  presenceNeeds: 'any' | 'all'
  /** The campus network as CIDR blocks, of both families. */
  networks: readonly string[]
  geofence: Geofence | null
  /** The least a student's own check-in must reach; D demands nothing. */
  assurance: AssuranceLevel
  /** What a session starts with when nobody says otherwise. */
  sessionMinutes: number
  lateAfterMinutes: number
  /** Planned sessions open by themselves. */
  autoOpen: boolean
  /** What a late mark counts beside a present one, 0 to 1. */
  lateWeight: number
  /** How long a code is shown, 3 to 60; an open session keeps what it started with. */
  codeSeconds: number
  /** Refusals from which the code is offered, and from which the face path pauses. */
  offerCodeAfter: number
  pauseAfter: number
  /** First pause in seconds; it doubles with every further refusal. */
  pauseSeconds: number
  /** How many students of a session the server asks at random to show their presence again; 0 asks nobody. */
  spotCheck: number
  /** Days after the end of a session from which its marks are locked; null never locks them. */
  lockDays: number | null
  /** Percentage of sessions a student should attend; null when there is no such rule. */
  minimumPercentage: number | null
  /** The false match rate from which an enrolment like somebody else's is held for a person to look at. */
  duplicateFalseMatchRate: FalseMatchRate
  /** Templates may be made from a folder of photos, unverified until a live check-in. */
  bulkPhotoEnrolment: boolean
  /** Days a template is kept after its student has left. */
  retentionDays: number
  teacherSignUp: boolean
  /** Teachers may change what `POLICY_SCOPES` leaves to them, in the classes they teach. */
  teachersAdjust: boolean
}

/**
 * The shipped policy.
 * - Duplicate faces are held from the 1e-5 operating point on: over a gallery of thousands 1e-4 would hold honest
 *   students every day.
 * - An hour, and late after ten minutes: most lessons, and a walk between two buildings.
 * - Late counts in full: the student came. Whoever wants it to weigh less says how much.
 * - A code of 5 s and the one before it: a forwarded one arrives when it is spent, a shown one can still be typed.
 * - Marks lock after 14 days: a weekly class has met twice more, and whoever was marked wrongly has seen it.
 * - Three refusals offer the code and five pause for 30 s, doubling: an honest student who is refused three times in
 *   a row needs help, five in a row are rarely honest.
 * - Nothing is asked about the place, nothing opens or enrols by itself, and no level is demanded: each of them shuts
 *   somebody out, so each is somebody's decision.
 */
export const DEFAULT_POLICY: Policy = {
  methods: ['face', 'code'],
  actions: ['blink', 'turn-left', 'turn-right'],
  actionCount: 2,
  falseMatchRate: '1e-4',
  colourFlash: false,
  injectionChecks: true,
  presenceProofs: [],
  presenceNeeds: 'all',
  networks: [],
  geofence: null,
  assurance: 'D',
  sessionMinutes: 60,
  lateAfterMinutes: 10,
  autoOpen: false,
  lateWeight: 1,
  codeSeconds: 5,
  offerCodeAfter: 3,
  pauseAfter: 5,
  pauseSeconds: 30,
  spotCheck: 0,
  lockDays: 14,
  minimumPercentage: 75,
  duplicateFalseMatchRate: '1e-5',
  bulkPhotoEnrolment: false,
  retentionDays: 30,
  teacherSignUp: false,
  teachersAdjust: false,
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
    colourFlash: policy.colourFlash,
    injectionChecks: policy.injectionChecks,
  }
}
