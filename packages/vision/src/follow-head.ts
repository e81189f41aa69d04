import type { Moment } from './actions/moments.ts'
import type { Chosen } from './choose-frames.ts'
import type { Frame } from './evidence.ts'
import type { FaceBox } from './geometry/boxes.ts'
import { headShape } from './geometry/head-shape.ts'
import type { Picture, Point, Rect } from './geometry/picture.ts'
import { decodeJpeg } from './stages/decode.ts'
import type { Stages } from './stages/stages.ts'

/** The course of one head through the small frames. */
export type Course = {
  moments: Moment[]
  /** Every chosen small frame, decoded; `frame` is its index in the upload. */
  pictures: { frame: number; atMs: number; picture: Picture }[]
  /** Share of frames in which no face was found, in [0, 1]. */
  missing: number
  /** Share of detections in which a second face was nearly as near as the first, in [0, 1]. */
  company: number
}

/** How long landmarks carry the box on before the detector looks again. */
const DETECT_EVERY_MS = 1000

/** A second face at least this tall beside the first counts as being near the camera too; rows behind are smaller. */
const NEAR_COMPANY = 0.6

/** Decodes the chosen small frames in turn and follows the largest face: detection now and then, landmarks in every frame. */
export async function followHead(stages: Stages, frames: readonly Frame[], chosen: readonly Chosen[]): Promise<Course> {
  const course: Course = { moments: [], pictures: [], missing: 0, company: 0 }
  let box: Rect | null = null
  let anchor: Anchor | null = null
  let detectedMs = Number.NEGATIVE_INFINITY
  let detections = 0
  for (const { index: i, readEyes } of chosen) {
    const frame = frames[i]
    if (!frame) continue
    const picture = await decodeJpeg(frame.jpeg, i)
    if (!box || frame.atMs - detectedMs >= DETECT_EVERY_MS) {
      const found = await stages.detect(picture)
      detections++
      detectedMs = frame.atMs
      if (hasCompany(found)) course.company++
      box = nearest(found)
      anchor = null
    }
    course.pictures.push({ frame: i, atMs: frame.atMs, picture })
    if (!box) continue
    const points: readonly Point[] = await stages.placeLandmarks(picture, box)
    const eyesClosed = readEyes ? await stages.readEyes(picture, points) : null
    course.moments.push({ frame: i, atMs: frame.atMs, box, points, shape: headShape(points), eyesClosed })
    anchor ??= anchorOf(box, points)
    const next: Rect = carryBox(anchor, points)
    box = isInside(next, picture) ? next : null
  }
  const total = course.pictures.length
  course.missing = total === 0 ? 1 : 1 - course.moments.length / total
  course.company = detections === 0 ? 0 : course.company / detections
  return course
}

/** The largest face, or `null`. */
export function nearest(found: readonly FaceBox[]): FaceBox | null {
  return found.reduce<FaceBox | null>((best, each) => (best && best.height >= each.height ? best : each), null)
}

/** Whether a second face is nearly as near to the camera as the largest. */
function hasCompany(found: readonly FaceBox[]): boolean {
  const largest = nearest(found)
  return found.some((each) => each !== largest && each.height >= NEAR_COMPANY * (largest?.height ?? 0))
}

/** How a detector's box lies about the outline of its landmarks, in units of the outline's height. */
type Anchor = { across: number; down: number; width: number; height: number }

function anchorOf(box: Rect, points: readonly Point[]): Anchor {
  const outline = outlineOf(points)
  return {
    across: (box.x - outline.x) / outline.height,
    down: (box.y - outline.y) / outline.height,
    width: box.width / outline.height,
    height: box.height / outline.height,
  }
}

/** Where the detector would put its box now, going by the landmarks. */
function carryBox(anchor: Anchor, points: readonly Point[]): Rect {
  const { x, y, height } = outlineOf(points)
  return {
    x: x + anchor.across * height,
    y: y + anchor.down * height,
    width: anchor.width * height,
    height: anchor.height * height,
  }
}

/** Middle and height of the 68 points; the width changes as the head turns, so it is not used as a unit. */
function outlineOf(points: readonly Point[]): { x: number; y: number; height: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, height: Math.max(1, bottom - top) }
}

function isInside(box: Rect, picture: Picture): boolean {
  const centreX = box.x + box.width / 2
  const centreY = box.y + box.height / 2
  const inside = centreX > 0 && centreY > 0 && centreX < picture.width && centreY < picture.height
  return inside && box.height > 24 && box.height < 2 * picture.height
}

/** The decoded small frame with this index in the upload. */
export function pictureAt(course: Course, frame: number): Picture {
  const found = course.pictures.find((each) => each.frame === frame)
  if (!found) throw new RangeError(`frame ${frame} was not decoded`)
  return found.picture
}
