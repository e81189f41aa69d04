import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { FRAME_LIMITS } from '../packages/vision/src/frame-limits.ts'
import type { Frame } from '../packages/vision/src/index.ts'
import { splitMjpeg } from '../packages/vision/src/testing/material.ts'

/** What the page uploads (packages/web, capture): the bench sends clips through the same size and quality. */
export const CAPTURE = {
  framesPerSecond: 15,
  smallFrames: 310,
  /** Pixels of the longer side. */
  smallSide: 320,
  /** The first with which the whole upload fits; the page finds its own between them, frame by frame. */
  smallQualities: [50, 35, 25, 15],
  fullSide: 640,
  fullQuality: 80,
  fullFrames: 7,
} as const

/** A clip's JPEG frames and rate. */
export type Clip = { jpegs: Uint8Array[]; fps: number }

/** Reads an `.mjpeg` (JPEG frames back to back) and the `.json` beside it. */
export async function readClip(file: string): Promise<Clip> {
  const jpegs = splitMjpeg(await readFile(file))
  const meta: unknown = JSON.parse(await readFile(`${file}.json`, 'utf8').catch(() => '{}'))
  const fps = typeof meta === 'object' && meta !== null && 'fps' in meta && typeof meta.fps === 'number' ? meta.fps : 15
  return { jpegs, fps }
}

/**
 * The upload the page would have made of this clip: small frames at 15 a second at most and no longer than a challenge,
 * full ones spread over them.
 */
export async function toUpload(clip: Clip): Promise<Frame[]> {
  const taken = takenBy(clip)
  const full = await fullFrames(taken)
  for (const quality of CAPTURE.smallQualities) {
    const frames = [...full, ...(await smallFrames(taken, quality))].sort((a, b) => a.atMs - b.atMs)
    const bytes = frames.reduce((sum, { jpeg }) => sum + jpeg.length, 0)
    if (bytes <= FRAME_LIMITS.maxTotalBytes) return frames
  }
  throw new Error('the clip does not fit into an upload at any quality')
}

type Taken = { jpeg: Uint8Array; atMs: number }

/** The frames of the camera that a page takes. */
function takenBy({ jpegs, fps }: Clip): Taken[] {
  const step = Math.max(1, fps / CAPTURE.framesPerSecond)
  const isTaken = (i: number) => Math.floor(i / step) > Math.floor((i - 1) / step)
  const taken = jpegs.flatMap((jpeg, i) => (isTaken(i) ? [{ jpeg, atMs: (i * 1000) / fps }] : []))
  return taken.slice(0, CAPTURE.smallFrames)
}

async function smallFrames(taken: readonly Taken[], quality: number): Promise<Frame[]> {
  const frames: Frame[] = []
  for (const { jpeg, atMs } of taken)
    frames.push({ kind: 'small', atMs, jpeg: await shrink(jpeg, CAPTURE.smallSide, quality) })
  return frames
}

async function fullFrames(taken: readonly Taken[]): Promise<Frame[]> {
  const frames: Frame[] = []
  const every = Math.max(1, taken.length / CAPTURE.fullFrames)
  for (let next = every / 2; next <= taken.length - 1; next += every) {
    const { jpeg, atMs } = taken[Math.ceil(next)] as Taken
    frames.push({ kind: 'full', atMs: atMs + 1, jpeg: await shrink(jpeg, CAPTURE.fullSide, CAPTURE.fullQuality) })
  }
  return frames
}

/** One frame whose longer side has so many pixels. */
export async function shrink(jpeg: Uint8Array | Sharp, side: number, quality: number): Promise<Uint8Array> {
  const picture = jpeg instanceof Uint8Array ? sharp(jpeg) : jpeg
  return picture.resize(side, side, { fit: 'inside' }).jpeg({ quality }).toBuffer()
}
