import type { Action, FaceEvidence, OperatingPoints, QualityReason, ScreenLight } from '@app/domain'

/** One picture of an upload: JPEG bytes and when it was taken, in ms since the challenge was shown (the phone's clock). */
export type Frame = { jpeg: Uint8Array; atMs: number; kind: 'small' | 'full' }

/** When the page showed each instruction: may narrow where an action is looked for, never help it. */
export type Timing = { kind: 'free' } | { kind: 'prompted'; prompts: { action: Action; shownAtMs: number }[] }

/** The light of each colour the screen showed and when, the neutral one first, and every light there is. */
export type Flash =
  | { kind: 'none' }
  | { kind: 'shown'; steps: { light: ScreenLight; shownAtMs: number }[]; endedAtMs: number; palette: ScreenLight[] }

export type ReadRequest = {
  frames: Frame[]
  actions: Action[]
  timing: Timing
  flash: Flash
  purpose: 'check-in' | 'enrolment'
}

/** What embeds the faces that `ReadFrames` answers with: its name is in all evidence, and its thresholds judge it. */
export type FaceModel = { name: string; operatingPoints: OperatingPoints }

/** What a use case may ask of the vision package; it comes in as a dependency. Rejects with a `VisionProblem`. */
export type ReadFrames = (request: ReadRequest) => Promise<FaceEvidence>

/** What one photo shows; it says nothing about anybody being alive. */
export type PhotoEvidence =
  | { kind: 'unusable'; because: QualityReason | 'unreadable' }
  | { kind: 'face'; probe: Float32Array; model: string; thumbnail: Uint8Array }

/** Rejects with a `VisionProblem`: `busy`, or `down` when the reader broke on it. */
export type ReadPhoto = (file: Uint8Array) => Promise<PhotoEvidence>

/** What is wrong with an upload before anything is said about the face in it. */
export type BadFramesProblem =
  | 'not-an-image'
  | 'truncated-image'
  | 'image-too-large'
  | 'frames-out-of-order'
  | 'too-many-frames'
  | 'too-few-frames'

/**
 * Why an upload got no evidence. `busy`: the queue is full, nothing was read, the same frames may come again.
 * `down`: the reader broke on it; whatever else `readFrames` rejects with is taken for that too.
 */
export class VisionProblem extends Error {
  readonly problem: BadFramesProblem | 'busy' | 'down'
  /** Index of the first bad frame; null when it is about all of them or none. */
  readonly frame: number | null

  constructor(problem: BadFramesProblem | 'busy' | 'down', frame: number | null, options?: ErrorOptions) {
    super(frame === null ? problem : `${problem} (frame ${frame})`, options)
    this.name = 'VisionProblem'
    this.problem = problem
    this.frame = frame
  }
}
