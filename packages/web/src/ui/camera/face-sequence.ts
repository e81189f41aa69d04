import type { FlashColour } from '@app/contract'
import type { ActionName } from './action-watch.ts'
import { startCapture } from './capture.ts'
import type { FaceGuide, FaceReading } from './face-reading.ts'
import type { FrameEncoder } from './frame-encoder.ts'
import { createFrameRecorder, type FacePictures } from './frame-recorder.ts'
import { type HeldHint, type Hint, hintFor, holdHint, type Light } from './framing.ts'
import { createGuideLoop } from './guide-loop.ts'
import { advance, flashOf, needsNudge, progressOf, type Sequence, startSequence } from './sequence.ts'

const TICK_MS = 100

/** What the page shows at one moment. */
export type SequenceView = {
  phase: Sequence['phase']['kind']
  /** The action asked for now, or just done. */
  action: ActionName | null
  /** Of an action that is over: whether the guide saw it. */
  wasSeen: boolean
  /** What the screen is to shine with now; null where it does not. */
  light: FlashColour | 'neutral' | null
  progress: number
  hint: Hint | null
  /** The action is asked for again, in other words. */
  isNudged: boolean
}

type RunOptions = {
  video: HTMLVideoElement
  cameraLabel: string
  encoder: FrameEncoder
  guide: FaceGuide | null
  actions: readonly ActionName[]
  /** Colours to show before the first action; null where none are asked for. */
  colours: readonly FlashColour[] | null
  signal: AbortSignal
  onView: (view: SequenceView) => void
}

/**
 * Leads through one challenge: shows what to do, takes frames all the while, and hands over what is to be sent.
 * Rejects with the signal's reason when it is aborted.
 */
export function runFaceSequence(options: RunOptions): Promise<FacePictures> {
  const { video, encoder, actions, colours, signal, onView } = options
  const originMs = performance.now()
  const recorder = createFrameRecorder(actions.length)
  let sequence = startSequence(actions, colours)
  let light: Light | null = null
  let reading: FaceReading | null = null
  let held: HeldHint = { wanted: null, sinceMs: 0, shown: null }

  return new Promise((resolve, reject) => {
    const guiding = createGuideLoop(options.guide, (next) => {
      reading = next
      step(next)
    })
    const capture = startCapture({
      video,
      encoder,
      originMs,
      plan: (atMs) => recorder.plan(sequence, atMs, guiding.isGuiding()),
      onTaken: recorder.taken,
      onFrame({ quality, light: seenLight, ...frame }) {
        light = seenLight
        recorder.add(frame, quality)
      },
      onCameraFrame: guiding.offer,
    })
    const timer = setInterval(() => step(null), TICK_MS)
    let isOver = false
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true })

    function step(newReading: FaceReading | null) {
      if (isOver) return
      const atMs = performance.now() - originMs
      sequence = advance(sequence, { atMs, reading: newReading, isGuided: guiding.isGuiding() })
      held = holdHint(held, hintFor(guiding.isGuiding() ? reading : null, light, sequence.phase.kind), atMs)
      onView(viewOf(sequence, held, atMs))
      if (sequence.phase.kind === 'finished') end(() => resolve(recorder.pack(told())))
    }

    function told() {
      return { prompts: sequence.prompts, flash: flashOf(sequence), cameraLabel: options.cameraLabel }
    }

    function end(then: () => void) {
      if (isOver) return
      isOver = true
      clearInterval(timer)
      void capture.stop().then(then)
    }
  })
}

function viewOf(sequence: Sequence, held: HeldHint, atMs: number): SequenceView {
  const { phase, actions, lights } = sequence
  return {
    phase: phase.kind,
    light: phase.kind === 'flash' ? (lights[phase.step] ?? null) : null,
    action: phase.kind === 'action' || phase.kind === 'return' ? (actions[phase.index] ?? null) : null,
    wasSeen: phase.kind === 'return' && phase.wasSeen,
    progress: progressOf(sequence),
    hint: held.shown,
    isNudged: needsNudge(sequence, atMs),
  }
}
