import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Action } from '../evidence.ts'
import { drawCourse, type HeadState, hold, swing } from '../testing/heads.ts'
import { findEvents, mayShow } from './find-events.ts'
import { neutralOf } from './moments.ts'

const ALL: Action[] = ['blink', 'turn-left', 'turn-right', 'look-up', 'look-down', 'open-mouth', 'smile']
const rest = hold({}, 12)

const DONE: Record<Action, HeadState[]> = {
  blink: [{ shut: 0.5 }, { shut: 1 }, { shut: 1 }, { shut: 0.3 }],
  'turn-left': swing(18, (s) => ({ yaw: 24 * s })),
  'turn-right': swing(18, (s) => ({ yaw: -24 * s })),
  'look-up': swing(18, (s) => ({ pitch: 20 * s })),
  'look-down': swing(18, (s) => ({ pitch: -20 * s })),
  'open-mouth': swing(18, (s) => ({ mouthGap: 0.5 * s })),
  smile: swing(18, (s) => ({ smile: 0.35 * s })),
}

function seen(states: readonly HeadState[], noise?: (i: number) => number): Action[] {
  const course = drawCourse(states, noise)
  const neutral = neutralOf(course)
  return ALL.filter((action) => findEvents(action, course, neutral).length > 0)
}

describe('every action is read from its own course', () => {
  test.each(ALL)('%s, and nothing else', (action) => {
    expect(seen([...rest, ...DONE[action], ...rest])).toEqual([action])
  })

  test.each(ALL)('%s with a pixel of landmark noise, whoever the person is', (action) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const noise = (i: number) => (((Math.imul(i + seed, 2_654_435_761) >>> 0) % 1000) / 1000 - 0.5) * 1.5
        expect(seen([...rest, ...DONE[action], ...rest], noise)).toContain(action)
      }),
      { numRuns: 25 },
    )
  })
})

test('a resting head does nothing', () => {
  expect(seen(hold({}, 60))).toEqual([])
})

test('eyes that stay shut, or were never open before, are no blink', () => {
  expect(seen([...rest, ...hold({ shut: 1 }, 30), ...rest])).toEqual([])
  expect(seen([...hold({ shut: 1 }, 4), ...rest, ...rest])).toEqual([])
})

test('closing the eyes while turning is no blink', () => {
  const turningBlind = swing(18, (s) => ({ yaw: 24 * s, shut: s > 0.8 ? 1 : 0 }))
  expect(seen([...rest, ...turningBlind, ...rest])).toEqual(['turn-left'])
})

test('a head that is already turned when the frames begin has not been seen turning', () => {
  expect(seen([...hold({ yaw: 25 }, 8), ...rest, ...rest])).toEqual([])
})

test('one odd frame is no turn', () => {
  expect(seen([...rest, { yaw: 25 }, ...rest])).toEqual([])
})

test('the two sides are never mistaken for each other, at any angle that counts', () => {
  fc.assert(
    fc.property(fc.double({ min: 16, max: 40, noNaN: true }), fc.boolean(), (degrees, left) => {
      const states = swing(20, (s) => ({ yaw: (left ? 1 : -1) * degrees * s }))
      expect(seen([...rest, ...states, ...rest])).toEqual([left ? 'turn-left' : 'turn-right'])
    }),
    { numRuns: 40 },
  )
})

describe('every third frame', () => {
  const held = ALL.filter((action) => action !== 'blink')
  const BRIEF: Record<(typeof held)[number], HeadState[]> = {
    'turn-left': swing(8, (s) => ({ yaw: 24 * s })),
    'turn-right': swing(8, (s) => ({ yaw: -24 * s })),
    'look-up': swing(8, (s) => ({ pitch: 20 * s })),
    'look-down': swing(8, (s) => ({ pitch: -20 * s })),
    'open-mouth': swing(8, (s) => ({ mouthGap: 0.5 * s })),
    smile: swing(8, (s) => ({ smile: 0.35 * s })),
  }

  test.each(held)('shows that there may be a brief %s, wherever the first of them lies', (action) => {
    const course = drawCourse([...rest, ...BRIEF[action], ...rest])
    for (const first of [0, 1, 2]) {
      const sparse = course.filter((_, i) => i % 3 === first)
      expect(mayShow(action, sparse, neutralOf(sparse))).toBe(true)
    }
    expect(findEvents(action, course, neutralOf(course))).toHaveLength(1)
  })

  test.each(held)('of a head at rest shows no %s', (action) => {
    const course = drawCourse(rest)
    expect(mayShow(action, course, neutralOf(course))).toBe(false)
  })
})
