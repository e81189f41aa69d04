import { type FaceBox, keepBest } from '../geometry/boxes.ts'
import { type Picture, resample, toPlanar } from '../geometry/picture.ts'
import type { Model } from '../open-models.ts'
import { inputNumbers } from './model-numbers.ts'

const MAX_OVERLAP = 0.4

/** Finds faces in a whole picture, best first. Reliable from about 32 px of face width in 640 × 480. */
export function createDetector(model: Model<'detector'>) {
  const [, , height, width] = model.spec.input
  const numbers = inputNumbers(model.spec)
  const { minScore } = model.spec
  return async (picture: Picture): Promise<FaceBox[]> => {
    const factor = Math.max(picture.width / width, picture.height / height)
    const { scores, boxes } = await model.run(toPlanar(letterbox(picture, width, height, factor), numbers))
    const found: FaceBox[] = []
    for (let i = 0; i < scores.length / 2; i++) {
      const score = scores[i * 2 + 1] as number
      if (!(score >= minScore)) continue
      const x = (boxes[i * 4] as number) * width * factor
      const y = (boxes[i * 4 + 1] as number) * height * factor
      const right = (boxes[i * 4 + 2] as number) * width * factor
      const bottom = (boxes[i * 4 + 3] as number) * height * factor
      if (right - x > 4 && bottom - y > 4) found.push({ x, y, width: right - x, height: bottom - y, score })
    }
    return keepBest(found, MAX_OVERLAP)
  }
}

function letterbox(picture: Picture, width: number, height: number, factor: number): Float32Array | Uint8Array {
  // The small frames of an upload are of the size that the shipped detector takes.
  if (picture.width === width && picture.height === height) return picture.rgb
  const innerWidth = Math.min(width, Math.round(picture.width / factor))
  const innerHeight = Math.min(height, Math.round(picture.height / factor))
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height }
  const inner = resample(picture, whole, innerWidth, innerHeight)
  if (innerWidth === width && innerHeight === height) return inner
  const out = new Float32Array(width * height * 3).fill(127)
  for (let y = 0; y < innerHeight; y++)
    out.set(inner.subarray(y * innerWidth * 3, (y + 1) * innerWidth * 3), y * width * 3)
  return out
}
