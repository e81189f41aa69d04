import type { Action, Frame, ReadRequest } from '../evidence.ts'
import { hugeJpeg } from './material.ts'

/** What is done to the frames of a recording before they are sent. */
const TREATMENTS = ['as-recorded', 'mutated', 'hollow', 'cut-off', 'random-bytes', 'huge', 'out-of-order'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** Of twelve uploads. Most are cheap: what a leak grows by does not depend on how long an upload took. */
const SHARES: Record<Treatment, number> = {
  'as-recorded': 1,
  mutated: 5,
  hollow: 2,
  'cut-off': 1,
  'random-bytes': 1,
  huge: 1,
  'out-of-order': 1,
}

/** Enough to be read, where a full frame or two lie between the small ones as well. */
const FRAMES = 18

/** A number in [0, bound) from a seed: the same uploads in every run (mulberry32). */
export function createDraw(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % bound
  }
}

/** Draws short uploads, honest and hostile, from stretches of these recordings. */
export function createUploadMix(recordings: readonly (readonly Frame[])[], draw: (bound: number) => number) {
  const treatments = TREATMENTS.flatMap((each) => Array.from({ length: SHARES[each] }, () => each))
  return (): { treatment: Treatment; request: ReadRequest } => {
    const treatment = treatments[draw(treatments.length)] as Treatment
    const recording = recordings[draw(recordings.length)] ?? []
    const from = draw(Math.max(1, recording.length - FRAMES))
    const frames = treat(recording.slice(from, from + FRAMES), treatment, draw)
    // Where nothing is asked nothing is missing, and every network looks at the face.
    const actions: Action[] = draw(2) === 0 ? [] : ['blink', 'turn-left']
    return {
      treatment,
      request: { frames, actions, timing: { kind: 'free' }, flash: { kind: 'none' }, purpose: 'check-in' },
    }
  }
}

function treat(frames: readonly Frame[], treatment: Treatment, draw: (bound: number) => number): Frame[] {
  const chosen = draw(frames.length)
  const change = (edit: (jpeg: Uint8Array) => Uint8Array) =>
    frames.map((frame, i) => (i === chosen ? { ...frame, jpeg: edit(frame.jpeg) } : frame))
  switch (treatment) {
    case 'as-recorded':
      return [...frames]
    case 'mutated':
      return frames.map((frame) => ({ ...frame, jpeg: mutate(frame.jpeg, draw) }))
    case 'hollow':
      return change((jpeg) => Uint8Array.from([...jpeg.subarray(0, Math.floor(jpeg.length * 0.6)), 0xff, 0xd9]))
    case 'cut-off':
      return change((jpeg) => jpeg.subarray(0, draw(jpeg.length)))
    case 'random-bytes':
      return change((jpeg) => jpeg.map(() => draw(256)))
    case 'huge':
      return change(() => hugeJpeg())
    case 'out-of-order':
      return frames.map((frame, i) => (i === chosen ? { ...frame, atMs: draw(2) === 0 ? Number.NaN : -1 } : frame))
  }
}

/** One byte changed in half of the frames: some no longer decode, others show something else. */
function mutate(jpeg: Uint8Array, draw: (bound: number) => number): Uint8Array {
  const changed = Uint8Array.from(jpeg)
  if (draw(2) === 0) changed[draw(changed.length)] = draw(256)
  return changed
}
