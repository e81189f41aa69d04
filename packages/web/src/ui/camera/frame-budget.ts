import { FRAMES_PER_SECOND } from './frame-pacing.ts'
import { actionLimitMs, longestRestMs, type Sequence } from './sequence.ts'

/** The first moments of an action are where it happens: their frames may cost more. */
const EARLY_MS = 3_000
const EARLY_WEIGHT = 1.6

export const QUALITY_BEST = 0.55
export const QUALITY_WORST = 0.12
export const QUALITY_FULL = 0.8

/** Bytes of a 320×240 face picture by JPEG quality, as parts of those at 0.55: medians of two webcam clips. */
const SIZE_BY_QUALITY: readonly (readonly [quality: number, size: number])[] = [
  [0.12, 0.42],
  [0.2, 0.56],
  [0.3, 0.71],
  [0.4, 0.83],
  [0.55, 1],
]

/** What has been spent, and what one frame has cost lately. */
export type Spending = {
  limitBytes: number
  spentBytes: number
  /** A small frame's bytes as if made at `QUALITY_BEST`, smoothed. */
  smallBytes: number
  /** A full frame's bytes, smoothed. */
  fullBytes: number
  fullsLeft: number
}

export function startSpending(limitBytes: number, fulls: number): Spending {
  return { limitBytes, spentBytes: 0, smallBytes: 7_000, fullBytes: 40_000, fullsLeft: fulls }
}

/** Books one frame; what it cost is what the next is expected to cost. */
export function spend(spending: Spending, frame: { kind: 'small' | 'full'; bytes: number; quality: number }): Spending {
  const spentBytes = spending.spentBytes + frame.bytes
  if (frame.kind === 'full') {
    const fullBytes = spending.fullBytes + 0.5 * (frame.bytes - spending.fullBytes)
    return { ...spending, spentBytes, fullBytes, fullsLeft: Math.max(0, spending.fullsLeft - 1) }
  }
  const asBest = frame.bytes / relativeSize(frame.quality)
  return { ...spending, spentBytes, smallBytes: spending.smallBytes + 0.2 * (asBest - spending.smallBytes) }
}

/** The JPEG quality of the next small frame, such that the longest sequence still fits the upload. */
export function chooseQuality(spending: Spending, sequence: Sequence, atMs: number): number {
  const left = spending.limitBytes - spending.spentBytes - spending.fullsLeft * spending.fullBytes
  const { early, late, isEarly } = framesLeft(sequence, atMs)
  const perFrame = Math.max(0, left) / Math.max(1, early * EARLY_WEIGHT + late)
  const allowed = isEarly ? perFrame * EARLY_WEIGHT : perFrame
  return qualityFor(allowed / Math.max(1, spending.smallBytes))
}

/** How many frames the longest rest of the sequence has in the first moments of its actions, and how many after them. */
function framesLeft(sequence: Sequence, atMs: number): { early: number; late: number; isEarly: boolean } {
  const { phase, actions } = sequence
  const earlyEachMs = Math.min(EARLY_MS, actionLimitMs(actions.length))
  const index =
    phase.kind === 'action' || phase.kind === 'return'
      ? phase.index
      : phase.kind === 'position' || phase.kind === 'flash'
        ? -1
        : actions.length
  const inActionMs = phase.kind === 'action' ? atMs - phase.shownAtMs : Number.POSITIVE_INFINITY
  const earlyNowMs = Math.max(0, earlyEachMs - inActionMs)
  const earlyMs = earlyNowMs + Math.max(0, actions.length - 1 - index) * earlyEachMs
  const lateMs = Math.max(0, longestRestMs(sequence, atMs) - earlyMs)
  const perMs = FRAMES_PER_SECOND / 1000
  return {
    early: earlyMs * perMs,
    late: lateMs * perMs,
    isEarly: phase.kind === 'position' || phase.kind === 'flash' || earlyNowMs > 0,
  }
}

/** How large a frame of that quality is beside one of `QUALITY_BEST`. */
export function relativeSize(quality: number): number {
  return interpolate(SIZE_BY_QUALITY, quality)
}

/** The best quality whose relative size is at most `size`, within what is worth sending. */
function qualityFor(size: number): number {
  const inverse = SIZE_BY_QUALITY.map(([quality, relative]) => [relative, quality] as const)
  return Math.min(QUALITY_BEST, Math.max(QUALITY_WORST, interpolate(inverse, size)))
}

function interpolate(table: readonly (readonly [number, number])[], x: number): number {
  let below: readonly [number, number] | null = null
  for (const point of table) {
    if (point[0] >= x) {
      if (below === null) return point[1]
      return below[1] + ((x - below[0]) / (point[0] - below[0])) * (point[1] - below[1])
    }
    below = point
  }
  return below === null ? 0 : below[1]
}
