import { squareAround } from '../geometry/boxes.ts'
import type { Picture, Rect } from '../geometry/picture.ts'
import type { Model } from '../open-models.ts'
import { createCutter, softmax } from './model-numbers.ts'

/** Degrees. Yaw grows as the person turns to their own left (nose to the picture's right), pitch as they look up. */
export type HeadPose = { yawDegrees: number; pitchDegrees: number; rollDegrees: number }

/** HopeNet: 66 bins of 3° from −99°; the expectation over them is the angle. */
export function createPoseReader(model: Model<'pose'>) {
  const cut = createCutter(model.spec)
  return async (picture: Picture, box: Rect): Promise<HeadPose> => {
    const { yaw, pitch, roll } = await model.run(cut(picture, squareAround(box, 1)))
    return {
      yawDegrees: -expectedDegrees(yaw),
      pitchDegrees: expectedDegrees(pitch),
      rollDegrees: expectedDegrees(roll),
    }
  }
}

function expectedDegrees(logits: Float32Array): number {
  return softmax(logits).reduce((sum, p, i) => sum + p * i, 0) * 3 - 99
}
