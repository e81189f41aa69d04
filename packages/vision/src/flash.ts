import { sampleEvenly } from './actions/moments.ts'
import type { Flash, FlashEvidence, Frame } from './evidence.ts'
import type { Course } from './follow-head.ts'
import { squareAround } from './geometry/boxes.ts'
import { flashResponse, type LightSample, settledWindows } from './geometry/flash-response.ts'
import { type Picture, type Rect, resample } from './geometry/picture.ts'
import { decodeQuickly } from './stages/decode.ts'

/** Settled frames that are read of each step: more say little that is new. */
const FRAMES_A_STEP = 6

/** A face is where the nearest followed frame has it, if that is this close in time. */
const SAME_PLACE_MS = 250

/** Bytes outside are cut off by the sensor and answer to no light. */
const [DARKEST, BRIGHTEST] = [12, 243]

/** Narrower strips beside the head show hair and shoulders rather than the room. */
const MIN_STRIP = 8

/** What the face made of the colours that the screen showed. @throws BadFrames */
export async function readFlash(frames: readonly Frame[], course: Course, flash: Flash): Promise<FlashEvidence> {
  if (flash.kind === 'none') return { kind: 'not-asked' }
  const samples: LightSample[] = []
  for (const [from, to] of settledWindows(flash.steps, flash.endedAtMs)) {
    const inside = frames.flatMap(({ kind, atMs }, i) => (kind === 'small' && atMs >= from && atMs <= to ? [i] : []))
    for (const i of sampleEvenly(inside, FRAMES_A_STEP)) {
      const { atMs, jpeg } = frames[i] as Frame
      const box = boxAt(course, atMs)
      if (!box) continue
      const picture = course.pictures.find((each) => each.frame === i)?.picture ?? (await decodeQuickly(jpeg, i))
      const sample = sampleOf(picture, box)
      if (sample) samples.push({ atMs, ...sample })
    }
  }
  return flashResponse(samples, flash)
}

function boxAt({ moments }: Course, atMs: number): Rect | null {
  const away = (at: number) => Math.abs(at - atMs)
  const near = moments.toSorted((a, b) => away(a.atMs) - away(b.atMs))[0]
  return near && away(near.atMs) <= SAME_PLACE_MS ? near.box : null
}

/** The middle of the face, and the strips left and right of the head down to the chin, where the room is. */
function sampleOf(picture: Picture, box: Rect): Omit<LightSample, 'atMs'> | null {
  const face = meanOf([resample(picture, squareAround(box, 0.6), 24, 24)])
  const [left, right] = [box.x - 0.35 * box.width, box.x + 1.35 * box.width]
  const height = Math.min(picture.height, Math.max(0, box.y + 0.8 * box.height))
  const strips = [
    { x: 0, y: 0, width: left, height },
    { x: right, y: 0, width: picture.width - right, height },
  ].filter((strip) => strip.width >= MIN_STRIP && strip.height >= MIN_STRIP)
  const background = meanOf(strips.map((strip) => resample(picture, strip, 16, 32)))
  return face && background && { face, background }
}

/** Mean colour of the pixels that the sensor has not cut off; `null` where too few are left. */
function meanOf(patches: readonly Float32Array[]): [number, number, number] | null {
  const sum: [number, number, number] = [0, 0, 0]
  let [used, all] = [0, 0]
  for (const rgb of patches)
    for (let i = 0; i + 2 < rgb.length; i += 3) {
      all++
      const [red, green, blue] = [rgb[i] as number, rgb[i + 1] as number, rgb[i + 2] as number]
      if (Math.min(red, green, blue) < DARKEST || Math.max(red, green, blue) > BRIGHTEST) continue
      used++
      sum[0] += red
      sum[1] += green
      sum[2] += blue
    }
  return used * 4 < all || used === 0 ? null : [sum[0] / used, sum[1] / used, sum[2] / used]
}
