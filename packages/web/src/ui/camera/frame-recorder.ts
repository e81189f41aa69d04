import { FRAMES_MAX_BYTES, type FrameBundle } from '@app/contract'
import {
  chooseQuality,
  FRAMES_PER_SECOND,
  POSITION_FRAMES_PER_SECOND,
  type Spending,
  spend,
  startSpending,
} from './frame-budget.ts'
import { fullFramesAfter } from './frame-pacing.ts'
import { type CapturedFrame, packFrames } from './frame-selection.ts'
import type { Sequence } from './sequence.ts'

/** Room for what the form adds around the pictures, and for the last frames, which are made before they are counted. */
const UPLOAD_LIMIT_BYTES = FRAMES_MAX_BYTES - 48 * 1024
/** Of the wait before the first instruction the recorder remembers this much. */
const POSITION_REMEMBERED_MS = 2_000
const FULL_GAP_MS = 180
/** Without a guide nobody knows that the face is held still; by then it mostly is. */
const UNGUIDED_FULL_MS = 1_500

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
  let lastFull = { place: '', count: 0, atMs: Number.NEGATIVE_INFINITY }

  /** Full frames are taken of a face that looks straight ahead: while it is held still, and after it has come back. */
  function isFullDue({ phase }: Sequence, atMs: number, isGuided: boolean): boolean {
    if (atMs - lastFull.atMs < FULL_GAP_MS) return false
    const taken = lastFull.place === placeOf(phase) ? lastFull.count : 0
    if (phase.kind === 'position')
      return taken < fulls.atStart && (phase.heldSinceMs !== null || (!isGuided && atMs > UNGUIDED_FULL_MS))
    if (phase.kind === 'return')
      return taken < (fulls.afterEach[phase.index] ?? 0) && atMs - phase.sinceMs >= 2 * FULL_GAP_MS
    return false
  }

  /** The wait before the first instruction may be long; only its end is sent, so only that is paid for. */
  function forgetEarlyWait(atMs: number) {
    for (let first = frames[0]; first !== undefined && first.atMs < atMs - POSITION_REMEMBERED_MS; first = frames[0]) {
      frames.shift()
      const isFull = first.kind === 'full'
      spending = {
        ...spending,
        spentBytes: spending.spentBytes - first.jpeg.size,
        fullsLeft: spending.fullsLeft + (isFull ? 1 : 0),
      }
      if (isFull) lastFull = { ...lastFull, count: Math.max(0, lastFull.count - 1) }
    }
  }

  return {
    plan(sequence: Sequence, atMs: number, isGuided: boolean): FramePlan {
      const part = sequence.phase.kind === 'finished' ? 'return' : sequence.phase.kind
      return {
        framesPerSecond: part === 'position' ? POSITION_FRAMES_PER_SECOND : FRAMES_PER_SECOND,
        kind: isFullDue(sequence, atMs, isGuided) ? 'full' : 'small',
        quality: chooseQuality(spending, sequence, atMs),
        part,
      }
    },
    /** Told when a frame is taken, before its JPEG exists, so that the next plan counts on it. */
    taken(kind: 'small' | 'full', { phase }: Sequence, atMs: number) {
      if (kind === 'small') return
      const place = placeOf(phase)
      lastFull = { place, count: lastFull.place === place ? lastFull.count + 1 : 1, atMs }
    },
    add(frame: CapturedFrame, quality: number) {
      spending = spend(spending, { kind: frame.kind, bytes: frame.jpeg.size, quality })
      frames.push(frame)
      if (frame.part === 'position') forgetEarlyWait(frame.atMs)
    },
    pack: (prompts: FrameBundle['prompts'], cameraLabel: string): FacePictures =>
      packFrames(frames, { prompts, cameraLabel, limitBytes: UPLOAD_LIMIT_BYTES }),
  }
}

function placeOf(phase: Sequence['phase']): string {
  return phase.kind === 'action' || phase.kind === 'return' ? `${phase.kind} ${phase.index}` : phase.kind
}
