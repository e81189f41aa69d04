import { type Picture, type Point, toPlanar } from '../geometry/picture.ts'
import { fitSimilarity, warpSquare } from '../geometry/similarity.ts'
import type { Model } from '../open-models.ts'
import { fivePoints, type Landmarks } from './landmarks.ts'
import { inputNumbers } from './model-numbers.ts'

/**
 * Which views of one frame are described: the face as it is, or also its mirror image, averaged; or the face with mouth
 * and chin painted over, to see how much of the description came from there.
 */
export type Views = 'one' | 'with-mirror' | 'without-mouth'

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
    const aligned = warpSquare(picture, fitSimilarity(five, places), size)
    if (views === 'without-mouth') return describe(blankMouth(aligned, places, size))
    const vector = await describe(aligned)
    if (views === 'one') return vector
    const mirrored = mirror(warpSquare(picture, fitSimilarity(five, mirroredPlaces), size), size)
    const other = await describe(mirrored)
    return unit(vector.map((each, i) => each + (other[i] as number)))
  }

  async function describe(aligned: Float32Array): Promise<Float32Array> {
    return unit((await model.run(toPlanar(aligned, numbers))).vector)
  }
}

/** Paints the middle colour of the face over everything between the cheeks from below the nose down. */
function blankMouth(rgb: Float32Array, places: readonly Point[], size: number): Float32Array {
  const [, , nose, left, right] = places as [Point, Point, Point, Point, Point]
  const top = Math.round(nose.y + 0.11 * (left.y - nose.y))
  const margin = 0.47 * (right.x - left.x)
  const from = Math.max(0, Math.round(left.x - margin))
  const to = Math.min(size, Math.round(right.x + margin))
  const colour = middleColour(rgb, size)
  const out = Float32Array.from(rgb)
  for (let y = top; y < size; y++) for (let x = from; x < to; x++) out.set(colour, (y * size + x) * 3)
  return out
}

function middleColour(rgb: Float32Array, size: number): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  const [from, to] = [Math.round(0.22 * size), Math.round(0.77 * size)]
  for (let y = from; y < to; y++)
    for (let x = from; x < to; x++) for (const c of [0, 1, 2] as const) sum[c] += rgb[(y * size + x) * 3 + c] as number
  return [sum[0] / (to - from) ** 2, sum[1] / (to - from) ** 2, sum[2] / (to - from) ** 2]
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
