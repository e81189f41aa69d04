import { readFile } from 'node:fs/promises'
import { CLIP_FPS, splitMjpeg } from './mjpeg.ts'

/** A piece of a clip, in its seconds; each frame is shown `times` times, once if left out. */
export type Piece = readonly [fromSeconds: number, toSeconds: number, times?: number]

/** Cuts a loop out of a recorded clip. */
export async function cutLoop(file: string, pieces: readonly Piece[]): Promise<Buffer[]> {
  const frames = splitMjpeg(await readFile(file))
  return pieces.flatMap(([from, to, times = 1]) =>
    frames
      .slice(Math.round(from * CLIP_FPS), Math.round(to * CLIP_FPS))
      .flatMap((frame) => Array.from({ length: times }, () => frame)),
  )
}
