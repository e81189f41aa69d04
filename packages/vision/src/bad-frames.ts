/** What is wrong with an upload, before anything is said about the face in it. */
export type BadFramesCode =
  | 'not-an-image'
  | 'truncated-image'
  | 'image-too-large'
  | 'frames-out-of-order'
  | 'too-many-frames'
  | 'too-few-frames'

/** The frames cannot be read at all; `frame` is the index of the first bad one, `null` when it is about all of them. */
export class BadFrames extends Error {
  override name = 'BadFrames'
  readonly code: BadFramesCode
  readonly frame: number | null
  constructor(code: BadFramesCode, frame: number | null) {
    super(frame === null ? code : `${code} (frame ${frame})`)
    this.code = code
    this.frame = frame
  }
}

/** Every worker is busy and the queue is full; try again in a moment. */
export class VisionBusy extends Error {
  override name = 'VisionBusy'
}
