import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Frame } from '../packages/vision/src/index.ts'
import { splitMjpeg } from '../packages/vision/src/testing/material.ts'

/** What the page uploads (packages/web, capture): the bench sends clips through the same size and quality. */
export const CAPTURE = {
  smallWidth: 320,
  smallHeight: 240,
  smallQuality: 50,
  fullWidth: 640,
  fullHeight: 480,
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

/** The upload the page would have made of this clip: small frames at the clip's rate, full ones spread over it. */
export async function toUpload({ jpegs, fps }: Clip): Promise<Frame[]> {
  const frames: Frame[] = []
  const fullEvery = Math.max(1, jpegs.length / CAPTURE.fullFrames)
  let nextFull = fullEvery / 2
  for (const [i, jpeg] of jpegs.entries()) {
    const atMs = (i * 1000) / fps
    frames.push({
      kind: 'small',
      atMs,
      jpeg: await shrink(jpeg, CAPTURE.smallWidth, CAPTURE.smallHeight, CAPTURE.smallQuality),
    })
    if (i < nextFull) continue
    nextFull += fullEvery
    frames.push({
      kind: 'full',
      atMs: atMs + 1,
      jpeg: await shrink(jpeg, CAPTURE.fullWidth, CAPTURE.fullHeight, CAPTURE.fullQuality),
    })
  }
  return frames
}

async function shrink(jpeg: Uint8Array, width: number, height: number, quality: number): Promise<Uint8Array> {
  return sharp(jpeg).resize(width, height, { fit: 'inside' }).jpeg({ quality }).toBuffer()
}
