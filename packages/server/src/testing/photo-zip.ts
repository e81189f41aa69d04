import { type ReadPhoto, VisionProblem } from '../platform/vision.ts'
import { faceOf } from './builders-faces.ts'
import { aZip } from './builders-sheets.ts'

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff, 0xe0])

/** A photo that says whose face it shows, or why it is not usable; begins like a JPEG. */
export const aPhoto = (shows: string): Buffer => Buffer.concat([JPEG_START, Buffer.from(shows)])

/** A zip of such photos, by file name. */
export const aPhotoZip = (photos: Record<string, string>): Buffer =>
  aZip(Object.entries(photos).map(([name, shows]) => ({ name, bytes: aPhoto(shows), stored: true })))

/** Reads what `aPhoto` wrote: `!because` is unusable, `?` breaks the reader, anything else is a face of that name. */
export const readShownPhoto: ReadPhoto = async (file) => {
  const shows = Buffer.from(file.subarray(JPEG_START.length)).toString()
  if (shows === '?') throw new VisionProblem('down', null)
  if (shows.startsWith('!')) return { kind: 'unusable', because: shows.slice(1) as 'blurred' }
  return { kind: 'face', probe: faceOf(shows), model: 'a-model@1', thumbnail: Buffer.from(`thumbnail of ${shows}`) }
}
