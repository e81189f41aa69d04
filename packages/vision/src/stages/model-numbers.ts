import type { InputNumbers } from '../geometry/picture.ts'
import type { ModelFile } from '../models.ts'
import { ModelUnusable } from '../open-models.ts'

/** The colour order and normalisation of a three-channel model. @throws ModelUnusable for a grey one */
export function inputNumbers(spec: ModelFile): InputNumbers {
  if (spec.colour === 'grey') throw new ModelUnusable(`${spec.file} must take colour`)
  return { colour: spec.colour, mean: spec.mean, scale: spec.scale }
}

/** The output that the model's own list names at `place`. @throws ModelUnusable when the model has none of that name */
export function requireOutput(spec: ModelFile, outputs: Record<string, Float32Array>, place: number): Float32Array {
  const name = spec.outputs[place] ?? ''
  const found = outputs[name]
  if (!found) throw new ModelUnusable(`${spec.file} has no output called ${name}`)
  return found
}

/** Softmax, numerically safe. */
export function softmax(logits: Float32Array): Float32Array {
  const top = logits.reduce((best, each) => Math.max(best, each), Number.NEGATIVE_INFINITY)
  const powers = logits.map((each) => Math.exp(each - top))
  const sum = powers.reduce((total, each) => total + each, 0)
  return powers.map((each) => each / sum)
}
