import { createHash } from 'node:crypto'
import { sampleEvenly } from './actions/moments.ts'
import type { Frame, InjectionSign, Timing } from './evidence.ts'
import type { Course } from './follow-head.ts'
import type { Picture } from './geometry/picture.ts'
import { decodeSmall } from './stages/decode.ts'

/** What the signs are read from. */
export type InjectionInput = { frames: readonly Frame[]; timing: Timing; bodyStill: boolean }

/** Frames hashed for the server to remember: every small one of a challenge of sixteen seconds. */
export const HASHED_FRAMES = 240

/** Signs that the frames did not come straight from a camera. */
export function readInjection({ frames, timing, bodyStill }: InjectionInput): InjectionSign[] {
  const signs: InjectionSign[] = []
  const small = frames.filter((frame) => frame.kind === 'small')
  if (isLooped(small)) signs.push('repeated-frames')
  if (!timesArePossible(small, timing)) signs.push('impossible-times')
  if (bodyStill) signs.push('software-animated')
  return signs
}

/**
 * What is needed to recognise the frames when they are sent again. Those that nothing else was read from are hashed as
 * well: whoever leaves out the first frame would otherwise show us all the others. @throws BadFrames
 */
export async function hashFrames(frames: readonly Frame[], course: Course): Promise<string[]> {
  const read = new Map(course.pictures.map(({ frame, picture }) => [frame, picture]))
  const small = frames.flatMap((frame, i) => (frame.kind === 'small' ? [{ frame, i }] : []))
  const hashes: string[] = []
  for (const { frame, i } of sampleEvenly(small, HASHED_FRAMES))
    hashes.push(differenceHash(read.get(i) ?? (await decodeSmall(frame.jpeg, i))))
  return hashes
}

/** A camera never delivers faster than this on average, whatever timers are rounded to. */
const MIN_MEAN_GAP_MS = 14

function timesArePossible(small: readonly Frame[], timing: Timing): boolean {
  const first = small[0]?.atMs ?? 0
  const last = small.at(-1)?.atMs ?? 0
  const gap = (last - first) / Math.max(1, small.length - 1)
  if (small.length > 1 && gap < MIN_MEAN_GAP_MS) return false
  if (timing.kind === 'free') return true
  const shown = timing.prompts.map((prompt) => prompt.shownAtMs)
  return shown.every((at, i) => at <= last && at >= (shown[i - 1] ?? 0))
}

/**
 * Different frames that come again byte for byte in the same order. A camera's noise never repeats, so one would be
 * enough; a freeze of the browser or a camera slower than the capture repeats neighbours, and a clip played to and fro
 * repeats backwards. Two seconds of forward motion can only be a loop.
 */
const LOOPED_FRAMES = 30

/** Whether a stretch of different frames is shown twice. */
export function isLooped(small: readonly Frame[]): boolean {
  const ids = small.map((frame) => createHash('sha1').update(frame.jpeg).digest('hex'))
  for (let lag = LOOPED_FRAMES; lag < ids.length; lag++) {
    let run = new Set<string>()
    for (let i = lag; i < ids.length; i++) {
      const id = ids[i] as string
      if (id === ids[i - lag]) run.add(id)
      else run = new Set()
      if (run.size >= LOOPED_FRAMES) return true
    }
  }
  return false
}

/** Samples along each side; they fall evenly into both grids. */
const FINE = 144

/** 128 bits of the whole picture, 32 hex digits: each cell of a coarse grid against its right and its lower neighbour. */
export function differenceHash({ rgb, width, height }: Picture): string {
  const across = new Float32Array(9 * 8)
  const down = new Float32Array(8 * 9)
  const columns = Int32Array.from({ length: FINE }, (_, x) => 3 * Math.floor(((x + 0.5) * width) / FINE))
  for (let y = 0; y < FINE; y++) {
    const row = 3 * width * Math.floor(((y + 0.5) * height) / FINE)
    const acrossRow = 9 * Math.floor((y * 8) / FINE)
    const downRow = 8 * Math.floor((y * 9) / FINE)
    for (let x = 0; x < FINE; x++) {
      const i = row + (columns[x] as number)
      const luma = 0.299 * (rgb[i] as number) + 0.587 * (rgb[i + 1] as number) + 0.114 * (rgb[i + 2] as number)
      add(across, acrossRow + Math.floor((x * 9) / FINE), luma)
      add(down, downRow + Math.floor((x * 8) / FINE), luma)
    }
  }
  let bits = ''
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) bits += brighter(across, y * 9 + x, 1)
  for (let i = 0; i < 64; i++) bits += brighter(down, i, 8)
  return BigInt(`0b${bits}`).toString(16).padStart(32, '0')
}

function add(cells: Float32Array, at: number, luma: number): void {
  cells[at] = (cells[at] as number) + luma
}

function brighter(luma: Float32Array, i: number, step: number): '0' | '1' {
  return (luma[i] as number) > (luma[i + step] as number) ? '1' : '0'
}
