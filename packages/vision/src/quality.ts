import { median, type Neutral, sampleEvenly } from './actions/moments.ts'
import type { Light, QualityReason } from './evidence.ts'
import { type Course, pictureAt } from './follow-head.ts'
import { squareAround } from './geometry/boxes.ts'
import { greyOf, type Picture, type Rect, resampleLuma } from './geometry/picture.ts'

/** Light and sharpness of a face, read at a fixed size so that distance does not enter. */
export type FaceLook = {
  /** Mean luma of the face, 0 to 255. */
  light: number
  /** Share of the face's pixels that are burnt out, in [0, 1]. */
  burnt: number
  /** Variance of the Laplacian of the face at 64 × 64, after its contrast is brought to a standard. */
  sharpness: number
}

/** What a purpose asks of the frames. Shares are of the upload; sizes are of the picture's height. */
export type QualityRules = {
  maxMissing: number
  maxCompany: number
  minLight: number
  maxLight: number
  maxBurnt: number
  minSharpness: number
  minFace: number
  maxFace: number
  maxRestingYaw: number
}

/** Limits from docs/benchmarks.md: each lies well outside what the bona fide clips and NUAA's live pictures show. */
export const QUALITY_RULES: Record<'check-in' | 'enrolment', QualityRules> = {
  'check-in': {
    maxMissing: 0.35,
    maxCompany: 0.4,
    minLight: 28,
    maxLight: 230,
    maxBurnt: 0.4,
    minSharpness: 0.02,
    minFace: 0.2,
    maxFace: 1.15,
    maxRestingYaw: 0.3,
  },
  enrolment: {
    maxMissing: 0.25,
    maxCompany: 0.2,
    minLight: 40,
    maxLight: 225,
    maxBurnt: 0.3,
    minSharpness: 0.03,
    minFace: 0.25,
    maxFace: 1.1,
    maxRestingYaw: 0.22,
  },
}

/** Says why the frames cannot be judged, or `null`. The reason is what helps most to do next. */
export function whyUnusable(course: Course, neutral: Neutral | null, rules: QualityRules): QualityReason | null {
  if (course.moments.length === 0 || !neutral || course.missing > rules.maxMissing) return whyNoFace(course)
  if (course.company > rules.maxCompany) return 'several-faces'
  const looks = sampleLooks(course)
  const light = median(looks.map((look) => look.light))
  if (light < rules.minLight) return 'too-dark'
  if (light > rules.maxLight || median(looks.map((look) => look.burnt)) > rules.maxBurnt) return 'too-bright'
  const size = median(course.moments.map((m) => m.box.height / pictureAt(course, m.frame).height))
  if (size < rules.minFace) return 'too-far'
  if (size > rules.maxFace) return 'too-near'
  if (Math.max(...looks.map((look) => look.sharpness)) < rules.minSharpness) return 'blurred'
  if (Math.abs(neutral.noseAcross) > rules.maxRestingYaw) return 'turned-away'
  return null
}

/** In the dark the detector finds nobody: then light is what helps. A black picture is a covered or absent camera. */
function whyNoFace(course: Course): QualityReason {
  const light = lightOfPictures(course)
  return light > 4 && light < 40 ? 'too-dark' : 'no-face'
}

const lightOfPictures = ({ pictures }: Course) =>
  median(sampleEvenly(pictures, 3).map(({ picture }) => mean(greyOf(picture).luma)))

const sampleLooks = (course: Course) =>
  sampleEvenly(course.moments, 5).map((m) => lookOf(pictureAt(course, m.frame), m.box))

/**
 * Luma of a face from which light is called dim or bright: twice what a check-in needs at least, and the last fifth
 * before it is too much. For counting refusals only; no verdict asks for it.
 */
const DIM_BELOW = 60
const BRIGHT_FROM = 185

/** How bright the face was: the median of sampled frames; of the whole pictures where there was no face. */
export function readLight(course: Course): Light {
  const luma =
    course.moments.length > 0 ? median(sampleLooks(course).map(({ light }) => light)) : lightOfPictures(course)
  if (luma < DIM_BELOW) return 'dim'
  return luma < BRIGHT_FROM ? 'normal' : 'bright'
}

function mean(values: Float32Array): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length
}

const SIZE = 64

/** Reads the inner square of a face box. */
export function lookOf(picture: Picture, box: Rect): FaceLook {
  const grey = resampleLuma(picture, squareAround(box, 0.6), SIZE, SIZE)
  const light = grey.reduce((sum, v) => sum + v, 0) / grey.length
  const contrast = Math.sqrt(grey.reduce((sum, v) => sum + (v - light) ** 2, 0) / grey.length)
  let energy = 0
  for (let y = 1; y < SIZE - 1; y++)
    for (let x = 1; x < SIZE - 1; x++) {
      const i = y * SIZE + x
      const laplacian = at(i - 1) + at(i + 1) + at(i - SIZE) + at(i + SIZE) - 4 * at(i)
      energy += laplacian * laplacian
    }
  const burnt = grey.reduce((sum, v) => sum + (v > 250 ? 1 : 0), 0) / grey.length
  return { light, burnt, sharpness: energy / (SIZE - 2) ** 2 / Math.max(25, contrast * contrast) }

  function at(i: number): number {
    return grey[i] as number
  }
}
