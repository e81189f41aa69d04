import type { Action, Frame, Timing } from './evidence.ts'

/** Which small frames are read, by index in the upload, and in which of them the eyes are read too. */
export type Chosen = { index: number; readEyes: boolean }

/** A turn, nod or smile takes half a second or more: seven frames a second show its course. */
const COARSE_GAP_MS = 110

/** A blink asked for at a known time lies between its own instruction and a little after the next. */
const BEFORE_PROMPT_MS = 900
const AFTER_NEXT_MS = 1200

/**
 * The small frames that are read in any case: at 15 a second, every second one. Those between are kept for the blink,
 * which may last a single frame (`blinkFrames`). What is not read counts for nothing.
 */
export function chooseFrames(frames: readonly Frame[], actions: readonly Action[], timing: Timing): Chosen[] {
  const windows = blinkWindows(actions, timing)
  const chosen: Chosen[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  for (const [index, frame] of frames.entries()) {
    if (frame.kind !== 'small' || frame.atMs - lastMs < COARSE_GAP_MS) continue
    chosen.push({ index, readEyes: isWithin(windows, frame.atMs) })
    lastMs = frame.atMs
  }
  return chosen
}

/** Every small frame in which an asked blink may lie, by index in the upload. */
export function blinkFrames(frames: readonly Frame[], actions: readonly Action[], timing: Timing): number[] {
  const windows = blinkWindows(actions, timing)
  return frames.flatMap((frame, i) => (frame.kind === 'small' && isWithin(windows, frame.atMs) ? [i] : []))
}

type Window = readonly [number, number]

function isWithin(windows: readonly Window[], atMs: number): boolean {
  return windows.some(([from, to]) => atMs >= from && atMs <= to)
}

function blinkWindows(actions: readonly Action[], timing: Timing): Window[] {
  const everything: Window = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return actions.flatMap((action, i) => {
    if (action !== 'blink') return []
    if (timing.kind === 'free') return [everything]
    const from = timing.prompts[i]?.shownAtMs ?? Number.NEGATIVE_INFINITY
    const next = timing.prompts[i + 1]?.shownAtMs ?? Number.POSITIVE_INFINITY
    return [[from - BEFORE_PROMPT_MS, next + AFTER_NEXT_MS] as const]
  })
}
