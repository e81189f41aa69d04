const START = Buffer.from([0xff, 0xd8, 0xff])
const END = Buffer.from([0xff, 0xd9])

/** Clips are made at this rate; Chromium's fake camera plays raw MJPEG at twice it, whatever the file. */
export const CLIP_FPS = 15
const FAKE_CAMERA_FPS = 30

/** The JPEGs of a raw MJPEG file, which hold no thumbnails. */
export function splitMjpeg(file: Buffer): Buffer[] {
  const frames: Buffer[] = []
  let from = file.indexOf(START)
  while (from >= 0) {
    const end = file.indexOf(END, from)
    if (end < 0) break
    frames.push(file.subarray(from, end + END.length))
    from = file.indexOf(START, end)
  }
  return frames
}

/** A file for Chromium's fake camera that shows `frames`, made at 15 a second, at their true speed. */
export function joinForFakeCamera(frames: readonly Buffer[]): Buffer {
  const times = FAKE_CAMERA_FPS / CLIP_FPS
  return Buffer.concat(frames.flatMap((frame) => Array.from({ length: times }, () => frame)))
}
