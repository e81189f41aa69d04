// The same shapes as packages/domain declares: vision imports no other package. A type test in the server holds them together.

/** One action of a challenge. Left and right are the person's own. */
export type Action = 'blink' | 'turn-left' | 'turn-right' | 'look-up' | 'look-down' | 'open-mouth' | 'smile'

/** Why the frames cannot be judged at all. */
export type QualityReason =
  | 'no-face'
  | 'several-faces'
  | 'too-dark'
  | 'too-bright'
  | 'blurred'
  | 'too-far'
  | 'too-near'
  | 'turned-away'
  | 'covered'

/** Whether an asked action was seen in the pixels, in its order and time. */
export type ActionEvidence = { action: Action; seen: boolean }

/** Parallax of the head's landmarks; `not-measured` when the head never turned far enough. */
export type SolidHead = { kind: 'measured'; residual: number; yawSpanDegrees: number } | { kind: 'not-measured' }

/** Colours the screen showed and when, the neutral one first, and all that it could have shown. */
export type Flash =
  | { kind: 'none' }
  | { kind: 'shown'; steps: { light: ScreenLight; shownAtMs: number }[]; endedAtMs: number; palette: ScreenLight[] }

/** Red, green and blue of a screen as linear light, in [0, 1]. */
type ScreenLight = readonly [number, number, number]

/** How the face answered them; `unseen` where the room's light hides any answer. */
export type FlashEvidence =
  | { kind: 'not-asked' }
  | { kind: 'unseen' }
  | { kind: 'seen'; agreement: number; inOrder: boolean }

/** A sign that frames did not come straight from a camera pointed at this moment. */
export type InjectionSign =
  | 'repeated-frames'
  | 'impossible-times'
  | 'seen-before'
  | 'virtual-camera'
  | 'software-animated'

/** How bright the face was, or the whole picture where no face was found. */
export type Light = 'dim' | 'normal' | 'bright'

/** What the pixels say, without any threshold of policy applied. Numbers about a face: not for clients or logs. */
export type FaceEvidence =
  | { kind: 'unusable'; because: QualityReason; light: Light }
  /** An asked action was not seen, so that the face was not looked at any closer. */
  | { kind: 'unfinished'; missing: Action; light: Light; injection: InjectionSign[]; frameHashes: string[] }
  | {
      kind: 'face'
      light: Light
      actions: ActionEvidence[]
      /** Lowest cosine similarity of any sampled frame to the first good one, in [-1, 1]. */
      sameFace: number
      /** Calibrated probability of being bona fide, in [0, 1]. */
      genuine: number
      solidHead: SolidHead
      flash: FlashEvidence
      injection: InjectionSign[]
      /** Mean embedding of the good frames, unit norm. */
      probe: Float32Array
      goodFrames: number
      /** Lowest pairwise cosine similarity among the good frames. */
      agreement: number
      /** Name and version of the embedder. */
      model: string
      /** Perceptual hashes of sampled frames, 32 lower-case hex digits each, for the server to remember for a day. */
      frameHashes: string[]
    }

/** One camera frame of an upload. */
export type Frame = {
  jpeg: Uint8Array
  /** Milliseconds since the challenge was shown, by the phone's clock; strictly increasing. */
  atMs: number
  /** `small`: the course of the actions; `full`: matching and anti-spoofing. */
  kind: 'small' | 'full'
}

/** When the page showed each instruction. It may only constrain what counts, never help. */
export type Timing = { kind: 'free' } | { kind: 'prompted'; prompts: { action: Action; shownAtMs: number }[] }

/** One upload to be read. Enrolment is stricter about quality than check-in. */
export type ReadRequest = {
  frames: Frame[]
  actions: Action[]
  timing: Timing
  flash: Flash
  purpose: 'check-in' | 'enrolment'
}

/** What one photo shows, for a template that a live check-in has yet to confirm. */
export type PhotoEvidence =
  | { kind: 'unusable'; because: QualityReason | 'unreadable' }
  /** `probe`: unit norm. `thumbnail`: a small JPEG of the face alone. */
  | { kind: 'face'; probe: Float32Array; model: string; thumbnail: Uint8Array }
