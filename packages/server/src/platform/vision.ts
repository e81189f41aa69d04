import type { Action, FaceEvidence } from '@app/domain'

/** One picture of an upload: JPEG bytes and when it was taken, in ms since the challenge was shown (the phone's clock). */
export type Frame = { jpeg: Uint8Array; atMs: number; kind: 'small' | 'full' }

/** When the page showed each instruction: may narrow where an action is looked for, never help it. */
export type Timing = { kind: 'free' } | { kind: 'prompted'; prompts: { action: Action; shownAtMs: number }[] }

export type ReadRequest = { frames: Frame[]; actions: Action[]; timing: Timing; purpose: 'check-in' | 'enrolment' }

/** What a use case may ask of the vision package; it comes in as a dependency. Rejects with `VisionProblem`s only when frames are bad. */
export type ReadFrames = (request: ReadRequest) => Promise<FaceEvidence>
