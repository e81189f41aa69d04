import { BadFrames } from './bad-frames.ts'
import type { Frame } from './evidence.ts'
import { readJpegHeader } from './jpeg-header.ts'

/** What one upload may hold. Anything beyond is refused before a pixel is decoded. */
export const FRAME_LIMITS = {
  /** 20 s at 15 frames a second, and some. */
  maxSmallFrames: 320,
  maxFullFrames: 12,
  /** A blink and a turn cannot be told from fewer. */
  minSmallFrames: 15,
  maxSmallBytes: 40_000,
  maxFullBytes: 250_000,
  maxTotalBytes: 1_600_000,
  maxSmallPixels: 480 * 480,
  maxFullPixels: 1280 * 1280,
  minSide: 160,
  maxDurationMs: 60_000,
} as const

/** Refuses an upload that is not worth decoding: count, order, size in bytes, JPEG header, pixels. @throws BadFrames */
export function checkFrames(frames: readonly Frame[]): void {
  checkCounts(frames)
  let total = 0
  let previous = Number.NEGATIVE_INFINITY
  for (const [i, frame] of frames.entries()) {
    if (!Number.isFinite(frame.atMs) || frame.atMs < 0 || frame.atMs <= previous)
      throw new BadFrames('frames-out-of-order', i)
    previous = frame.atMs
    total += frame.jpeg.byteLength
    checkFrame(frame, i)
    if (total > FRAME_LIMITS.maxTotalBytes) throw new BadFrames('image-too-large', i)
  }
}

function checkCounts(frames: readonly Frame[]): void {
  const small = frames.filter((frame) => frame.kind === 'small').length
  if (small > FRAME_LIMITS.maxSmallFrames || frames.length - small > FRAME_LIMITS.maxFullFrames)
    throw new BadFrames('too-many-frames', null)
  if (small < FRAME_LIMITS.minSmallFrames) throw new BadFrames('too-few-frames', null)
}

function checkFrame(frame: Frame, i: number): void {
  const [maxBytes, maxPixels] =
    frame.kind === 'small'
      ? [FRAME_LIMITS.maxSmallBytes, FRAME_LIMITS.maxSmallPixels]
      : [FRAME_LIMITS.maxFullBytes, FRAME_LIMITS.maxFullPixels]
  const header = readJpegHeader(frame.jpeg)
  if (header.kind === 'not-jpeg') throw new BadFrames('not-an-image', i)
  if (header.kind === 'cut-off') throw new BadFrames('truncated-image', i)
  if (header.width * header.height > maxPixels || frame.jpeg.byteLength > maxBytes)
    throw new BadFrames('image-too-large', i)
  if (Math.min(header.width, header.height) < FRAME_LIMITS.minSide) throw new BadFrames('not-an-image', i)
}
