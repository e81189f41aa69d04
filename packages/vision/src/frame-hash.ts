import { sampleEvenly } from './actions/moments.ts'
import type { Frame } from './evidence.ts'
import type { Course } from './follow-head.ts'
import type { Picture } from './geometry/picture.ts'
import { createLumaDecoder, type Luma } from './stages/decode.ts'

/** Frames hashed for the server to remember: every small one of a challenge of sixteen seconds. */
export const HASHED_FRAMES = 240

/**
 * What is needed to recognise the frames when they are sent again. Those that nothing else was read from are hashed as
 * well: whoever leaves out the first frame would otherwise show us all the others. @throws BadFrames
 */
export async function hashFrames(frames: readonly Frame[], course: Course): Promise<string[]> {
  const read = new Map(course.pictures.map(({ frame, picture }) => [frame, picture]))
  const small = frames.flatMap((frame, i) => (frame.kind === 'small' ? [{ frame, i }] : []))
  const decodeLuma = createLumaDecoder()
  const hashes: string[] = []
  for (const { frame, i } of sampleEvenly(small, HASHED_FRAMES))
    hashes.push(differenceHash(read.get(i) ?? (await decodeLuma(frame.jpeg, i))))
  return hashes
}

/** Samples along each side; they fall evenly into both grids. */
const FINE = 144

/** The cell of each sample along a side that is cut into eight, and into nine. */
const EIGHTHS = cellsOf(8)
const NINTHS = cellsOf(9)

/** 128 bits of the whole picture, 32 hex digits: each cell of a coarse grid against its right and its lower neighbour. */
export function differenceHash(picture: Picture | Luma): string {
  const across = new Float32Array(9 * 8)
  const down = new Float32Array(8 * 9)
  const samples = 'rgb' in picture ? sampleColour(picture) : sampleLuma(picture)
  for (let y = 0, i = 0; y < FINE; y++) {
    const acrossRow = 9 * (EIGHTHS[y] as number)
    const downRow = 8 * (NINTHS[y] as number)
    for (let x = 0; x < FINE; x++, i++) {
      const luma = samples[i] as number
      add(across, acrossRow + (NINTHS[x] as number), luma)
      add(down, downRow + (EIGHTHS[x] as number), luma)
    }
  }
  let bits = ''
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) bits += brighter(across, y * 9 + x, 1)
  for (let i = 0; i < 64; i++) bits += brighter(down, i, 8)
  return BigInt(`0b${bits}`).toString(16).padStart(32, '0')
}

function cellsOf(cells: number): Uint8Array {
  return Uint8Array.from({ length: FINE }, (_, i) => Math.floor((i * cells) / FINE))
}

/** The pixel that each of `FINE` samples along a side of `size` pixels falls on. */
const placesOf = (size: number) => Int32Array.from({ length: FINE }, (_, i) => Math.floor(((i + 0.5) * size) / FINE))

function sampleColour({ rgb, width, height }: Picture): Float32Array {
  const samples = new Float32Array(FINE * FINE)
  const columns = placesOf(width)
  let to = 0
  for (const row of placesOf(height))
    for (let x = 0; x < FINE; x++) {
      const i = 3 * (row * width + (columns[x] as number))
      samples[to++] = 0.299 * (rgb[i] as number) + 0.587 * (rgb[i + 1] as number) + 0.114 * (rgb[i + 2] as number)
    }
  return samples
}

function sampleLuma({ luma, width, height }: Luma): Float32Array {
  const samples = new Float32Array(FINE * FINE)
  const columns = placesOf(width)
  let to = 0
  for (const row of placesOf(height))
    for (let x = 0; x < FINE; x++) samples[to++] = luma[row * width + (columns[x] as number)] as number
  return samples
}

function add(cells: Float32Array, at: number, luma: number): void {
  cells[at] = (cells[at] as number) + luma
}

function brighter(luma: Float32Array, i: number, step: number): '0' | '1' {
  return (luma[i] as number) > (luma[i + step] as number) ? '1' : '0'
}
