import type { FrameBundle } from '@app/contract'

/** One JPEG of the sequence, and in which part of it the frame was taken. */
export type CapturedFrame = {
  kind: 'small' | 'full'
  atMs: number
  jpeg: Blob
  part: 'position' | 'flash' | 'action' | 'return'
}

export type FrameMeta = Omit<CapturedFrame, 'jpeg'> & { bytes: number }

/** Of the time before the first instruction only this much is sent. */
export const POSITION_KEPT_MS = 1_600
/** The server reads no more small frames than this and a few. */
const SMALL_FRAMES_MAX = 310
/** Fewer full frames than this would leave the match without a choice. */
const FULLS_KEPT = 5

/**
 * Which frames go up: in order of time, no two at the same time, at most `limitBytes` and as many as the server reads.
 * What is given up first is the wait before the first instruction, then moments between two actions, then full frames
 * beyond the fifth; frames of an action or of a colour only when nothing else is left, and then evenly.
 */
export function selectFrames<Frame extends FrameMeta>(frames: readonly Frame[], limitBytes: number): Frame[] {
  let kept = inOrder(frames)
  kept = withoutEarlyWait(kept)
  const steps: ((frames: Frame[]) => Frame[])[] = [
    (some) => everySecond(some, (frame) => frame.kind === 'small' && frame.part === 'return'),
    (some) => everySecond(some, (frame) => frame.kind === 'small' && frame.part === 'position'),
    (some) => withoutExtraFulls(some),
    (some) => everySecond(some, (frame) => frame.kind === 'small' && !isEvidence(frame)),
    (some) => some.filter((frame) => frame.kind === 'full' || isEvidence(frame)),
  ]
  for (const step of steps) {
    if (fits(kept, limitBytes)) return kept
    kept = step(kept)
  }
  return thinnedEvenly(kept, limitBytes)
}

/** What goes into the form: the bundle's text and the JPEGs back to back, in the same order. */
export function packFrames(
  frames: readonly CapturedFrame[],
  rest: { prompts: FrameBundle['prompts']; flash: FrameBundle['flash']; cameraLabel: string; limitBytes: number },
): { bundle: FrameBundle; file: Blob } {
  const selected = selectFrames(
    frames.map((frame) => ({ ...frame, bytes: frame.jpeg.size })),
    rest.limitBytes,
  )
  return {
    bundle: {
      frames: selected.map(({ kind, atMs, bytes }) => ({ kind, atMs, bytes })),
      prompts: rest.prompts.map(({ action, shownAtMs }) => ({ action, shownAtMs: tenths(shownAtMs) })),
      flash: rest.flash && {
        shownAtMs: rest.flash.shownAtMs.map(tenths),
        endedAtMs: tenths(rest.flash.endedAtMs),
      },
      cameraLabel: rest.cameraLabel.slice(0, 200),
    },
    file: new Blob(
      selected.map((frame) => frame.jpeg),
      { type: 'application/octet-stream' },
    ),
  }
}

/** What the server looks at for an action or a colour. */
const isEvidence = ({ part }: FrameMeta) => part === 'action' || part === 'flash'

/** Times are told to a tenth of a millisecond: browsers round further anyway. */
const tenths = (ms: number) => Math.round(Math.max(0, ms) * 10) / 10

function inOrder<Frame extends FrameMeta>(frames: readonly Frame[]): Frame[] {
  const sorted = frames
    .filter((frame) => frame.bytes > 0)
    .map((frame) => ({ ...frame, atMs: tenths(frame.atMs) }))
    .sort((a, b) => a.atMs - b.atMs)
  return sorted.filter((frame, i) => frame.atMs !== sorted[i - 1]?.atMs)
}

function withoutEarlyWait<Frame extends FrameMeta>(frames: Frame[]): Frame[] {
  const endMs = frames.reduce((last, frame) => (frame.part === 'position' ? Math.max(last, frame.atMs) : last), 0)
  return frames.filter((frame) => frame.part !== 'position' || frame.atMs >= endMs - POSITION_KEPT_MS)
}

function everySecond<Frame extends FrameMeta>(frames: Frame[], isGivenUp: (frame: Frame) => boolean): Frame[] {
  let count = 0
  return frames.filter((frame) => !isGivenUp(frame) || count++ % 2 === 0)
}

function withoutExtraFulls<Frame extends FrameMeta>(frames: Frame[]): Frame[] {
  let fulls = 0
  return frames.filter((frame) => frame.kind === 'small' || fulls++ < FULLS_KEPT)
}

function thinnedEvenly<Frame extends FrameMeta>(frames: Frame[], limitBytes: number): Frame[] {
  if (fits(frames, limitBytes)) return frames
  const excess = Math.max(1, bytesOf(frames) / limitBytes)
  let kept: Frame[] = []
  // One frame more is given up each round until the rest fits: the steps are small enough for the gaps to stay even.
  for (let count = Math.floor(frames.length / excess); count > 0; count--) {
    const step = frames.length / count
    kept = Array.from({ length: count }, (_, i) => frames[Math.floor(i * step)]).filter((frame) => frame !== undefined)
    if (fits(kept, limitBytes)) return kept
  }
  return []
}

const fits = (frames: readonly FrameMeta[], limitBytes: number) =>
  bytesOf(frames) <= limitBytes && frames.filter((frame) => frame.kind === 'small').length <= SMALL_FRAMES_MAX
const bytesOf = (frames: readonly FrameMeta[]) => frames.reduce((sum, frame) => sum + frame.bytes, 0)
