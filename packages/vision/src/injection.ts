import { createHash } from 'node:crypto'
import type { Frame, InjectionSign, Timing } from './evidence.ts'

/** What the signs are read from. */
export type InjectionInput = { frames: readonly Frame[]; timing: Timing; bodyStill: boolean }

/** Signs that the frames did not come straight from a camera. */
export function readInjection({ frames, timing, bodyStill }: InjectionInput): InjectionSign[] {
  const signs: InjectionSign[] = []
  const small = frames.filter((frame) => frame.kind === 'small')
  if (isLooped(small)) signs.push('repeated-frames')
  if (!timesArePossible(small, timing)) signs.push('impossible-times')
  if (bodyStill) signs.push('software-animated')
  return signs
}

/** A camera never delivers faster than this on average, whatever timers are rounded to. */
const MIN_MEAN_GAP_MS = 14

function timesArePossible(small: readonly Frame[], timing: Timing): boolean {
  const first = small[0]?.atMs ?? 0
  const last = small.at(-1)?.atMs ?? 0
  const gap = (last - first) / Math.max(1, small.length - 1)
  if (small.length > 1 && gap < MIN_MEAN_GAP_MS) return false
  if (timing.kind === 'free') return true
  const shown = timing.prompts.map((prompt) => prompt.shownAtMs)
  return shown.every((at, i) => at <= last && at >= (shown[i - 1] ?? 0))
}

/**
 * Different frames that come again byte for byte in the same order. A camera's noise never repeats, so one would be
 * enough; a freeze of the browser or a camera slower than the capture repeats neighbours, and a clip played to and fro
 * repeats backwards. Two seconds of forward motion can only be a loop.
 */
const LOOPED_FRAMES = 30

/** Whether a stretch of different frames is shown twice. */
export function isLooped(small: readonly Frame[]): boolean {
  const ids = small.map((frame) => createHash('sha1').update(frame.jpeg).digest('hex'))
  for (let lag = LOOPED_FRAMES; lag < ids.length; lag++) {
    let run = new Set<string>()
    for (let i = lag; i < ids.length; i++) {
      const id = ids[i] as string
      if (id === ids[i - lag]) run.add(id)
      else run = new Set()
      if (run.size >= LOOPED_FRAMES) return true
    }
  }
  return false
}
