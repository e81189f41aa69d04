import type { CameraFrame } from './camera-frames.ts'
import type { FaceGuide, FaceReading } from './face-reading.ts'

/** At 15 frames a second none is further from the next than 67 ms; a longer gap means that the phone is struggling. */
const LATE_GAP_MS = 100
const LONGEST_REST_MS = 2_000
/** A guide that was in the way rests for this many times as long as it worked. */
const REST_FACTOR = 2

/**
 * Offers the guide a picture whenever it has time; a guide that breaks down is let go, and the rest goes on without.
 * When frames came late while it worked, it rests: taking frames comes first.
 */
export function createGuideLoop(guide: FaceGuide | null, onReading: (reading: FaceReading) => void) {
  let working = guide
  let isAsking = false
  let hasRead = false
  let lastFrameMs = Number.POSITIVE_INFINITY
  let wasLate = false
  let restUntilMs = 0

  async function ask(asked: FaceGuide, frame: CameraFrame) {
    isAsking = true
    wasLate = false
    try {
      const reading = await asked.read(await frame.take())
      const nowMs = performance.now()
      if (wasLate) restUntilMs = nowMs + Math.min(LONGEST_REST_MS, REST_FACTOR * (nowMs - frame.nowMs))
      hasRead = true
      onReading(reading)
    } catch {
      working = null
    } finally {
      isAsking = false
    }
  }

  return {
    offer(frame: CameraFrame) {
      wasLate ||= frame.nowMs - lastFrameMs > LATE_GAP_MS
      lastFrameMs = frame.nowMs
      const isFree = !isAsking && frame.nowMs >= restUntilMs
      if (working !== null && isFree && !working.isBusy()) void ask(working, frame)
    },
    /** A guide is at work and has read at least one picture. */
    isGuiding: () => working !== null && hasRead,
  }
}
