import { squareInside } from '../geometry/boxes.ts'
import type { Picture, Rect } from '../geometry/picture.ts'
import type { Model } from '../open-models.ts'
import { createCutter, softmax } from './model-numbers.ts'

/**
 * Probability in [0, 1] that the face in `box` is bona fide: mean over the model's crops, moved so that the model's own
 * even odds lie at 0.5. What they are worth is for `fuse` to say.
 */
export function createSpoofCheck(model: Model<'antispoof'>) {
  const { scores, live, crops, evenOdds } = model.spec
  const cut = createCutter(model.spec)
  return async (picture: Picture, box: Rect): Promise<number> => {
    let sum = 0
    for (const scale of crops) {
      const { classes } = await model.run(cut(picture, squareInside(box, scale, picture.width, picture.height)))
      sum += (scores === 'logits' ? softmax(classes) : classes)[live] as number
    }
    const mean = sum / crops.length
    // The odds divided by the even odds.
    return (mean * (1 - evenOdds)) / (mean * (1 - evenOdds) + (1 - mean) * evenOdds)
  }
}
