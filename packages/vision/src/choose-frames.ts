import type { Action, Frame, Timing } from './evidence.ts'

/** Which small frames are read, by index in the upload, and in which of them the eyes are read too. */
export type Chosen = { index: number; readEyes: boolean }

/** A turn, nod or smile takes half a second or more: seven frames a second show its course. */
const COARSE_GAP_MS = 110

/** A blink asked for at a known time lies between its own instruction and a little after the next. */
const BEFORE_PROMPT_MS = 900
const AFTER_NEXT_MS = 1200

/**
 * Chooses the small frames that are worth decoding: every frame where a blink may lie, since it lasts one or two of
 * them, and every second one elsewhere. What is not chosen counts for nothing.
 */
export function chooseFrames(frames: readonly Frame[], actions: readonly Action[], timing: Timing): Chosen[] {
  const windows = blinkWindows(actions, timing)
  const chosen: Chosen[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  for (const [index, frame] of frames.entries()) {
    if (frame.kind !== 'small') continue
    const readEyes = windows.some(([from, to]) => frame.atMs >= from && frame.atMs <= to)
    if (!readEyes && frame.atMs - lastMs < COARSE_GAP_MS) continue
    chosen.push({ index, readEyes })
    lastMs = frame.atMs
  }
  return chosen
}

function blinkWindows(actions: readonly Action[], timing: Timing): [number, number][] {
  const everything: [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return actions.flatMap((action, i) => {
    if (action !== 'blink') return []
    if (timing.kind === 'free') return [everything]
    const from = timing.prompts[i]?.shownAtMs ?? Number.NEGATIVE_INFINITY
    const next = timing.prompts[i + 1]?.shownAtMs ?? Number.POSITIVE_INFINITY
    return [[from - BEFORE_PROMPT_MS, next + AFTER_NEXT_MS] as [number, number]]
  })
}
