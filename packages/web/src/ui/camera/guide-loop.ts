import type { CameraFrame } from './camera-frames.ts'
import type { FaceGuide, FaceReading } from './face-reading.ts'

/** At 15 frames a second none is further from the next than 67 ms; a longer gap means that the phone is struggling. */
const LATE_GAP_MS = 100
/** A guide that was in the way rests for this many times as long as it worked … */
const REST_FACTOR = 2
const FIRST_REST_MAX_MS = 2_000
/** … and twice as long each further time in a row: at last for a whole action, whose blink would fall into such a gap. */
const LONGEST_REST_MS = 8_000
/** In the way this often in a row, it leads nobody any more: words and the clock do. */
const LATE_READS_UNTIL_LOST = 3
/** A picture that took so long says it at once. */
const HOPELESS_MS = 1_000

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
  let lateReads = 0
  let restUntilMs = 0

  async function ask(asked: FaceGuide, frame: CameraFrame) {
    isAsking = true
    wasLate = false
    try {
      const reading = await asked.read(await frame.take())
      const nowMs = performance.now()
      const workedMs = nowMs - frame.nowMs
      if (!wasLate) lateReads = 0
      else lateReads = workedMs > HOPELESS_MS ? LATE_READS_UNTIL_LOST : lateReads + 1
      if (wasLate) restUntilMs = nowMs + restAfter(workedMs, lateReads)
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
    /** A guide is at work, has read at least one picture, and keeps up well enough to lead. */
    isGuiding: () => working !== null && hasRead && lateReads < LATE_READS_UNTIL_LOST,
  }
}

/** @param lateReads how many reads in a row were in the way, with the last, which took `workedMs` */
function restAfter(workedMs: number, lateReads: number): number {
  return Math.min(LONGEST_REST_MS, 2 ** (lateReads - 1) * Math.min(FIRST_REST_MAX_MS, REST_FACTOR * workedMs))
}
