/** The numbers a face decision is made with; chosen by policy from the table below. */
export type FaceThresholds = {
  /** Cosine similarity of probe and template from which a face is the enrolled one. */
  minSimilarity: number
  /** Cosine similarity within one upload under which the face is said to have changed. */
  minSameFace: number
  /** Probability of being bona fide, in [0, 1]. */
  minGenuine: number
  /** RMS residual of the best homography, in units of the distance between the eyes. */
  minSolidResidual: number
  /** Off only where a policy says so (a public clone's own tests). */
  injectionChecks: boolean
}

/** False match rate each similarity threshold stands for, with `fr_feature` (LFW, 29.6 M impostor pairs). */
export const SIMILARITY_AT_FMR = { '1e-3': 0.335, '1e-4': 0.412, '1e-5': 0.477 } as const

export type FalseMatchRate = keyof typeof SIMILARITY_AT_FMR

/** The shipped operating point: FMR 1e-4. */
export const SHIPPED_THRESHOLDS: FaceThresholds = {
  minSimilarity: SIMILARITY_AT_FMR['1e-4'],
  minSameFace: 0.3,
  minGenuine: 0.5,
  minSolidResidual: 0.06,
  injectionChecks: true,
}
