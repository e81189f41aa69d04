import { FLASH_STEP_MS, type FlashColour, type FrameBundle, shownFor } from '@app/contract'
import {
  type ActionName,
  type ActionWatch,
  learnNeutral,
  nextWatch,
  startWatch,
  watchAction,
  watchReturn,
} from './action-watch.ts'
import type { FaceReading } from './face-reading.ts'
import { isInPosition } from './framing.ts'

/** The face is held still for this long before the first instruction … */
const HOLD_MS = 700
/** One picture might be a head on its way past; two are held. */
const HOLD_READINGS = 2
/** … or the first instruction comes anyway: the guide may be slow or missing. */
const POSITION_MAX_MS = 6_000
/** An action is waited for at most this long; the server decides what was in it. */
const ACTION_MAX_MS = 8_000
/** All actions together, so that the frames of five fit the upload too. */
const ACTIONS_MAX_MS = 20_000
/** Time for the tick to be noticed, and for the eyes to open or the head to come back before the next picture. */
const RETURN_MIN_MS = 500
const RETURN_MAX_MS = 1_500
/** Without a guide nobody can say that the head is back. */
const RETURN_UNGUIDED_MS = 900
/** From here an action that was not seen yet is asked for again in other words. */
const NUDGE_MS = 4_000

export type Phase =
  | { kind: 'position'; heldSinceMs: number | null; readings: number }
  /** The screen shows the light `step`; the face is held still. */
  | { kind: 'flash'; step: number; shownAtMs: number }
  | { kind: 'action'; index: number; shownAtMs: number }
  /** Back to looking straight ahead after action `index`. */
  | { kind: 'return'; index: number; sinceMs: number; wasSeen: boolean }
  | { kind: 'finished'; atMs: number }

/** All times are milliseconds since the challenge was shown. */
export type Sequence = {
  actions: readonly ActionName[]
  /** The lights to show before the first action, the neutral one first; empty where no colours are asked for. */
  lights: readonly (FlashColour | 'neutral')[]
  phase: Phase
  watch: ActionWatch
  prompts: FrameBundle['prompts']
  /** When each light was shown, and when the last one went out. */
  lightsShownAtMs: readonly number[]
  lightsEndedAtMs: number | null
  /** Which actions the guide saw and when; null where it did not. */
  seenAtMs: readonly (number | null)[]
}

/** `reading` is null for a plain tick of the clock. */
export type SequenceEvent = { atMs: number; reading: FaceReading | null; isGuided: boolean }

export function startSequence(actions: readonly ActionName[], colours: readonly FlashColour[] | null): Sequence {
  return {
    actions,
    lights: colours === null ? [] : shownFor(colours),
    phase: { kind: 'position', heldSinceMs: null, readings: 0 },
    watch: startWatch,
    prompts: [],
    lightsShownAtMs: [],
    lightsEndedAtMs: null,
    seenAtMs: [],
  }
}

/** The longest one action of this sequence is waited for. */
export function actionLimitMs(actionCount: number): number {
  return Math.min(ACTION_MAX_MS, ACTIONS_MAX_MS / Math.max(1, actionCount))
}

/** The longest the rest of the sequence can take; the frame budget plans with it. */
export function longestRestMs(sequence: Sequence, atMs: number): number {
  const { phase, actions } = sequence
  const each = actionLimitMs(actions.length) + RETURN_MAX_MS
  switch (phase.kind) {
    case 'position':
      return sequence.lights.length * FLASH_STEP_MS + actions.length * each
    case 'flash':
      return (sequence.lights.length - phase.step) * FLASH_STEP_MS + actions.length * each
    case 'action':
      return Math.max(0, phase.shownAtMs + each - atMs) + (actions.length - 1 - phase.index) * each
    case 'return':
      return Math.max(0, phase.sinceMs + RETURN_MAX_MS - atMs) + (actions.length - 1 - phase.index) * each
    case 'finished':
      return 0
  }
}

/** True when an action has been waited for so long that it should be asked for in other words. */
export function needsNudge(sequence: Sequence, atMs: number): boolean {
  return sequence.phase.kind === 'action' && atMs - sequence.phase.shownAtMs > NUDGE_MS
}

/** How much of the way is done, in [0, 1], for the ring round the oval. */
export function progressOf({ phase, actions }: Sequence): number {
  const steps = actions.length + 1
  switch (phase.kind) {
    case 'position':
      return phase.heldSinceMs === null ? 0 : 0.5 / steps
    case 'flash':
      return 0.5 / steps
    case 'action':
      return (1 + phase.index) / steps
    case 'return':
      return (2 + phase.index) / steps
    case 'finished':
      return 1
  }
}

