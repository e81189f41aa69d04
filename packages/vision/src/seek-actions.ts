import { type ActionEvent, findEvents } from './actions/find-events.ts'
import { findInOrder } from './actions/match-order.ts'
import type { Neutral } from './actions/moments.ts'
import { blinkFrames, type Chosen, chooseFrames, framesBeside } from './choose-frames.ts'
import type { Action, Frame, Timing } from './evidence.ts'
import { type Course, fillIn } from './follow-head.ts'
import type { Stages } from './stages/stages.ts'

/** What was asked, and what was read of the head so far. */
export type Sought = {
  frames: readonly Frame[]
  course: Course
  neutral: Neutral
  actions: readonly Action[]
  timing: Timing
}

/** The performances that count, in the order asked, with all that was read to find them; or the action nobody saw. */
export type Performed = { course: Course } & (
  | { missing: null; events: readonly ActionEvent[] }
  | { missing: Action; events: null }
)

/** Half a second of passed-over frames is read at a time. */
const FILL_AT_ONCE = 4

/**
 * Looks for the asked actions in the frames read so far. Further frames are read only for what was not seen: more of them
 * everywhere for a turn, nod or smile; while nothing but a blink can be missing, all from where the first may lie onwards,
 * until it is found or there are none left. Where a head turned, its extremes are read frame by frame at last, since that
 * is where `readSolidHead` looks.
 */
export async function seekActions(stages: Stages, sought: Sought): Promise<Performed> {
  const { frames, actions, timing } = sought
  let { course } = sought
  if (firstMissing(...withoutBlinks(sought)))
    course = await fillIn(stages, frames, course, chooseFrames(frames, actions, timing, 'dense'))
  const missingHeld = firstMissing(...withoutBlinks({ ...sought, course }))
  if (missingHeld) return { course, missing: missingHeld, events: null }
  const performed = await seekBlinks(stages, { ...sought, course })
  if (performed.missing) return performed
  const turns = performed.events.filter(({ action }) => action === 'turn-left' || action === 'turn-right')
  const beside = framesBeside(
    frames,
    turns.map(({ peakMs }) => peakMs),
  )
  return { ...performed, course: await fillIn(stages, frames, performed.course, beside) }
}

async function seekBlinks(stages: Stages, sought: Sought): Promise<Performed> {
  const { frames, neutral, actions, timing } = sought
  let { course } = sought
  const seen = () => [...new Set(actions)].flatMap((action) => findEvents(action, course.moments, neutral))
  const before = findInOrder(actions.slice(0, Math.max(0, actions.indexOf('blink'))), seen(), timing)
  const passedOver = framesAfter(before.at(-1), sought)
  for (;;) {
    const events = seen()
    const missing = firstMissing(actions, events, timing)
    if (!missing) return { course, missing, events: findInOrder(actions, events, timing) }
    const next = passedOver.splice(0, FILL_AT_ONCE)
    if (next.length === 0) return { course, missing, events: null }
    course = await fillIn(stages, frames, course, next)
  }
}

function firstMissing(actions: readonly Action[], events: readonly ActionEvent[], timing: Timing): Action | null {
  return actions[findInOrder(actions, events, timing).length] ?? null
}

/** What is asked but for its blinks: if that is missing, no further frame can mend it. */
function withoutBlinks({ actions, course, neutral, timing }: Sought): [Action[], ActionEvent[], Timing] {
  const isHeld = (_: unknown, i: number) => actions[i] !== 'blink'
  const held = actions.filter(isHeld)
  const events = [...new Set(held)].flatMap((action) => findEvents(action, course.moments, neutral))
  return [held, events, timing.kind === 'free' ? timing : { kind: 'prompted', prompts: timing.prompts.filter(isHeld) }]
}

/** The frames not yet read in which a blink would count that follows this performance. */
function framesAfter(event: ActionEvent | undefined, { frames, course, actions, timing }: Sought): Chosen[] {
  const read = new Set(course.pictures.map(({ frame }) => frame))
  const from = event?.peakMs ?? Number.NEGATIVE_INFINITY
  return blinkFrames(frames, actions, timing).filter(
    ({ index }) => !read.has(index) && (frames[index]?.atMs ?? from) >= from,
  )
}
