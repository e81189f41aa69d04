import jpegTurbo from '@julusian/jpeg-turbo'
import sharp from 'sharp'
import { BadFrames } from '../bad-frames.ts'
import type { Picture } from '../geometry/picture.ts'
import { readJpegHeader } from '../jpeg-header.ts'

sharp.concurrency(1)
sharp.cache(false)

const { FORMAT_RGB } = jpegTurbo

/** Start of a scan. A second one may be a thumbnail's, or one of thousands that cost a decoder seconds. */
const SCAN = Buffer.from([0xff, 0xda])

/**
 * Decodes a small frame that `readJpegHeader` has let through. Plain ones go straight to libjpeg-turbo: the pipeline that
 * sharp builds for each picture costs five times what its pixels do. Whatever is odd goes to sharp, whose limits and
 * errors are the ones that count.
 * @throws BadFrames when the pixels do not decode
 */
export async function decodeSmall(jpeg: Uint8Array, frame: number): Promise<Picture> {
  return decodePlain(jpeg) ?? decodeJpeg(jpeg, frame)
}

function decodePlain(jpeg: Uint8Array): Picture | null {
  const header = readJpegHeader(jpeg)
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  if (header.kind !== 'jpeg' || bytes.indexOf(SCAN) !== bytes.lastIndexOf(SCAN)) return null
  const { width, height } = header
  const rgb = Buffer.allocUnsafe(width * height * 3)
  try {
    // It refuses a picture larger than the room it is given, so the size in the header is the size that counts.
    const { size } = jpegTurbo.decompressSync(bytes, rgb, { format: FORMAT_RGB })
    return size === rgb.length ? { width, height, rgb } : null
  } catch {
    return null
  }
}

/**
 * Decodes one JPEG that `readJpegHeader` has let through, by the exact transform: the quick one of `decodeSmall` is off
 * by a grey level or two, which moiré and fine detail would be read from.
 * @throws BadFrames when the pixels do not decode
 */
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
