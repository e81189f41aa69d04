import { type ActionEvent, findEvents, mayShow } from './actions/find-events.ts'
import { findInOrder } from './actions/match-order.ts'
import { type Neutral, neutralOf } from './actions/moments.ts'
import { blinkFrames, chooseFrames, framesBeside } from './choose-frames.ts'
import type { Action, Frame, Timing } from './evidence.ts'
import { type Course, fillIn, readEyesIn } from './follow-head.ts'
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
 * Looks for the asked actions in the frames read so far, and reads further ones only where they could change what is
 * seen: more of them for a turn, nod or smile that has begun to show; eyes, and all frames from where the first blink may
 * lie onwards, once nothing but a blink can be missing. Where a head turned, its extremes are read frame by frame at
 * last, since that is where `readSolidHead` looks.
 */
export async function seekActions(stages: Stages, sought: Sought): Promise<Performed> {
  const { course, missing } = await seekHeld(stages, sought)
  if (missing) return { course, missing, events: null }
  const performed = await seekBlinks(stages, { ...sought, course })
  if (performed.missing) return performed
  const turns = performed.events.filter(({ action }) => action === 'turn-left' || action === 'turn-right')
  const peaksMs = turns.map(({ peakMs }) => peakMs)
  const closely = await fillIn(stages, sought.frames, performed.course, framesBeside(sought.frames, peaksMs))
  return { ...performed, course: closely }
}

/** All but the blinks: if one of these is missing, no look at the eyes can mend it. */
async function seekHeld(stages: Stages, sought: Sought): Promise<{ course: Course; missing: Action | null }> {
  const { frames, course, neutral } = sought
  const missing = missingHeld(sought)
  if (missing === null || !mayShow(missing, course.moments, neutral)) return { course, missing }
  const closer = await fillIn(stages, frames, course, chooseFrames(frames, 'dense'))
  return { course: closer, missing: missingHeld({ ...sought, course: closer }) }
}

async function seekBlinks(stages: Stages, sought: Sought): Promise<Performed> {
  const { frames, actions, timing } = sought
  const mayBlink = blinkFrames(frames, actions, timing)
  let course = await readEyesIn(stages, sought.course, mayBlink)
  const neutral = neutralOf(course.moments)
  const before = eventsBefore(actions.indexOf('blink'), { ...sought, course, neutral })
  const passedOver = mayBlink.filter((i) => (frames[i]?.atMs ?? 0) >= (before.at(-1)?.peakMs ?? 0))
  for (;;) {
    const events = eventsOf(actions, course, neutral)
    const missing = firstMissing(actions, events, timing)
    if (!missing) return { course, missing, events: findInOrder(actions, events, timing) }
    const next = passedOver.splice(0, FILL_AT_ONCE)
    if (next.length === 0) return { course, missing, events: null }
    course = await readEyesIn(stages, await fillIn(stages, frames, course, next), next)
  }
}

function firstMissing<Asked extends Action>(
  actions: readonly Asked[],
  events: readonly ActionEvent[],
  timing: Timing,
): Asked | null {
  return actions[findInOrder(actions, events, timing).length] ?? null
}

function missingHeld({ actions, course, neutral, timing }: Sought): Exclude<Action, 'blink'> | null {
  const held = actions.filter((action) => action !== 'blink')
  const prompts = timing.kind === 'free' ? [] : timing.prompts.filter((_, i) => actions[i] !== 'blink')
  const events = eventsOf(held, course, neutral)
  return firstMissing(held, events, timing.kind === 'free' ? timing : { kind: 'prompted', prompts })
}

/** The performances of what is asked before this place. */
function eventsBefore(place: number, { actions, course, neutral, timing }: Sought): readonly ActionEvent[] {
  const before = actions.slice(0, Math.max(0, place))
  return findInOrder(before, eventsOf(before, course, neutral), timing)
}

const eventsOf = (actions: readonly Action[], course: Course, neutral: Neutral): ActionEvent[] =>
  [...new Set(actions)].flatMap((action) => findEvents(action, course.moments, neutral))
