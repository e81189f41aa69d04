import { type InputNumbers, type Picture, type Rect, resample, resampleLuma, toPlanar } from '../geometry/picture.ts'
import type { ModelFile } from '../models.ts'
import { ModelUnusable } from '../open-models.ts'

/** The colour order and normalisation of a three-channel model. @throws ModelUnusable for a grey one */
export function inputNumbers(spec: ModelFile): InputNumbers {
  if (spec.colour === 'grey') throw new ModelUnusable(`${spec.file} must take colour`)
  return { colour: spec.colour, mean: spec.mean, scale: spec.scale }
}

/** Cuts a rectangle out of a picture as a model takes it: its size, its colours, its normalisation. */
export function createCutter(spec: ModelFile): (picture: Picture, rect: Rect) => Float32Array {
  const [, , height, width] = spec.input
  if (spec.colour !== 'grey') {
    const numbers = inputNumbers(spec)
    return (picture, rect) => toPlanar(resample(picture, rect, width, height), numbers)
  }
  const mean = spec.mean[0] ?? 0
  const factor = 1 / (spec.scale[0] ?? 1)
  return (picture, rect) => {
    const luma = resampleLuma(picture, rect, width, height)
    for (let i = 0; i < luma.length; i++) luma[i] = ((luma[i] as number) - mean) * factor
    return luma
  }
}

/** Softmax, numerically safe. */
export function softmax(logits: Float32Array): Float32Array {
  const top = logits.reduce((best, each) => Math.max(best, each), Number.NEGATIVE_INFINITY)
  const powers = logits.map((each) => Math.exp(each - top))
  const sum = powers.reduce((total, each) => total + each, 0)
  return powers.map((each) => each / sum)
}
