import { squareAround } from '../geometry/boxes.ts'
import type { Picture, Point, Rect } from '../geometry/picture.ts'
import { centroid } from '../geometry/similarity.ts'
import type { Model } from '../open-models.ts'
import { createCutter } from './model-numbers.ts'

/** 68 points in the iBUG order, in pixels of the picture. */
export type Landmarks = readonly Point[]

/** Places 68 points on the face inside `box` (as the detector gives it: tall). */
export function createLandmarker(model: Model<'landmarks'>) {
  const cut = createCutter(model.spec)
  return async (picture: Picture, box: Rect): Promise<Landmarks> => {
    const square = squareAround(box, 1)
    const { points } = await model.run(cut(picture, square))
    return Array.from({ length: 68 }, (_, i) => ({
      x: square.x + (points[i * 2] as number) * square.width,
      y: square.y + (points[i * 2 + 1] as number) * square.height,
    }))
  }
}

/** Right eye, left eye (as seen in the picture: left to right), nose tip, mouth corners: what alignment needs. */
export function fivePoints(points: Landmarks): Point[] {
  const [nose, ...corners] = [30, 48, 60, 54, 64].map((i) => points[i] as Point)
  const eyes = eyeCentres(points)
  return [eyes[0], eyes[1], nose as Point, centroid(corners.slice(0, 2)), centroid(corners.slice(2))]
}

/** Centres of the two eyes, the picture's left one first. */
function eyeCentres(points: Landmarks): [Point, Point] {
  return [centroid(points.slice(36, 42)), centroid(points.slice(42, 48))]
}
