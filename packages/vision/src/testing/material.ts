import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import type { Frame } from '../evidence.ts'

const root = path.resolve(import.meta.dirname, '..', '..', '..', '..')

/** Where `npm start` and `npm test` put the models. */
export const MODELS_DIR = path.join(root, '.models')

/** Research material beside the checkout; absent from a public clone. */
const SHARED_DATA = path.resolve(root, '..', 'shared', 'data')
export const hasSharedData = existsSync(path.join(SHARED_DATA, 'clips.csv'))

/** One of the six photos that `@vladmandic/face-api` ships (MIT): each shows people, most of them several. */
export function samplePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return path.join(root, 'node_modules', '@vladmandic', 'face-api', 'demo', `sample${number}.jpg`)
}

/** A clip of the shared material as the page would upload it, frame by frame at 15 a second. */
export async function clipUpload(
  name: string,
  change: { size?: [number, number]; quality?: number } = {},
): Promise<Frame[]> {
  const jpegs = splitMjpeg(await readFile(path.join(SHARED_DATA, name)))
  const [width, height] = change.size ?? [320, 240]
  const frames: Frame[] = []
  for (const [i, jpeg] of jpegs.entries()) {
    const small = await sharp(jpeg)
      .resize(width, height)
      .jpeg({ quality: change.quality ?? 50 })
      .toBuffer()
    frames.push({ kind: 'small', atMs: i * 66.7, jpeg: small })
    if (i % 24 === 12)
      frames.push({ kind: 'full', atMs: i * 66.7 + 1, jpeg: await sharp(jpeg).jpeg({ quality: 80 }).toBuffer() })
  }
  return frames
}

/** The same picture again and again: a still held before the camera, with the noise that re-encoding leaves out. */
export async function stillUpload(picture: Uint8Array | string, frames = 30): Promise<Frame[]> {
  const small = await sharp(picture)
    .resize(320, 240, { fit: 'cover', position: 'top' })
    .jpeg({ quality: 60 })
    .toBuffer()
  return Array.from({ length: frames }, (_, i) => ({ kind: 'small', atMs: i * 66.7, jpeg: small }))
}

/** One person of a sample photo, swaying by a few pixels: a recording with a face wherever the sources are. */
export async function portraitRecording(frames: number): Promise<Frame[]> {
  return Promise.all(
    Array.from({ length: frames }, async (_, i): Promise<Frame> => {
      const crop = sharp(samplePhoto(6)).extract({
        left: 533 + Math.round(4 * Math.sin(i / 3)),
        top: 235,
        width: 480,
        height: 360,
      })
      return { kind: 'small', atMs: i * 66.7, jpeg: await crop.resize(320, 240).jpeg({ quality: 60 }).toBuffer() }
    }),
  )
}

/** Frames of one colour, or of noise. */
export async function plainUpload(paint: 'black' | 'white' | 'noise', frames = 20): Promise<Frame[]> {
  const noise = (level: number) => ({ type: 'gaussian' as const, mean: 128, sigma: level })
  const background = paint === 'white' ? '#fff' : '#000'
  const create = { width: 320, height: 240, channels: 3 as const, background }
  const jpeg = await sharp({ create: paint === 'noise' ? { ...create, noise: noise(60) } : create })
    .jpeg({ quality: 60 })
    .toBuffer()
  return Array.from({ length: frames }, (_, i) => ({ kind: 'small', atMs: i * 66.7, jpeg }))
}

/** A JPEG that claims 10,000 × 10,000 pixels in a few hundred bytes. */
export function hugeJpeg(): Uint8Array {
  const header = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0x27, 0x10, 0x27, 0x10, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]
  return Uint8Array.from([
    ...header,
    0xff,
    0xda,
    0,
    12,
    3,
    1,
    0,
    2,
    0x11,
    3,
    0x11,
    0,
    63,
    0,
    ...Array(200).fill(0),
    0xff,
    0xd9,
  ])
}

/** Splits at the start and end markers; entropy-coded data never contains either unescaped. */
export function splitMjpeg(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = []
  let start = -1
  for (let i = 0; i + 1 < bytes.length; i++) {
    if (bytes[i] !== 0xff) continue
    if (bytes[i + 1] === 0xd8 && start < 0) start = i
    else if (bytes[i + 1] === 0xd9 && start >= 0) {
      frames.push(bytes.subarray(start, i + 2))
      start = -1
    }
  }
  return frames
}
