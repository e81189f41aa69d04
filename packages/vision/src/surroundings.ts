import { type Moment, median, restingMoments, sampleEvenly } from './actions/moments.ts'
import type { SolidHead } from './evidence.ts'
import { type Course, pictureAt } from './follow-head.ts'
import { greyOf, greyPart, type Rect } from './geometry/picture.ts'
import { isFramed, sidesOf } from './geometry/picture-edge.ts'
import { edgeTravel } from './geometry/stillness.ts'

/** What surrounds the face, and how it behaves while the head moves. */
export type Surroundings = {
  /** Share of the sampled frames in which straight edges close around the face, in [0, 1]. */
  framed: number
  /** Whether the body below the chin stood still, as no breathing body does, while the head turned. */
  bodyStill: boolean
}

const FRAMES_FOR_FRAME = 6
const FRAMES_FOR_BODY = 16

/** A turn this wide takes neck and shoulders along. */
const MIN_TURN_DEGREES = 18

/**
 * Travel of the body's edges, in eye distances (63 mm in adults: Dodgson 2004), under which it is a picture: 1 mm.
 * Quiet breathing alone moves the upper chest by 2–5 mm, and turning the head moves the shoulders more.
 */
const STILL_BODY = 0.016

/** Reads the pixels around the head in a few of the small frames. */
export function readSurroundings(course: Course, solidHead: SolidHead): Surroundings {
  const forFrame = sampleEvenly(course.moments, FRAMES_FOR_FRAME)
  const framed = forFrame.filter((m) => isFramed(greyOf(pictureAt(course, m.frame)), sidesOf(m.points))).length
  const turned = solidHead.kind === 'measured' && solidHead.yawSpanDegrees >= MIN_TURN_DEGREES
  const travel = turned ? bodyTravel(course) : null
  return { framed: framed / Math.max(1, forFrame.length), bodyStill: travel !== null && travel < STILL_BODY }
}

/** How far the body moved over the whole upload, in eye distances; `null` when too little of it is in view. */
function bodyTravel(course: Course): number | null {
  const resting = restingMoments(course.moments)
  const pictures = sampleEvenly(course.moments, FRAMES_FOR_BODY).map((m) => pictureAt(course, m.frame))
  const [first] = pictures
  if (!first || resting.length === 0) return null
  const region = bodyRegion(resting, first)
  const travel = edgeTravel(pictures.map((picture) => greyPart(picture, region)))
  return travel === null ? null : travel / median(resting.map((m) => m.shape.eyeDistance))
}

/**
 * Chest and shoulders: from 75 mm below the resting chin to the lower rim, 215 mm wide, where half an adult's shoulders are
 * 180 to 200 mm. Higher up and farther out the wall beside the neck would be seen, which rightly stands still.
 */
function bodyRegion(resting: readonly Moment[], { height }: { height: number }): Rect {
  const unit = median(resting.map((m) => m.shape.eyeDistance))
  const chinY = median(resting.map((m) => m.points[8]?.y ?? 0))
  const middle = median(resting.map((m) => ((m.points[36]?.x ?? 0) + (m.points[45]?.x ?? 0)) / 2))
  const y = chinY + 1.2 * unit
  return { x: middle - 1.7 * unit, y, width: 3.4 * unit, height: Math.max(0, height - y) }
}
