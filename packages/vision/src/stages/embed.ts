import { type Picture, type Point, toPlanar } from '../geometry/picture.ts'
import { fitSimilarity, warpSquare } from '../geometry/similarity.ts'
import type { Model } from '../open-models.ts'
import { fivePoints, type Landmarks } from './landmarks.ts'
import { inputNumbers } from './model-numbers.ts'

/** How many views of one frame are described: the face as it is, or also its mirror image, averaged. */
export type Views = 'one' | 'with-mirror'

/**
 * Describes an aligned face as a `Float32Array` of unit norm (length 512 with the default model). With its mirror image
 * it is steadier (docs/benchmarks.md) at twice the cost: templates and probes use it, frame-to-frame checks do not.
 */
export function createEmbedder(model: Model<'embedder'>) {
  const size = model.spec.input[3]
  const numbers = inputNumbers(model.spec)
  const places = model.spec.alignTo.map(([x, y]): Point => ({ x, y }))
  // A mirror image has left and right exchanged: eyes, and corners of the mouth.
  const mirroredPlaces = [1, 0, 2, 4, 3].map((i): Point => {
    const { x, y } = places[i] as Point
    return { x: size - 1 - x, y }
  })
  return async (picture: Picture, points: Landmarks, views: Views): Promise<Float32Array> => {
    const five = fivePoints(points)
    const vector = await describe(warpSquare(picture, fitSimilarity(five, places), size))
    if (views === 'one') return vector
    const mirrored = mirror(warpSquare(picture, fitSimilarity(five, mirroredPlaces), size), size)
    const other = await describe(mirrored)
    return unit(vector.map((each, i) => each + (other[i] as number)))
  }

  async function describe(aligned: Float32Array): Promise<Float32Array> {
    return unit((await model.run(toPlanar(aligned, numbers))).vector)
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
