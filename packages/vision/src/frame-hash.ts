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

/** Samples along each side; they fall evenly into eight cells and into nine. */
const FINE = 144
const EIGHTH = FINE / 8
const NINTH = FINE / 9

/** 128 bits of the whole picture, 32 hex digits: each cell of a coarse grid against its right and its lower neighbour. */
export function differenceHash(picture: Picture | Luma): string {
  const across = new Float64Array(9 * 8)
  const down = new Float64Array(8 * 9)
  const columns = placesOf(picture.width)
  // Sums from the left: what lies in a cell is the difference of two of them, for both grids.
  const sums = new Float64Array(FINE + 1)
  for (const [y, row] of placesOf(picture.height).entries()) {
    sumRow(picture, row * picture.width, columns, sums)
    addCells(across, 9 * Math.floor(y / EIGHTH), sums, NINTH)
    addCells(down, 8 * Math.floor(y / NINTH), sums, EIGHTH)
  }
  let bits = ''
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) bits += brighter(across, y * 9 + x, 1)
  for (let i = 0; i < 64; i++) bits += brighter(down, i, 8)
  return BigInt(`0b${bits}`).toString(16).padStart(32, '0')
}

/** The pixel that each of `FINE` samples along a side of `size` pixels falls on. */
function placesOf(size: number): Int32Array {
  return Int32Array.from({ length: FINE }, (_, i) => Math.floor(((i + 0.5) * size) / FINE))
}

/** Writes the sums of luma over the samples of the row that begins at pixel `from`. */
function sumRow(picture: Picture | Luma, from: number, columns: Int32Array, sums: Float64Array): void {
  let sum = 0
  if ('luma' in picture)
    for (let x = 0; x < FINE; x++) {
      sum += picture.luma[from + (columns[x] as number)] as number
      sums[x + 1] = sum
    }
  else
    for (let x = 0; x < FINE; x++) {
      const i = 3 * (from + (columns[x] as number))
      const { rgb } = picture
      sum += 0.299 * (rgb[i] as number) + 0.587 * (rgb[i + 1] as number) + 0.114 * (rgb[i + 2] as number)
      sums[x + 1] = sum
    }
}

function addCells(cells: Float64Array, first: number, sums: Float64Array, width: number): void {
  for (let k = 0; (k + 1) * width <= FINE; k++)
    cells[first + k] = (cells[first + k] as number) + (sums[(k + 1) * width] as number) - (sums[k * width] as number)
}

function brighter(luma: Float64Array, i: number, step: number): '0' | '1' {
  return (luma[i] as number) > (luma[i + step] as number) ? '1' : '0'
}
