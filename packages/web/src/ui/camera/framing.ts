import type { FaceReading, FaceShape } from './face-reading.ts'

/** What keeps an instruction from being followed; one at a time, the most pressing first. */
export type Hint = 'too-dark' | 'too-bright' | 'no-face' | 'several-faces' | 'too-far' | 'too-near' | 'off-centre'

/** Mean and spread of the picture's brightness, each in [0, 255]. */
export type Light = { mean: number; overexposed: number }

/** Mean luma of a room with the blinds down and the lights off lies under 40; a face against a window washes out over 225. */
const DARK_MEAN = 40
const BRIGHT_MEAN = 225
const OVEREXPOSED_PART = 0.6

/** Height of the face (forehead to chin) over the picture's; a full frame of 480 lines then gives 130 to 400 of face. */
const FAR_HEIGHT = 0.27
const NEAR_HEIGHT = 0.85
/** How far the middle of the face may be from the middle of the picture. */
const OFF_CENTRE = 0.24

/** The resting face is learnt here, so it has to look at the camera; nobody holds their head straighter than this. */
const FRONTAL_DEGREES = 10

/** A hint that has been wanted since some moment; `shown` once that is long enough. */
export type HeldHint = { wanted: Hint | null; sinceMs: number; shown: Hint | null }

/** Nobody needs to hear of one dark frame, or of a face that is lost for the moment of a turn. */
const HINT_AFTER_MS = 700

/**
 * What keeps the instruction from being followed, or null. A null reading means that no guide is at work.
 * During an action the head is meant to leave its place, so only its distance is spoken of.
 */
export function hintFor(
  reading: FaceReading | null,
  light: Light | null,
  during: 'position' | 'flash' | 'action' | 'return' | 'finished',
): Hint | null {
  if (light !== null && light.mean < DARK_MEAN) return 'too-dark'
  if (light !== null && (light.mean > BRIGHT_MEAN || light.overexposed > OVEREXPOSED_PART)) return 'too-bright'
  if (reading === null) return null
  if (reading.main === null) return during === 'return' ? null : 'no-face'
  if (reading.faces > 1) return 'several-faces'
  const hint = placeHint(reading.main)
  return hint === 'off-centre' && during !== 'position' ? null : hint
}

/** Shows a hint once it has been wanted for a while, and drops it as soon as it is not. */
export function holdHint(held: HeldHint, wanted: Hint | null, atMs: number): HeldHint {
  if (wanted !== held.wanted) return { wanted, sinceMs: atMs, shown: null }
  const shown = wanted !== null && atMs - held.sinceMs >= HINT_AFTER_MS ? wanted : null
  return shown === held.shown ? held : { ...held, shown }
}

/** True when the face sits in the oval and looks at the camera, as it should before the first instruction. */
export function isInPosition(reading: FaceReading): boolean {
  return (
    reading.faces === 1 &&
    reading.main !== null &&
    placeHint(reading.main) === null &&
    Math.abs(reading.main.yawDegrees) < FRONTAL_DEGREES
  )
}

function placeHint({ box }: FaceShape): Hint | null {
  if (box.height < FAR_HEIGHT) return 'too-far'
  if (box.height > NEAR_HEIGHT) return 'too-near'
  const x = box.left + box.width / 2
  const y = box.top + box.height / 2
  return Math.abs(x - 0.5) > OFF_CENTRE || Math.abs(y - 0.5) > OFF_CENTRE ? 'off-centre' : null
}

/** Brightness of RGBA pixels, row by row. */
export function lightOf(rgba: Uint8ClampedArray): Light {
  let sum = 0
  let over = 0
  const pixels = Math.max(1, Math.floor(rgba.length / 4))
  for (let i = 0; i + 3 < rgba.length; i += 4) {
    const luma = 0.299 * (rgba[i] ?? 0) + 0.587 * (rgba[i + 1] ?? 0) + 0.114 * (rgba[i + 2] ?? 0)
    sum += luma
    if (luma > 250) over++
  }
  return { mean: sum / pixels, overexposed: over / pixels }
}
