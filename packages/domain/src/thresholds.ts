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
  /** Whether the policy asks faces to answer the colours of the screen. */
  colourFlash: boolean
  /** Correlation of the answer with the colours shown. */
  minFlashAgreement: number
  /** Off only where a policy says so (a public clone's own tests). */
  injectionChecks: boolean
}

/**
 * Similarity from which a face is taken for somebody else's at this rate. Each is the strictest of three measurements
 * with `fr_feature`: all 29.6 M impostor pairs of LFW with one view a picture (.335, .412, .477), the 324,290 of fold 1
 * with the mirror image averaged in (.339, .414, .470), and, which is what a check-in compares, 374 templates of three
 * pictures with 299,544 pictures of others (.351, .428). `npm run -s bench -- thresholds` repeats the last two. True
 * match rates of such templates: 99.6 % and 99.3 %.
 */
export const SIMILARITY_AT_FMR = { '1e-3': 0.351, '1e-4': 0.428, '1e-5': 0.477 } as const

export type FalseMatchRate = keyof typeof SIMILARITY_AT_FMR

/** Such a table of one embedder; a similarity of another embedder says nothing beside it. */
export type OperatingPoints = Readonly<Record<FalseMatchRate, number>>

/** The shipped operating point: FMR 1e-4. */
export const SHIPPED_THRESHOLDS: FaceThresholds = {
  minSimilarity: SIMILARITY_AT_FMR['1e-4'],
  // Turned and blurred frames of one person fell to 0.57 (docs/benchmarks.md), two people's pictures stay under 0.34 at FMR 1e-3.
  minSameFace: 0.3,
  // Even odds of the calibrated score: NUAA 0 % of prints and 0 % of live pictures on the wrong side.
  minGenuine: 0.5,
  // Prints tilted by 32° leave 0.024 and 0.037; the weakest real turn seen, 0.106 (docs/benchmarks.md).
  minSolidResidual: 0.06,
  colourFlash: false,
  // Drawn answers reach 0.9 where the screen adds a fifth to the room's light; other sequences stay under 0.77.
  minFlashAgreement: 0.8,
  injectionChecks: true,
}

/**
 * From which two uploads of one session show one face. In a class of 300 each is compared with all others, 45,000 pairs:
 * even FMR 1e-5 would hold honest students every other day, so this lies 15 % of the way from there to identity
 * (0.555 with `fr_feature`). Two uploads of one person within an hour are more alike than that: single frames of one
 * upload stay above 0.57.
 */
export const oneFaceSimilarity = (embedder: OperatingPoints): number => embedder['1e-5'] + 0.15 * (1 - embedder['1e-5'])
