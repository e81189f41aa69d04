import type { ChallengeView } from '@app/contract'
import type { FaceShape } from './face-reading.ts'

export type ActionName = ChallengeView['actions'][number]

/** What the guide has seen of one person so far; every action is judged against their own neutral face. */
export type ActionWatch = {
  neutral: Neutral | null
  /** The head has been at rest since the instruction came: an action counts from there, as it does for the server. */
  isRested: boolean
  /** The eyes were closed at some moment of this action. */
  closed: boolean
}

type Neutral = Pick<FaceShape, 'yawDegrees' | 'pitchDegrees' | 'eyeOpenness' | 'mouthOpenness' | 'mouthWidth'>

export const startWatch: ActionWatch = { neutral: null, isRested: false, closed: false }

/** Less than the server asks would send people on too early; these are a little more than its own (10° of yaw). */
const TURN_DEGREES = 13
const LOOK_DEGREES = 9
/** Eyes that close while the head turns are no blink. */
const BLINK_MAX_TURN_DEGREES = 10
const CLOSED_PART = 0.66
const OPEN_PART = 0.82
const MOUTH_GAP = 0.22
const SMILE_PART = 1.14
/** One new frontal reading moves the neutral face by this part: steady, yet it follows somebody who settles in. */
const SMOOTHING = 0.3

/** Learns the neutral face while the student looks straight ahead. */
export function learnNeutral(watch: ActionWatch, shape: FaceShape): ActionWatch {
  const old = watch.neutral
  if (old === null) return { ...watch, isRested: true, neutral: neutralOf(shape) }
  const move = (from: number, to: number) => from + SMOOTHING * (to - from)
  return {
    ...watch,
    isRested: true,
    neutral: {
      yawDegrees: move(old.yawDegrees, shape.yawDegrees),
      pitchDegrees: move(old.pitchDegrees, shape.pitchDegrees),
      // A blink while settling in must not pass for the neutral eye.
      eyeOpenness:
        shape.eyeOpenness < old.eyeOpenness * OPEN_PART ? old.eyeOpenness : move(old.eyeOpenness, shape.eyeOpenness),
      mouthOpenness: move(old.mouthOpenness, shape.mouthOpenness),
      mouthWidth: move(old.mouthWidth, shape.mouthWidth),
    },
  }
}

/** Starts the watch for the next action with what is known of the face. */
export function nextWatch(watch: ActionWatch): ActionWatch {
  return { ...watch, closed: false }
}

/** One reading during an action: the watch after it, and whether the action has now been seen. */
export function watchAction(
  watch: ActionWatch,
  action: ActionName,
  shape: FaceShape,
): { watch: ActionWatch; seen: boolean } {
  if (watch.neutral === null) return { watch: learnNeutral(watch, shape), seen: false }
  const neutral = watch.neutral
  const isFrontal = Math.abs(shape.yawDegrees - neutral.yawDegrees) < BLINK_MAX_TURN_DEGREES
  const closed = watch.closed || (isFrontal && shape.eyeOpenness < neutral.eyeOpenness * CLOSED_PART)
  const isRested = watch.isRested || isBack(watch, shape)
  return { watch: { neutral, isRested, closed }, seen: isRested && isSeen(action, shape, neutral, closed) }
}

function isSeen(action: ActionName, shape: FaceShape, neutral: Neutral, closed: boolean): boolean {
  switch (action) {
    case 'blink':
      return closed && shape.eyeOpenness > neutral.eyeOpenness * OPEN_PART
    case 'turn-left':
      return shape.yawDegrees - neutral.yawDegrees > TURN_DEGREES
    case 'turn-right':
      return neutral.yawDegrees - shape.yawDegrees > TURN_DEGREES
    case 'look-up':
      return shape.pitchDegrees - neutral.pitchDegrees > LOOK_DEGREES
    case 'look-down':
      return neutral.pitchDegrees - shape.pitchDegrees > LOOK_DEGREES
    case 'open-mouth':
      return shape.mouthOpenness - neutral.mouthOpenness > MOUTH_GAP
    case 'smile':
      return shape.mouthWidth > neutral.mouthWidth * SMILE_PART
  }
}

/** One reading between two actions: whether the head is at rest now. */
export function watchReturn(watch: ActionWatch, shape: FaceShape): ActionWatch {
  return { ...watch, isRested: isBack(watch, shape) }
}

/** True when the head is back where it was before the action. */
function isBack(watch: ActionWatch, shape: FaceShape): boolean {
  if (watch.neutral === null) return true
  return (
    Math.abs(shape.yawDegrees - watch.neutral.yawDegrees) < 8 &&
    Math.abs(shape.pitchDegrees - watch.neutral.pitchDegrees) < 8
  )
}

function neutralOf(shape: FaceShape): Neutral {
  const { yawDegrees, pitchDegrees, eyeOpenness, mouthOpenness, mouthWidth } = shape
  return { yawDegrees, pitchDegrees, eyeOpenness, mouthOpenness, mouthWidth }
}
