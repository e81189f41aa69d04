import { FUSION } from './fusion-weights.ts'

/** What enters the calibrated score. */
export type SpoofCues = {
  /** Median of the anti-spoof network over frames and crops, in [0, 1]. */
  network: number
  /** Share of sampled frames with a closed rectangle round the face, in [0, 1]. */
  framed: number
}

/** Network scores are cut here: beyond it lies only how sure of itself it is. */
const CUT = 0.002

/**
 * Probability of being bona fide, in [0, 1]: a logistic of the cues, so that each one's part can be read off its weight.
 * Weights come from `bench/fit-fusion.ts`, which names its data.
 */
export function fuse({ network, framed }: SpoofCues): number {
  const cut = Math.min(1 - CUT, Math.max(CUT, network))
  const logit = FUSION.bias + FUSION.network * Math.log(cut / (1 - cut)) + FUSION.framed * framed
  return 1 / (1 + Math.exp(-logit))
}
