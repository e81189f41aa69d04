import type { Picture, Point } from '../geometry/picture.ts'
import { centroid } from '../geometry/similarity.ts'
import type { Model } from '../open-models.ts'
import type { Landmarks } from './landmarks.ts'
import { createCutter, softmax } from './model-numbers.ts'

const CLOSED = 0

/** Probability of being closed, in [0, 1], of the picture's left and right eye. One frame alone proves nothing. */
export type EyesClosed = { left: number; right: number }

/** Outer corner, inner corner, and the four lid points of each eye in the iBUG order. */
const EYES = {
  left: { corners: [36, 39], lids: [37, 38, 40, 41] },
  right: { corners: [42, 45], lids: [43, 44, 46, 47] },
} as const

/** Reads how closed each eye is. */
export function createEyeReader(model: Model<'eyes'>) {
  const cut = createCutter(model.spec)
  return async (picture: Picture, points: Landmarks): Promise<EyesClosed> => {
    return { left: await closed('left'), right: await closed('right') }

    async function closed(which: 'left' | 'right'): Promise<number> {
      const { corners, lids } = EYES[which]
      const [a, b] = corners.map((i) => points[i] as Point) as [Point, Point]
      const side = 1.6 * Math.hypot(a.x - b.x, a.y - b.y)
      const middle = centroid(lids.map((i) => points[i] as Point))
      const window = { x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side }
      const { states } = await model.run(cut(picture, window))
      return softmax(states)[CLOSED] as number
    }
  }
}