/** The one step of the machine: what was, and what the clock or the guide says. */
export function advance(sequence: Sequence, event: SequenceEvent): Sequence {
  switch (sequence.phase.kind) {
    case 'position':
      return advancePosition(sequence, sequence.phase, event)
    case 'flash':
      return advanceFlash(sequence, sequence.phase, event)
    case 'action':
      return advanceAction(sequence, sequence.phase, event)
    case 'return':
      return advanceReturn(sequence, sequence.phase, event)
    case 'finished':
      return sequence
  }
}

function advancePosition(sequence: Sequence, phase: Phase & { kind: 'position' }, event: SequenceEvent): Sequence {
  if (event.atMs >= POSITION_MAX_MS) return light(sequence, 0, event.atMs)
  const next = event.reading === null ? sequence : lookAtPosition(sequence, phase, event.reading, event.atMs)
  const { heldSinceMs, readings } = next.phase.kind === 'position' ? next.phase : phase
  const isHeld = heldSinceMs !== null && event.atMs - heldSinceMs >= HOLD_MS && readings >= HOLD_READINGS
  return isHeld ? light(next, 0, event.atMs) : next
}

function advanceFlash(sequence: Sequence, phase: Phase & { kind: 'flash' }, event: SequenceEvent): Sequence {
  const isOver = event.atMs - phase.shownAtMs >= FLASH_STEP_MS
  return isOver ? light(sequence, phase.step + 1, event.atMs) : sequence
}

/** Shows the next light, or the first instruction after the last. */
function light(sequence: Sequence, step: number, atMs: number): Sequence {
  if (sequence.lights.length === 0) return ask(sequence, 0, atMs)
  if (step === sequence.lights.length) return ask({ ...sequence, lightsEndedAtMs: atMs }, 0, atMs)
  return {
    ...sequence,
    phase: { kind: 'flash', step, shownAtMs: atMs },
    lightsShownAtMs: [...sequence.lightsShownAtMs, atMs],
  }
}

/** What is told of the lights: null where none were asked for. */
export function flashOf({ lightsShownAtMs, lightsEndedAtMs }: Sequence): FrameBundle['flash'] {
  return lightsEndedAtMs === null ? null : { shownAtMs: [...lightsShownAtMs], endedAtMs: lightsEndedAtMs }
}

function lookAtPosition(
  sequence: Sequence,
  phase: Phase & { kind: 'position' },
  reading: FaceReading,
  atMs: number,
): Sequence {
  if (reading.main === null || !isInPosition(reading))
    return { ...sequence, watch: startWatch, phase: { kind: 'position', heldSinceMs: null, readings: 0 } }
  return {
    ...sequence,
    watch: learnNeutral(sequence.watch, reading.main),
    phase: { kind: 'position', heldSinceMs: phase.heldSinceMs ?? atMs, readings: phase.readings + 1 },
  }
}

function advanceAction(sequence: Sequence, phase: Phase & { kind: 'action' }, event: SequenceEvent): Sequence {
  const action = sequence.actions[phase.index]
  const shape = event.reading?.main ?? null
  if (action !== undefined && shape !== null) {
    const { watch, seen } = watchAction(sequence.watch, action, shape)
    if (seen) return goBack({ ...sequence, watch }, phase.index, event.atMs, true)
    if (watch !== sequence.watch) sequence = { ...sequence, watch }
  }
  const isOver = event.atMs - phase.shownAtMs >= actionLimitMs(sequence.actions.length)
  return isOver ? goBack(sequence, phase.index, event.atMs, false) : sequence
}

function advanceReturn(sequence: Sequence, phase: Phase & { kind: 'return' }, event: SequenceEvent): Sequence {
  const forMs = event.atMs - phase.sinceMs
  const shape = event.reading?.main ?? null
  const watch = shape === null ? sequence.watch : watchReturn(sequence.watch, shape)
  const isReady =
    forMs >= RETURN_MAX_MS ||
    (!event.isGuided && forMs >= RETURN_UNGUIDED_MS) ||
    (shape !== null && forMs >= RETURN_MIN_MS && watch.isRested)
  const next = watch === sequence.watch ? sequence : { ...sequence, watch }
  return isReady ? ask(next, phase.index + 1, event.atMs) : next
}

function ask(sequence: Sequence, index: number, atMs: number): Sequence {
  const action = sequence.actions[index]
  if (action === undefined) return { ...sequence, phase: { kind: 'finished', atMs } }
  return {
    ...sequence,
    watch: nextWatch(sequence.watch),
    phase: { kind: 'action', index, shownAtMs: atMs },
    prompts: [...sequence.prompts, { action, shownAtMs: atMs }],
  }
}

function goBack(sequence: Sequence, index: number, atMs: number, wasSeen: boolean): Sequence {
  return {
    ...sequence,
    phase: { kind: 'return', index, sinceMs: atMs, wasSeen },
    seenAtMs: [...sequence.seenAtMs, wasSeen ? atMs : null],
  }
}
