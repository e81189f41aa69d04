import { FRAMES_MAX_BYTES, type FrameBundle } from '@app/contract'
import { chooseQuality, type Spending, spend, startSpending } from './frame-budget.ts'
import { FRAMES_PER_SECOND, fullFramesAfter, POSITION_FRAMES_PER_SECOND } from './frame-pacing.ts'
import { type CapturedFrame, POSITION_KEPT_MS, packFrames } from './frame-selection.ts'
import type { Sequence } from './sequence.ts'

/** Room for what the form adds around the pictures, and for the last frames, which are made before they are counted. */
const UPLOAD_LIMIT_BYTES = FRAMES_MAX_BYTES - 48 * 1024
const FULL_GAP_MS = 180
/** While nobody knows when the wait will end, so that its last moments always hold four. */
const WAITING_FULL_GAP_MS = 400
/** Without a guide nobody knows that the face is held still; by then it mostly is. */
const UNGUIDED_FULL_MS = 1_500
/** With one, this long is waited for the face to be held before any picture is better than none. */
const IMPATIENT_FULL_MS = 4_500
/** By then the eyes are open again and the head is on its way. */
const BACK_AFTER_MS = 360

/** What to make of the camera's current frame. */
export type FramePlan = {
  framesPerSecond: number
  kind: 'small' | 'full'
  quality: number
  part: CapturedFrame['part']
}

export type FacePictures = { bundle: FrameBundle; file: Blob }

/** Decides how each frame is taken, keeps the account of bytes, and packs what is sent. */
export function createFrameRecorder(actionCount: number) {
  const fulls = fullFramesAfter(actionCount)
  const frames: CapturedFrame[] = []
  let spending: Spending = startSpending(UPLOAD_LIMIT_BYTES, fulls.atStart + fulls.afterEach.reduce((a, b) => a + b, 0))
  let fullsTaken = 0
  let lastFullMs = Number.NEGATIVE_INFINITY

  /**
   * Full frames are taken of a face that looks straight ahead: while it is held still, and after it has come back.
   * What was missed at one place is made up for at the next.
   */
  function isFullDue({ phase }: Sequence, atMs: number, isGuided: boolean): boolean {
    if (atMs - lastFullMs < FULL_GAP_MS) return false
    if (phase.kind === 'position') {
      if (phase.heldSinceMs !== null) return fulls.atStart > fullsTaken
      return atMs > (isGuided ? IMPATIENT_FULL_MS : UNGUIDED_FULL_MS) && atMs - lastFullMs >= WAITING_FULL_GAP_MS
    }
    if (phase.kind !== 'return' || atMs - phase.sinceMs < BACK_AFTER_MS) return false
    const dueByNow = fulls.afterEach.slice(0, phase.index + 1).reduce((a, b) => a + b, fulls.atStart)
    return fullsTaken < dueByNow
  }

  /** The wait before the first instruction may be long; only its end is sent, so only that is paid for. */
  function forgetEarlyWait(atMs: number) {
    for (let first = frames[0]; first !== undefined && first.atMs < atMs - POSITION_KEPT_MS; first = frames[0]) {
      frames.shift()
      const isFull = first.kind === 'full'
      spending = {
        ...spending,
        spentBytes: spending.spentBytes - first.jpeg.size,
        fullsLeft: spending.fullsLeft + (isFull ? 1 : 0),
      }
      if (isFull) fullsTaken--
    }
  }

  return {
    plan(sequence: Sequence, atMs: number, isGuided: boolean): FramePlan {
      const part = sequence.phase.kind === 'finished' ? 'return' : sequence.phase.kind
      return {
        framesPerSecond: part === 'position' || part === 'flash' ? POSITION_FRAMES_PER_SECOND : FRAMES_PER_SECOND,
        kind: isFullDue(sequence, atMs, isGuided) ? 'full' : 'small',
        quality: chooseQuality(spending, sequence, atMs),
        part,
      }
    },
    /** Told when a frame is taken, before its JPEG exists, so that the next plan counts on it. */
    taken(kind: 'small' | 'full', atMs: number) {
      if (kind === 'small') return
      fullsTaken++
      lastFullMs = atMs
    },
    add(frame: CapturedFrame, quality: number) {
      spending = spend(spending, { kind: frame.kind, bytes: frame.jpeg.size, quality })
      frames.push(frame)
      if (frame.part === 'position') forgetEarlyWait(frame.atMs)
    },
    pack: (told: Pick<FrameBundle, 'prompts' | 'flash' | 'cameraLabel'>): FacePictures =>
      packFrames(frames, { ...told, limitBytes: UPLOAD_LIMIT_BYTES }),
  }
}
