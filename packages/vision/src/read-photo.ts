import sharp from 'sharp'
import type { PhotoEvidence } from './evidence.ts'
import { hasCompany, nearest } from './follow-head.ts'
import { squareAround } from './geometry/boxes.ts'
import { headShape } from './geometry/head-shape.ts'
import type { Picture, Rect } from './geometry/picture.ts'
import { lookOf, QUALITY_RULES } from './quality.ts'
import type { Stages } from './stages/stages.ts'

/** Photos are read at no more than this many pixels a side: a face of a class photo is still large enough there. */
const LONGEST_SIDE = 1280
/** What a photo may have at most; what is larger is no photo of a student but a way to fill the memory. */
const MAX_PIXELS = 60_000_000
/** Height of a face in pixels under which its description is unsteady; a challenge's full frames show 120 and more. */
const MIN_FACE_PX = 90

const THUMBNAIL_PX = 160

/** Describes the one face of a photo; quality is asked for as for an enrolment. Nothing here says that anybody is alive. */
export function createPhotoReader(stages: Stages) {
  return async (file: Uint8Array): Promise<PhotoEvidence> => {
    const picture = await decodePhoto(file)
    if (!picture) return { kind: 'unusable', because: 'unreadable' }
    const found = await stages.detect(picture)
    const box = nearest(found)
    if (!box) return { kind: 'unusable', because: 'no-face' }
    if (hasCompany(found)) return { kind: 'unusable', because: 'several-faces' }
    const points = await stages.placeLandmarks(picture, box)
    const because = whyPoor(picture, box, headShape(points).noseAcross)
    if (because) return { kind: 'unusable', because }
    return {
      kind: 'face',
      probe: await stages.embed(picture, points, 'with-mirror'),
      model: stages.embedderName,
      thumbnail: await thumbnailOf(picture, box),
    }
  }
}

function whyPoor(picture: Picture, box: Rect, noseAcross: number) {
  const rules = QUALITY_RULES.enrolment
  const look = lookOf(picture, box)
  if (box.height < MIN_FACE_PX) return 'too-far'
  if (look.light < rules.minLight) return 'too-dark'
  if (look.light > rules.maxLight || look.burnt > rules.maxBurnt) return 'too-bright'
  if (look.sharpness < rules.minSharpness) return 'blurred'
  if (Math.abs(noseAcross) > rules.maxRestingYaw) return 'turned-away'
  return null
}

/** Upright, in sRGB, without transparency; null for what does not decode. */
async function decodePhoto(file: Uint8Array): Promise<Picture | null> {
  try {
    const { data, info } = await sharp(file, { failOn: 'error', limitInputPixels: MAX_PIXELS })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return info.channels === 3 ? { width: info.width, height: info.height, rgb: data } : null
  } catch {
    return null
  }
}

/** A small JPEG of the face alone, for the person who looks through a batch. */
async function thumbnailOf({ width, height, rgb }: Picture, box: Rect): Promise<Uint8Array> {
  const square = squareAround(box, 1.5)
  const left = Math.max(0, Math.floor(square.x))
  const top = Math.max(0, Math.floor(square.y))
  const right = Math.min(width, Math.ceil(square.x + square.width))
  const bottom = Math.min(height, Math.ceil(square.y + square.height))
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .extract({ left, top, width: right - left, height: bottom - top })
    .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'cover' })
    .jpeg({ quality: 70 })
    .toBuffer()
}
