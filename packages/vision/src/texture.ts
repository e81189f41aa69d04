import { squareAround } from './geometry/boxes.ts'
import { type Picture, type Rect, resample, resampleLuma } from './geometry/picture.ts'
import { peakFrequency } from './geometry/spectrum.ts'

/** What the face's own surface says about having been printed or shown on a screen. */
export type Texture = {
  /** Strength of the strongest single frequency (`peakFrequency`). */
  moire: number
  /** Mean of (red − blue) / (red + green + blue) over the face. Blood makes skin of every tone redder than paper's copy. */
  warmth: number
  /** Log of the high-pass energy over the contrast, at the camera's own resolution. Copies lose fine detail. */
  detail: number
}

const SQUARE = 128

/** Reads the middle of the face in a full frame. */
export function readTexture(picture: Picture, box: Rect): Texture {
  const luma = nativeSquare(picture, box)
  return { moire: peakFrequency(luma, SQUARE), warmth: warmthOf(picture, box), detail: detailOf(luma) }
}

/** 128 × 128 pixels about the middle of the face, not resampled: scaling would wipe out what is looked for. */
function nativeSquare(picture: Picture, box: Rect): Float32Array {
  const x = Math.round(box.x + box.width / 2 - SQUARE / 2)
  const y = Math.round(box.y + box.height / 2 - SQUARE / 2)
  const inside = {
    x: Math.max(0, Math.min(picture.width - SQUARE, x)),
    y: Math.max(0, Math.min(picture.height - SQUARE, y)),
    width: SQUARE,
    height: SQUARE,
  }
  return resampleLuma(picture, inside, SQUARE, SQUARE)
}

function warmthOf(picture: Picture, box: Rect): number {
  const skin = resample(picture, squareAround(box, 0.6), 24, 24)
  let sum = 0
  for (let i = 0; i < skin.length; i += 3) {
    const [red, green, blue] = [skin[i] as number, skin[i + 1] as number, skin[i + 2] as number]
    sum += (red - blue) / (red + green + blue + 1)
  }
  return sum / (skin.length / 3)
}

function detailOf(luma: Float32Array): number {
  const mean = luma.reduce((sum, v) => sum + v, 0) / luma.length
  let fine = 0
  let contrast = 1
  for (let y = 1; y < SQUARE - 1; y++)
    for (let x = 1; x < SQUARE - 1; x++) {
      const i = y * SQUARE + x
      const around = at(i - 1) + at(i + 1) + at(i - SQUARE) + at(i + SQUARE)
      fine += (4 * at(i) - around) ** 2
      contrast += (at(i) - mean) ** 2
    }
  return Math.log((fine + 1) / contrast)

  function at(i: number): number {
    return luma[i] as number
  }
}
