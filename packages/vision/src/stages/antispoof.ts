import { squareInside } from '../geometry/boxes.ts'
import { type Picture, type Rect, resample, toPlanar } from '../geometry/picture.ts'
import type { Model } from '../open-models.ts'
import { inputNumbers, requireOutput, softmax } from './model-numbers.ts'

const LIVE = 0

/** Two contexts: the wide crop sees paper edges and bezels, the narrow one skin (measured in docs/benchmarks.md). */
const CROP_SCALES = [1.5, 2.7] as const

/** Probability in [0, 1], uncalibrated, that the face in `box` is bona fide: mean over both crops. */
export function createSpoofCheck(model: Model) {
  const [, , height, width] = model.spec.input
  const numbers = inputNumbers(model.spec)
  return async (picture: Picture, box: Rect): Promise<number> => {
    let sum = 0
    for (const scale of CROP_SCALES) {
      const window = squareInside(box, scale, picture.width, picture.height)
      const crop = resample(picture, window, width, height)
      const outputs = await model.run(toPlanar(crop, numbers))
      sum += softmax(requireOutput(model.spec, outputs, 0))[LIVE] as number
    }
    return sum / CROP_SCALES.length
  }
}
