import type { HeadShape } from '../geometry/head-shape.ts'
import type { Point, Rect } from '../geometry/picture.ts'

/** What one small frame shows of the head. */
export type Moment = {
  /** Index of the frame in the upload. */
  frame: number
  atMs: number
  box: Rect
  points: readonly Point[]
  shape: HeadShape
  /** Probability of being closed, each eye, in [0, 1]; alone it proves nothing. `null` where nobody asked for a blink. */
  eyesClosed: { left: number; right: number } | null
}

/** This person's own resting face in this upload: what every action is measured against. */
export type Neutral = {
  noseAcross: number
  noseDown: number
  cheekSkew: number
  eyeOpen: number
  eyesClosed: number
  mouthGap: number
  mouthWidth: number
  mouthLift: number
  chinDown: number
}

/** Width of the window that holds a resting head, in eye distances of nose travel: about ± 4°. */
const RESTING_SPREAD = 0.08

/**
 * The resting face: the densest cluster of head directions near frontal, and the median of everything over it.
 * Eyes are taken from the more open half, so that neither a blink nor a squint at rest becomes "open".
 */
export function neutralOf(moments: readonly Moment[]): Neutral {
  const resting = restingMoments(moments)
  const of = (read: (moment: Moment) => number) => median(resting.map(read))
  const openness = resting.map(eyeOpenness)
  const open = quantile(openness, 0.75)
  return {
    noseAcross: of((m) => m.shape.noseAcross),
    noseDown: of((m) => m.shape.noseDown),
    cheekSkew: of((m) => m.shape.cheekSkew),
    eyeOpen: open,
    eyesClosed: median(resting.filter((m) => eyeOpenness(m) >= 0.9 * open).flatMap((m) => eyesShut(m) ?? [])),
    mouthGap: of((m) => m.shape.mouthGap),
    mouthWidth: of((m) => m.shape.mouthWidth),
    mouthLift: of((m) => m.shape.mouthLift),
    chinDown: of((m) => m.shape.chinDown),
  }
}

/** The moments in which the head rests, nearest to frontal where several directions were held equally long. */
export function restingMoments(moments: readonly Moment[]): readonly Moment[] {
  const sorted = moments.toSorted((a, b) => a.shape.noseAcross - b.shape.noseAcross)
  let best: Moment[] = []
  let bestScore = Number.NEGATIVE_INFINITY
  for (const [first, moment] of sorted.entries()) {
    const from = moment.shape.noseAcross
    const inside = sorted.slice(first).filter((each) => each.shape.noseAcross <= from + RESTING_SPREAD)
    // A pose held at 20° must not outvote a shorter frontal rest: distance from frontal costs.
    const score = inside.length * Math.exp(-(((from + RESTING_SPREAD / 2) / 0.12) ** 2))
    if (score > bestScore) {
      bestScore = score
      best = inside
    }
  }
  return best
}

/** Mean eye-aspect ratio of both eyes. */
export function eyeOpenness(moment: Moment): number {
  return (moment.shape.eyeOpen.left + moment.shape.eyeOpen.right) / 2
}

/** Mean closed-probability of both eyes, `null` where they were not read. */
export function eyesShut({ eyesClosed }: Moment): number | null {
  return eyesClosed && (eyesClosed.left + eyesClosed.right) / 2
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The `share` quantile (0 to 1) by nearest rank; `NaN` of nothing. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** `count` of the items, spread evenly over the whole. */
export function sampleEvenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  if (count < 2) return items.slice(0, Math.max(0, count))
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))] as T)
}
