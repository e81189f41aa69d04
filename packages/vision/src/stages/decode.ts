import jpegTurbo from '@julusian/jpeg-turbo'
import sharp from 'sharp'
import { BadFrames } from '../bad-frames.ts'
import type { Picture } from '../geometry/picture.ts'
import { readJpegHeader } from '../jpeg-header.ts'

sharp.concurrency(1)
sharp.cache(false)

const { FORMAT_GRAY, FORMAT_RGB } = jpegTurbo

/** Start of a scan. A second one may be a thumbnail's, or one of thousands that cost a decoder seconds. */
const SCAN = Buffer.from([0xff, 0xda])

/** The luma of a decoded picture, one byte a pixel, row by row. */
export type Luma = { width: number; height: number; luma: Uint8Array }

/**
 * Decodes a frame that `readJpegHeader` has let through, where a grey level or two do not count. Plain ones go straight
 * to libjpeg-turbo: the pipeline that sharp builds for each picture costs five times what its pixels do. Whatever is odd
 * goes to sharp, whose limits and errors are the ones that count.
 * @throws BadFrames when the pixels do not decode
 */
export async function decodeQuickly(jpeg: Uint8Array, frame: number): Promise<Picture> {
  const plain = decodePlain(jpeg, FORMAT_RGB, (size) => Buffer.allocUnsafe(3 * size))
  return plain ? { width: plain.width, height: plain.height, rgb: plain.pixels } : decodeJpeg(jpeg, frame)
}

/**
 * As `decodeQuickly`, for frames of which only the luma is wanted: no colour is computed, and one piece of memory serves
 * for all of them. A picture is good until the next call.
 */
export function createLumaDecoder(): (jpeg: Uint8Array, frame: number) => Promise<Luma | Picture> {
  let room = Buffer.alloc(0)
  const roomFor = (size: number) => {
    if (room.length < size) room = Buffer.allocUnsafe(size)
    return room.subarray(0, size)
  }
  return async (jpeg, frame) => {
    const plain = decodePlain(jpeg, FORMAT_GRAY, roomFor)
    return plain ? { width: plain.width, height: plain.height, luma: plain.pixels } : decodeJpeg(jpeg, frame)
  }
}

/** `roomFor` gives the memory for a picture of so many pixels. `null` for what is not plain, or does not decode. */
function decodePlain(
  jpeg: Uint8Array,
  format: number,
  roomFor: (pixels: number) => Buffer,
): { width: number; height: number; pixels: Buffer } | null {
  const header = readJpegHeader(jpeg)
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  if (header.kind !== 'jpeg' || bytes.indexOf(SCAN) !== bytes.lastIndexOf(SCAN)) return null
  const { width, height } = header
  const pixels = roomFor(width * height)
  try {
    // It refuses a picture larger than the room it is given, so the size in the header is the size that counts.
    const { size } = jpegTurbo.decompressSync(bytes, pixels, { format })
    return size === pixels.length ? { width, height, pixels } : null
  } catch {
    return null
  }
}

/**
 * Decodes one JPEG that `readJpegHeader` has let through, by the exact transform: the quick one of `decodeQuickly` is off
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
