import sharp from 'sharp'
import { BadFrames } from '../bad-frames.ts'
import type { Picture } from '../geometry/picture.ts'

sharp.concurrency(1)
sharp.cache(false)

/** Decodes one JPEG that `readJpegHeader` has let through. @throws BadFrames when the pixels do not decode */
export async function decodeJpeg(jpeg: Uint8Array, frame: number): Promise<Picture> {
  try {
    const { data, info } = await sharp(jpeg, { failOn: 'warning', limitInputPixels: 4_000_000, sequentialRead: true })
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 3) throw new BadFrames('not-an-image', frame)
    return { width: info.width, height: info.height, rgb: data }
  } catch (error) {
    if (error instanceof BadFrames) throw error
    const truncated = /premature|truncat|end of/i.test(String(error))
    throw new BadFrames(truncated ? 'truncated-image' : 'not-an-image', frame)
  }
}
