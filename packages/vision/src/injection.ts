import { sampleEvenly } from './actions/moments.ts'
import type { InjectionSign } from './evidence.ts'
import type { Course } from './follow-head.ts'
import { type Picture, resampleLuma } from './geometry/picture.ts'
import type { Surroundings } from './surroundings.ts'

/** Frames hashed for the server to remember. */
const HASHED_FRAMES = 16

/** Signs that the frames did not come straight from a camera, and what is needed to recognise them again. */
export function readInjection(
  course: Course,
  { bodyStill }: Surroundings,
): { signs: InjectionSign[]; frameHashes: string[] } {
  const signs: InjectionSign[] = []
  if (!timesArePossible(course.pictures.map((each) => each.atMs))) signs.push('impossible-times')
  if (bodyStill) signs.push('software-animated')
  const hashes = sampleEvenly(course.pictures, HASHED_FRAMES).map(({ picture }) => differenceHash(picture))
  return { signs, frameHashes: hashes }
}

/** A phone cannot deliver small frames faster than 70 a second on average. */
const MIN_MEAN_GAP_MS = 14

function timesArePossible(times: readonly number[]): boolean {
  const [first] = times
  const last = times.at(-1)
  if (first === undefined || last === undefined || times.length < 2) return true
  return (last - first) / (times.length - 1) >= MIN_MEAN_GAP_MS
}

/** 64-bit difference hash of the whole picture (9 × 8 grey, each cell against its right neighbour), 16 hex digits. */
export function differenceHash(picture: Picture): string {
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height }
  const grey = resampleLuma(picture, whole, 9, 8)
  let hash = 0n
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      const i = y * 9 + x
      hash = (hash << 1n) | ((grey[i] as number) > (grey[i + 1] as number) ? 1n : 0n)
    }
  return hash.toString(16).padStart(16, '0')
}
