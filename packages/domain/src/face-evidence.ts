import type { Action } from './challenge.ts'

/** Why the frames cannot be judged at all; each has a sentence that tells the student what to do. */
export type QualityReason =
  | 'no-face'
  | 'several-faces'
  | 'too-dark'
  | 'too-bright'
  | 'blurred'
  | 'too-far'
  | 'too-near'
  | 'turned-away'
  | 'covered'

/** Whether an asked action was seen in the pixels, in its order and time. */
export type ActionEvidence = { action: Action; seen: boolean }

/** The parallax check; `not-measured` when the head never turned far enough to measure it. */
export type SolidHead = { kind: 'measured'; residual: number; yawSpanDegrees: number } | { kind: 'not-measured' }

/** How the face answered the colours of the screen; `unseen` where the room's light hides any answer. */
export type FlashEvidence =
  | { kind: 'not-asked' }
  | { kind: 'unseen' }
  /** Correlation with the colours shown, in [-1, 1], and whether each step was most like its own colour. */
  | { kind: 'seen'; agreement: number; inOrder: boolean }

/** A sign that frames did not come straight from a camera pointed at this moment. */
export type InjectionSign =
  | 'repeated-frames'
  | 'impossible-times'
  | 'seen-before'
  | 'virtual-camera'
  | 'software-animated'

/** How bright the face was; counted beside refusals, so that it is seen whom the light shuts out. */
export type Light = 'dim' | 'normal' | 'bright'

/** What the server read from the pixels of one upload. It holds numbers about a face: never send it to a client or a log. */
export type FaceEvidence =
  | { kind: 'unusable'; because: QualityReason; light: Light }
  /** An asked action was not seen, so that the face was not looked at any closer. */
  | { kind: 'unfinished'; missing: Action; light: Light; injection: InjectionSign[]; frameHashes: string[] }
  | {
      kind: 'face'
      light: Light
      actions: ActionEvidence[]
      /** Lowest cosine similarity of any sampled frame to the first good one, in [-1, 1]. */
      sameFace: number
      /** Calibrated probability that the face is bona fide, in [0, 1]; fused over frames, crops and cues. */
      genuine: number
      solidHead: SolidHead
      flash: FlashEvidence
      injection: InjectionSign[]
      /** Mean embedding of the good frames: length 512, unit norm. */
      probe: Float32Array
      /** Number of good frames in `probe`. */
      goodFrames: number
      /** Lowest pairwise cosine similarity among the good frames. */
      agreement: number
      /** Name and version of the embedder; only templates of the same model can be compared. */
      model: string
      /** Perceptual hashes of sampled frames, 32 lower-case hex digits each; remembered for a day to see a replay. */
      frameHashes: string[]
    }

/** Cosine similarity of two unit vectors of the same length, in [-1, 1]. */
export function cosine(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError('vectors of different length cannot be compared')
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

/** One enrolled face of a search, and how alike it is. */
export type NearestFace = { index: number; similarity: number }

/**
 * The most alike of many templates. `gallery` holds them end to end, each as long as `probe` and of unit norm; an empty
 * gallery has none. One multiply-add a number: 1,000 templates of 512 take under a millisecond, 100,000 some tens.
 */
export function findNearestFace(gallery: Float32Array, probe: Float32Array): NearestFace | null {
  const size = probe.length
  if (size === 0 || gallery.length % size !== 0) throw new RangeError('the gallery must hold whole templates')
  let best: NearestFace | null = null
  for (let start = 0, index = 0; start < gallery.length; start += size, index++) {
    // Four sums at once: a single one would wait for each addition before the next.
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let i = 0; i + 3 < size; i += 4) {
      a += (gallery[start + i] as number) * (probe[i] as number)
      b += (gallery[start + i + 1] as number) * (probe[i + 1] as number)
      c += (gallery[start + i + 2] as number) * (probe[i + 2] as number)
      d += (gallery[start + i + 3] as number) * (probe[i + 3] as number)
    }
    for (let i = size - (size % 4); i < size; i++) a += (gallery[start + i] as number) * (probe[i] as number)
    const similarity = a + b + c + d
    if (best === null || similarity > best.similarity) best = { index, similarity }
  }
  return best
}
