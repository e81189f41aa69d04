import type { Action, Frame, Timing } from './evidence.ts'

/** Which small frames are read, by index in the upload, and in which of them the eyes are read too. */
export type Chosen = { index: number; readEyes: boolean }

/**
 * At 15 a second, every third frame and every second one. A turn, nod or smile takes half a second or more: five frames
 * a second show its course, and where they do not, seven may.
 */
const GAP_MS = { sparse: 170, dense: 110 } as const

/** A blink asked for at a known time lies between its own instruction and a little after the next. */
const BEFORE_PROMPT_MS = 900
const AFTER_NEXT_MS = 1200

/** Two frames to either side at 15 a second. */
const BESIDE_MS = 140

/**
 * The small frames that are read in any case: every third, and every second where an asked blink may lie. Those between
 * are kept for a blink, which may last a single frame (`blinkFrames`), and for what was not seen without them (`dense`).
 * What is not read counts for nothing.
 */
export function chooseFrames(
  frames: readonly Frame[],
  actions: readonly Action[],
  timing: Timing,
  pace: keyof typeof GAP_MS,
): Chosen[] {
  const windows = blinkWindows(actions, timing)
  const chosen: Chosen[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  for (const [index, { kind, atMs }] of frames.entries()) {
    const readEyes = isWithin(windows, atMs)
    if (kind !== 'small' || atMs - lastMs < GAP_MS[readEyes ? 'dense' : pace]) continue
    chosen.push({ index, readEyes })
    lastMs = atMs
  }
  return chosen
}

/** Every small frame in which an asked blink may lie. */
export function blinkFrames(frames: readonly Frame[], actions: readonly Action[], timing: Timing): Chosen[] {
  const windows = blinkWindows(actions, timing)
  return frames.flatMap(({ kind, atMs }, index) =>
    kind === 'small' && isWithin(windows, atMs) ? [{ index, readEyes: true }] : [],
  )
}

/** Every small frame this close to one of these times: a head that turns is read most closely where it has turned most. */
export function framesBeside(frames: readonly Frame[], timesMs: readonly number[]): Chosen[] {
  return frames.flatMap(({ kind, atMs }, index) =>
    kind === 'small' && timesMs.some((time) => Math.abs(time - atMs) <= BESIDE_MS) ? [{ index, readEyes: false }] : [],
  )
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
