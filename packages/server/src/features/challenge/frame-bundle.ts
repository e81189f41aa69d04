import { FrameBundle } from '@app/contract'
import { Failure } from '../../platform/failure.ts'
import { toStorable } from '../../platform/storable.ts'
import type { Frame } from '../../platform/vision.ts'

/** What the form's `bundle` field says. @throws Failure `bad-input` when it is not a bundle at all */
export function parseBundle(text: string): FrameBundle {
  const parsed = FrameBundle.safeParse(readJson(text))
  if (parsed.success) return toStorable(parsed.data, 'body.bundle')
  throw new Failure('bad-input', {
    fields: parsed.error.issues.slice(0, 20).map((issue) => ({
      path: ['body.bundle', ...issue.path].join('.'),
      message: issue.message,
    })),
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Failure('bad-input', { fields: [{ path: 'body.bundle', message: 'not JSON' }] })
  }
}

/** A JPEG starts with its start-of-image marker and the first byte of another. */
const startsAsJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/**
 * Cuts the file part into its frames.
 * @throws Failure `frames-unreadable` when the declared lengths are not exactly the file's, or a piece is no JPEG
 */
export function cutFrames(bundle: FrameBundle, file: Buffer): Frame[] {
  const declared = bundle.frames.reduce((sum, frame) => sum + frame.bytes, 0)
  if (declared !== file.length) throw new Failure('frames-unreadable')
  let from = 0
  return bundle.frames.map(({ kind, atMs, bytes }, i) => {
    const jpeg = file.subarray(from, from + bytes)
    from += bytes
    if (!startsAsJpeg(jpeg)) throw new Failure('frames-unreadable', { frame: i })
    return { jpeg, atMs, kind }
  })
}
