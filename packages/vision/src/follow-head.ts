import type { Moment } from './actions/moments.ts'
import type { Frame } from './evidence.ts'
import type { FaceBox } from './geometry/boxes.ts'
import { headShape } from './geometry/head-shape.ts'
import type { Picture, Point, Rect } from './geometry/picture.ts'
import { decodeQuickly } from './stages/decode.ts'
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

/** How long landmarks carry the box on before the detector looks again; at once where the box jumps. */
const DETECT_EVERY_MS = 2500

/** Between two frames a head that is followed well moves and grows by less than this, in heights of its box. */
const JUMP = 0.2

/** A passed-over frame further from any that was read does not show the head where that one does. */
const BESIDE_MS = 300

/** A second face at least this tall beside the first counts as being near the camera too; rows behind are smaller. */
const NEAR_COMPANY = 0.6

/**
 * Decodes the chosen small frames in turn and follows the largest face: detection now and then, landmarks in every frame.
 * Stops as soon as a face is missing in more than the share `maxMissing` of them all.
 */
export async function followHead(
  stages: Stages,
  frames: readonly Frame[],
  { chosen, maxMissing }: { chosen: readonly number[]; maxMissing: number },
): Promise<Course> {
  const course: Course = { moments: [], pictures: [], missing: 0, company: 0 }
  let box: Rect | null = null
  const anchors: Anchor[] = []
  let detectedMs = Number.NEGATIVE_INFINITY
  let detections = 0
  for (const i of chosen) {
    const frame = frames[i]
    if (!frame) continue
    const picture = await decodeQuickly(frame.jpeg, i)
    if (!box || frame.atMs - detectedMs >= DETECT_EVERY_MS) {
      const found = await stages.detect(picture)
      detections++
      detectedMs = frame.atMs
      if (hasCompany(found)) course.company++
      box = nearest(found)
    }
    course.pictures.push({ frame: i, atMs: frame.atMs, picture })
    if (!box) {
      course.missing += 1 / chosen.length
      if (course.missing > maxMissing) break
      continue
    }
    const moment = await readMoment(stages, { frame: i, atMs: frame.atMs, picture, box })
    course.moments.push(moment)
    if (detectedMs === frame.atMs) anchors.push(anchorOf(box, moment.points))
    const next: Rect = carryBox(meanOf(anchors), moment.points)
    box = isInside(next, picture) && !hasJumped(box, next) ? next : null
  }
  course.company = detections === 0 ? 0 : course.company / detections
  return course
}

type ToRead = { frame: number; atMs: number; picture: Picture; box: Rect }

async function readMoment(stages: Stages, { picture, ...where }: ToRead): Promise<Moment> {
  const points: readonly Point[] = await stages.placeLandmarks(picture, where.box)
  return { ...where, points, shape: headShape(points), eyesClosed: null }
}

/** The course with the eyes read in these frames, of those that were read at all. */
export async function readEyesIn(stages: Stages, course: Course, frames: readonly number[]): Promise<Course> {
  const asked = new Set(frames)
  const moments: Moment[] = []
  for (const moment of course.moments) {
    const isUnread = asked.has(moment.frame) && moment.eyesClosed === null
    const eyesClosed = isUnread
      ? await stages.readEyes(pictureAt(course, moment.frame), moment.points)
      : moment.eyesClosed
    moments.push({ ...moment, eyesClosed })
  }
  return { ...course, moments }
}

/** The course with these frames read as well; those read already stay as they are. The frame next to each says where to look. */
export async function fillIn(
  stages: Stages,
  frames: readonly Frame[],
  course: Course,
  chosen: readonly number[],
): Promise<Course> {
  const read = new Set(course.pictures.map(({ frame }) => frame))
  const pictures = [...course.pictures]
  const moments = [...course.moments]
  for (const index of chosen) {
    if (read.has(index)) continue
    const frame = frames[index]
    // The box of a frame is where the one before it said that the head would be.
    const beside = course.moments.find((m) => m.frame > index) ?? course.moments.at(-1)
    if (!frame || !beside || Math.abs(beside.atMs - frame.atMs) > BESIDE_MS) continue
    const { atMs, jpeg } = frame
    const picture = await decodeQuickly(jpeg, index)
    pictures.push({ frame: index, atMs, picture })
    moments.push(await readMoment(stages, { frame: index, atMs, picture, box: beside.box }))
  }
  const inOrder = (a: { frame: number }, b: { frame: number }) => a.frame - b.frame
  return { ...course, pictures: pictures.sort(inOrder), moments: moments.sort(inOrder) }
}

/** The largest face, or `null`. */
export function nearest(found: readonly FaceBox[]): FaceBox | null {
  return found.reduce<FaceBox | null>((best, each) => (best && best.height >= each.height ? best : each), null)
}

/** Whether a second face is nearly as near to the camera as the largest. */
export function hasCompany(found: readonly FaceBox[]): boolean {
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

/** Boxes sit otherwise about a turned head than about a frontal one: their mean is right for neither, and off for none. */
function meanOf(anchors: readonly Anchor[]): Anchor {
  const of = (name: keyof Anchor) => anchors.reduce((sum, each) => sum + each[name], 0) / anchors.length
  return { across: of('across'), down: of('down'), width: of('width'), height: of('height') }
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

function hasJumped(box: Rect, next: Rect): boolean {
  const across = Math.abs(next.x + next.width / 2 - (box.x + box.width / 2))
  const down = Math.abs(next.y + next.height / 2 - (box.y + box.height / 2))
  return Math.max(across, down, Math.abs(next.height - box.height)) > JUMP * box.height
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
