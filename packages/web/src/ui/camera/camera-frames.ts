import { FRAMES_PER_SECOND } from './frame-pacing.ts'

/** One picture of the camera; whoever takes it closes it. */
export type Picture = ImageBitmap | VideoFrame

/** What a listener may do with the camera's current frame, before it is gone. */
export type CameraFrame = {
  /** When it was taken, on the clock of `performance.now()`. */
  nowMs: number
  /** May be called more than once: each call gives a picture of one's own. */
  take: () => Promise<Picture>
}

/** Not in every browser, and not yet in TypeScript's list (W3C, MediaStreamTrack Insertable Streams). */
type TrackProcessor = { readable: ReadableStream<VideoFrame> }
declare const MediaStreamTrackProcessor:
  | { new (init: { track: MediaStreamTrack; maxBufferSize: number }): TrackProcessor }
  | undefined

/** Frames that may wait while the page is busy: a fifth of a second at 30 a second; cameras own few more. */
const FRAMES_WAITING = 6

/**
 * Calls back for each new frame of the camera, and returns how to stop.
 * Where the browser hands out the track's own frames they are taken from there: they come on time even while the
 * screen is slow to draw, as it is when the guide keeps a weak graphics chip busy.
 */
export function onCameraFrame(video: HTMLVideoElement, listener: (frame: CameraFrame) => void): () => void {
  const track = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined
  if (track !== undefined && typeof MediaStreamTrackProcessor === 'function') return fromTrack(track, listener)
  const frameOf = (): CameraFrame => ({ nowMs: performance.now(), take: () => createImageBitmap(video) })
  if ('requestVideoFrameCallback' in video) return fromVideo(video, () => listener(frameOf()))
  const timer = setInterval(() => listener(frameOf()), 1000 / FRAMES_PER_SECOND)
  return () => clearInterval(timer)
}

function fromTrack(track: MediaStreamTrack, listener: (frame: CameraFrame) => void): () => void {
  if (MediaStreamTrackProcessor === undefined) throw new Error('asked for a track processor that is not there')
  // A clone: the preview keeps its own track, and stopping this one leaves it alone.
  const own = track.clone()
  const clock = createFrameClock()
  const reader = new MediaStreamTrackProcessor({ track: own, maxBufferSize: FRAMES_WAITING }).readable.getReader()
  let isWanted = true
  const read = async (): Promise<void> => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const frame = next.value
      if (isWanted) listener({ nowMs: clock(frame.timestamp, performance.now()), take: async () => frame.clone() })
      frame.close()
    }
  }
  read().catch(() => {})
  return () => {
    isWanted = false
    // The stream ends with its track; until then the loop closes what still waits, or the camera runs out of buffers.
    own.stop()
  }
}

/**
 * Puts the camera's own times on the page's clock: what waited for the page is not later for that.
 * The quickest delivery so far tells how the two clocks stand to each other.
 */
export function createFrameClock() {
  let offsetMs = Number.POSITIVE_INFINITY
  return (timestampUs: number, arrivedAtMs: number): number => {
    offsetMs = Math.min(offsetMs, arrivedAtMs - timestampUs / 1000)
    return timestampUs / 1000 + offsetMs
  }
}

function fromVideo(video: HTMLVideoElement, listener: () => void): () => void {
  let handle = 0
  const again = () => {
    handle = video.requestVideoFrameCallback(() => {
      again()
      listener()
    })
  }
  again()
  return () => video.cancelVideoFrameCallback(handle)
}

/** Width and height of what is seen, whichever kind of picture it is. */
export function sizeOf(picture: Picture): { width: number; height: number } {
  return picture instanceof ImageBitmap
    ? { width: picture.width, height: picture.height }
    : { width: picture.displayWidth, height: picture.displayHeight }
}

/** The size with the same shape whose longer side is at most `side`: never letterboxed, never enlarged. */
export function fitInside({ width, height }: { width: number; height: number }, side: number) {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
