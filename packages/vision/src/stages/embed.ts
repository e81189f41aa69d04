import { type Picture, type Point, toPlanar } from '../geometry/picture.ts'
import { fitSimilarity, warpSquare } from '../geometry/similarity.ts'
import type { Model } from '../open-models.ts'
import { fivePoints, type Landmarks } from './landmarks.ts'
import { inputNumbers, requireOutput } from './model-numbers.ts'

/** Where ArcFace puts eyes, nose and mouth corners in 112 × 112 (insightface, `arcface_dst`). */
const ARCFACE_POINTS: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
]

/** How many views of one frame are described: the face as it is, or also its mirror image, averaged. */
export type Views = 'one' | 'with-mirror'

/** The same places for a mirror image: mirrored, with left and right exchanged. */
const MIRRORED_POINTS = [1, 0, 2, 4, 3].map((i) => {
  const { x, y } = ARCFACE_POINTS[i] as Point
  return { x: 111 - x, y }
})

/**
 * Describes an aligned face as a `Float32Array` of unit norm (length 512 with the default model). With its mirror image
 * it is steadier (docs/benchmarks.md) at twice the cost: templates and probes use it, frame-to-frame checks do not.
 */
export function createEmbedder(model: Model) {
  const size = model.spec.input[3]
  const numbers = inputNumbers(model.spec)
  return async (picture: Picture, points: Landmarks, views: Views): Promise<Float32Array> => {
    const five = fivePoints(points)
    const vector = await describe(warpSquare(picture, fitSimilarity(five, ARCFACE_POINTS), size))
    if (views === 'one') return vector
    const mirrored = mirror(warpSquare(picture, fitSimilarity(five, MIRRORED_POINTS), size), size)
    const other = await describe(mirrored)
    return unit(vector.map((each, i) => each + (other[i] as number)))
  }

  async function describe(aligned: Float32Array): Promise<Float32Array> {
    return unit(requireOutput(model.spec, await model.run(toPlanar(aligned, numbers)), 'output'))
  }
}

function mirror(rgb: Float32Array, size: number): Float32Array {
  const out = new Float32Array(rgb.length)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const from = (y * size + size - 1 - x) * 3
      out.set(rgb.subarray(from, from + 3), (y * size + x) * 3)
    }
  return out
}

/** The vector scaled to unit length. @throws RangeError for a vector without direction */
export function unit(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, each) => sum + each * each, 0))
  if (!(norm > 1e-9)) throw new RangeError('a vector without direction cannot be a face')
  return vector.map((each) => each / norm)
}

/** Cosine similarity of two unit vectors, in [-1, 1]. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
