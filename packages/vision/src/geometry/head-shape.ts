import type { Point } from './picture.ts'
import { centroid } from './similarity.ts'

/**
 * A face's 68 points (iBUG order) read in the frame of its own eyes: x along the line of the eyes towards the picture's
 * right, y down the face, unit = distance between the centres of the eyes. Rolling the head or moving closer changes
 * nothing here.
 */
export type HeadShape = {
  /** Nose tip beside the middle of the eyes. Grows as the person turns to their own left: a nose of depth d moves d·tan(yaw). */
  noseAcross: number
  /** Nose tip below the eyes. Falls as the head tips back, grows as it tips forward. */
  noseDown: number
  /** Cheek outlines left and right of the middle, summed: 0 when frontal, negative when turned to the own left. */
  cheekSkew: number
  /** Eye-aspect ratio of the picture's left and right eye (Soukupová and Čech 2016): about 0.3 open, under 0.2 closed. */
  eyeOpen: { left: number; right: number }
  /** Gap between the inner lips. */
  mouthGap: number
  /** Distance between the corners of the mouth. */
  mouthWidth: number
  /** How far the corners of the mouth stand above the middle of the lips; grows in a smile. */
  mouthLift: number
  /** Chin below the eyes. */
  chinDown: number
  /** Distance between the eyes in pixels of the picture. */
  eyeDistance: number
}

/** Reads the shape; `points` must be the 68. */
export function headShape(points: readonly Point[]): HeadShape {
  const local = inEyeFrame(points)
  const at = (i: number) => local[i] as Point
  const gap = (a: number, b: number) => Math.hypot(at(a).x - at(b).x, at(a).y - at(b).y)
  const openness = (o: number) => (gap(o + 1, o + 5) + gap(o + 2, o + 4)) / (2 * gap(o, o + 3) || 1)
  const lips = (at(51).y + at(57).y) / 2
  return {
    noseAcross: at(30).x,
    noseDown: at(30).y,
    cheekSkew: at(2).x + at(14).x,
    eyeOpen: { left: openness(36), right: openness(42) },
    mouthGap: gap(62, 66),
    mouthWidth: gap(48, 54),
    mouthLift: lips - (at(48).y + at(54).y) / 2,
    chinDown: at(8).y,
    eyeDistance: eyeSpan(points).distance,
  }
}

/** The points moved, turned and scaled so that the eyes lie at (∓0.5, 0). */
export function inEyeFrame(points: readonly Point[]): Point[] {
  const { middle, cos, sin, distance } = eyeSpan(points)
  return points.map(({ x, y }) => {
    const dx = (x - middle.x) / distance
    const dy = (y - middle.y) / distance
    return { x: dx * cos + dy * sin, y: dy * cos - dx * sin }
  })
}

function eyeSpan(points: readonly Point[]): { middle: Point; cos: number; sin: number; distance: number } {
  const left = centroid(points.slice(36, 42))
  const right = centroid(points.slice(42, 48))
  const distance = Math.max(1e-6, Math.hypot(right.x - left.x, right.y - left.y))
  const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 }
  return { middle, cos: (right.x - left.x) / distance, sin: (right.y - left.y) / distance, distance }
}

/**
 * Yaw that the parallax of nose and cheeks stands for, in degrees, positive to the person's own left. The depths (0.6
 * and 1.4 eye distances) are those of a mean adult head; a flat picture, however it is held, reads a few degrees only.
 */
export function parallaxYaw(shape: Pick<HeadShape, 'noseAcross' | 'cheekSkew'>): number {
  const byNose = Math.atan(shape.noseAcross / 0.6)
  const byCheeks = Math.atan(-shape.cheekSkew / 1.4)
  return (((byNose + byCheeks) / 2) * 180) / Math.PI
}
