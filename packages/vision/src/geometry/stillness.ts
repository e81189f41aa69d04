import type { Grey } from './picture.ts'

/** Luma step a pixel needs to show movement; below it lie JPEG blocks and plain cloth. */
const MIN_GRADIENT = 5

/** Edge pixels a region needs before it can be said to stand still. */
const MIN_EDGES = 100

/**
 * How far the edges in a region moved over the pictures of it, in pixels: temporal deviation of each edge pixel over its
 * gradient (a first-order optical flow magnitude), 80th percentile over time, median over the pixels. `null` when the
 * region shows too few edges to tell.
 */
export function edgeTravel(greys: readonly Grey[]): number | null {
  const [first] = greys
  if (!first || greys.length < 6) return null
  const smooth = greys.map(blur)
  const mean = meanOf(smooth)
  const { width, height } = first
  const travels: number[] = []
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const gradient = Math.hypot(at(mean, i + 1) - at(mean, i - 1), at(mean, i + width) - at(mean, i - width)) / 2
      if (gradient >= MIN_GRADIENT) travels.push(deviation(smooth.map((luma) => at(luma, i))) / gradient)
    }
  if (travels.length < MIN_EDGES) return null
  travels.sort((a, b) => a - b)
  return travels[travels.length >> 1] as number
}

function at(luma: Float32Array, i: number): number {
  return luma[i] as number
}

/** 80th percentile of the distance from the median. */
function deviation(values: number[]): number {
  values.sort((a, b) => a - b)
  const middle = values[values.length >> 1] as number
  const distances = values.map((each) => Math.abs(each - middle)).sort((a, b) => a - b)
  return distances[Math.floor(0.8 * (distances.length - 1))] as number
}

function meanOf(all: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(all[0]?.length ?? 0)
  for (const luma of all) for (let i = 0; i < mean.length; i++) mean[i] = at(mean, i) + at(luma, i) / all.length
  return mean
}

/** 3 × 3 binomial blur, twice: takes JPEG noise down to about a grey level. */
function blur({ luma, width, height }: Grey): Float32Array {
  return pass(pass(luma, width, height), width, height)
}

function pass(luma: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(luma)
  for (let i = 1; i < luma.length - 1; i++) rows[i] = (at(luma, i - 1) + 2 * at(luma, i) + at(luma, i + 1)) / 4
  const out = new Float32Array(rows)
  for (let i = width; i < width * (height - 1); i++)
    out[i] = (at(rows, i - width) + 2 * at(rows, i) + at(rows, i + width)) / 4
  return out
}
