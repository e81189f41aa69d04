import { type CameraFrame, fitInside, onCameraFrame, sizeOf } from './camera-frames.ts'
import { QUALITY_FULL } from './frame-budget.ts'
import type { FrameEncoder } from './frame-encoder.ts'
import { createPacing } from './frame-pacing.ts'
import type { FramePlan } from './frame-recorder.ts'
import type { CapturedFrame } from './frame-selection.ts'
import type { Light } from './framing.ts'

/** More frames than this waiting for the encoder mean that the phone cannot keep up; the camera's newest is let go then. */
const MAX_WAITING = 12
const SMALL_SIDE = 320
const FULL_SIDE = 640

type CaptureOptions = {
  video: HTMLVideoElement
  encoder: FrameEncoder
  /** `performance.now()` when the challenge was shown. */
  originMs: number
  /** Asked for each frame of the camera. */
  plan: (atMs: number) => FramePlan
  /** Told at once, before the JPEG exists, so that a plan can count on it. */
  onTaken: (kind: 'small' | 'full', atMs: number) => void
  onFrame: (frame: CapturedFrame & { quality: number; light: Light }) => void
  /** Each frame of the camera, taken or not: the guide looks at those it has time for. */
  onCameraFrame: (frame: CameraFrame) => void
}

export type Capture = {
  /** Stops taking frames and waits for those that are still being made. */
  stop: () => Promise<void>
}

/** Takes frames by the camera's own clock; it waits for nobody, least of all for the guide. */
export function startCapture(options: CaptureOptions): Capture {
  const { video, encoder, originMs } = options
  const isDue = createPacing()
  const inWork = new Set<Promise<void>>()
  const stopWatching = onCameraFrame(video, (frame) => {
    const atMs = frame.nowMs - originMs
    if (atMs < 0) return
    const plan = options.plan(atMs)
    options.onCameraFrame(frame)
    if (!isDue(frame.nowMs, plan.framesPerSecond) || inWork.size >= MAX_WAITING) return
    options.onTaken(plan.kind, atMs)
    // One frame that could not be made is a gap of 67 ms; the server judges what is there.
    const work: Promise<void> = make(frame, plan, atMs)
      .catch(() => {})
      .finally(() => inWork.delete(work))
    inWork.add(work)
  })

  async function make(frame: CameraFrame, plan: FramePlan, atMs: number): Promise<void> {
    const picture = await frame.take()
    const size = fitInside(sizeOf(picture), plan.kind === 'full' ? FULL_SIDE : SMALL_SIDE)
    const quality = plan.kind === 'full' ? QUALITY_FULL : plan.quality
    const { jpeg, light } = await encoder.encode({ picture, ...size, quality })
    options.onFrame({ kind: plan.kind, atMs, jpeg, part: plan.part, quality, light })
  }

  return {
    async stop() {
      stopWatching()
      await Promise.allSettled(inWork)
    },
  }
}
