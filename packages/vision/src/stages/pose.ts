import { squareAround } from '../geometry/boxes.ts'
import { type Picture, type Rect, resample, toPlanar } from '../geometry/picture.ts'
import type { Model } from '../open-models.ts'
import { inputNumbers, requireOutput, softmax } from './model-numbers.ts'

/** Degrees. Yaw grows as the person turns to their own left (nose to the picture's right), pitch as they look up. */
export type HeadPose = { yawDegrees: number; pitchDegrees: number; rollDegrees: number }

/** HopeNet: 66 bins of 3° from −99°; the expectation over them is the angle. */
export function createPoseReader(model: Model) {
  const [, , height, width] = model.spec.input
  const numbers = inputNumbers(model.spec)
  return async (picture: Picture, box: Rect): Promise<HeadPose> => {
    const crop = resample(picture, squareAround(box, 1), width, height)
    const outputs = await model.run(toPlanar(crop, numbers))
    const angle = (place: 0 | 1 | 2) => expectedDegrees(requireOutput(model.spec, outputs, place))
    return { yawDegrees: -angle(0), pitchDegrees: angle(1), rollDegrees: angle(2) }
  }
}

function expectedDegrees(logits: Float32Array): number {
  return softmax(logits).reduce((sum, p, i) => sum + p * i, 0) * 3 - 99
}
