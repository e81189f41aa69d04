import type { Action, Frame, Timing } from './evidence.ts'

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
 * Small frames so far apart, by index in the upload. The sparse ones are read in any case; those between are kept for what
 * was not seen without them. What is not read counts for nothing.
 */
export function chooseFrames(frames: readonly Frame[], pace: keyof typeof GAP_MS): number[] {
  const chosen: number[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  for (const [index, { kind, atMs }] of frames.entries()) {
    if (kind !== 'small' || atMs - lastMs < GAP_MS[pace]) continue
    chosen.push(index)
    lastMs = atMs
  }
  return chosen
}

/** Every small frame in which an asked blink may lie, by index in the upload: one may last a single frame. */
export function blinkFrames(frames: readonly Frame[], actions: readonly Action[], timing: Timing): number[] {
  const windows = blinkWindows(actions, timing)
  return smallFrames(frames, (atMs) => windows.some(([from, to]) => atMs >= from && atMs <= to))
}

/** Every small frame this close to one of these times: a head that turns is read most closely where it has turned most. */
export function framesBeside(frames: readonly Frame[], timesMs: readonly number[]): number[] {
  return smallFrames(frames, (atMs) => timesMs.some((time) => Math.abs(time - atMs) <= BESIDE_MS))
}

function smallFrames(frames: readonly Frame[], isAsked: (atMs: number) => boolean): number[] {
  return frames.flatMap(({ kind, atMs }, index) => (kind === 'small' && isAsked(atMs) ? [index] : []))
}

type Window = readonly [number, number]

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
