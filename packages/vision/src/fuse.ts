import { FUSION } from './fusion-weights.ts'

/** What enters the calibrated score; each is a median over frames. */
export type SpoofCues = {
  /** The anti-spoof network over two crops, in [0, 1]. */
  network: number
  /** Share of sampled frames with a closed rectangle round the face, in [0, 1]. */
  framed: number
  /** `Texture`'s numbers, from the full frames. */
  moire: number
  warmth: number
  detail: number
}

/** What a face is allowed to be before a cue begins to count against it: beyond what bona fide faces show. */
const FREE = { moire: 2.8, warmth: 0.05, detail: -3 } as const

/** Network scores are cut here: beyond it lies only how sure of itself it is. */
const CUT = 0.002

/**
 * The cues as the logistic takes them: the network's log-odds, and how far each other cue goes beyond what is free.
 * One-sided on purpose: no cue can make up for a bad one, and skin tone and sharp lenses earn nothing.
 */
export function termsOf(cues: SpoofCues) {
  const cut = Math.min(1 - CUT, Math.max(CUT, cues.network))
  return {
    network: Math.log(cut / (1 - cut)),
    framed: cues.framed,
    moire: Math.max(0, cues.moire - FREE.moire),
    warmth: Math.max(0, FREE.warmth - cues.warmth) * 10,
    detail: Math.max(0, FREE.detail - cues.detail),
  }
}

/**
 * Probability of being bona fide, in [0, 1]: a logistic of the terms, so that each cue's part can be read off its
 * weight. The weights come from `bench/fit-fusion.ts`, which names its data.
 */
export function fuse(cues: SpoofCues): number {
  const terms = termsOf(cues)
  let logit: number = FUSION.bias
  for (const name of ['network', 'framed', 'moire', 'warmth', 'detail'] as const) logit += FUSION[name] * terms[name]
  return 1 / (1 + Math.exp(-logit))
}
