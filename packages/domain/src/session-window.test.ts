import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countsFor,
  isOpen,
  LEAST_OPEN_MINUTES,
  LONGEST_AHEAD_MINUTES,
  mayCloseAt,
  type Stay,
  startableAt,
  statusAt,
  timesAfterPause,
  windowFrom,
  windowOfStarted,
} from './session-window.ts'

const MINUTE = 60_000
const START = new Date('2026-03-02T09:00:00Z')
const at = (minutes: number, ms = 0) => new Date(START.getTime() + minutes * MINUTE + ms)
const startedNow = (minutes: number, late: number) => ({
  ...windowFrom(START, minutes, late),
  startedAt: START,
  pausedAt: null,
  cancelledAt: null,
})
const WINDOW = startedNow(60, 10)

describe('a session of an hour that is late after ten minutes', () => {
  test.each<[string, Date, 'present' | 'late' | null]>([
    ['a moment before it opens', at(0, -1), null],
    ['when it opens', at(0), 'present'],
    ['a moment before it is late', at(10, -1), 'present'],
    ['when it is late', at(10), 'late'],
    ['a moment before it closes', at(60, -1), 'late'],
    ['when it closes', at(60), null],
  ])('takes a mark %s as %3$s', (_, moment, status) => {
    expect(statusAt(WINDOW, moment)).toBe(status)
    expect(isOpen(WINDOW, moment)).toBe(status !== null)
  })

  test('takes none once somebody has ended it, even within its time', () => {
    expect(statusAt({ ...WINDOW, endedAt: at(20) }, at(21))).toBeNull()
    expect(statusAt({ ...WINDOW, endedAt: at(20) }, at(19))).toBeNull()
  })

  test('takes none while it is paused, cancelled or only planned', () => {
    for (const other of [{ pausedAt: at(20) }, { cancelledAt: at(20) }, { startedAt: null }])
      expect(statusAt({ ...WINDOW, ...other }, at(30))).toBeNull()
  })

  test('cannot be late only after it has closed', () => {
    expect(() => windowFrom(START, 10, 11)).toThrow(RangeError)
    expect(windowFrom(START, 10, 10).lateAfter).toEqual(at(10))
  })

  test('goes from present over late to closed and never back', () => {
    const order = ['present', 'late', null]
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 600 })
          .chain((minutes) => fc.tuple(fc.constant(minutes), fc.integer({ min: 0, max: minutes }))),
        fc.array(fc.integer({ min: 0, max: 700 * MINUTE }), { minLength: 2, maxLength: 20 }),
        ([minutes, late], moments) => {
          const window = startedNow(minutes, late)
          const seen = moments.toSorted((a, b) => a - b).map((ms) => order.indexOf(statusAt(window, at(0, ms))))
          expect(seen).toEqual(seen.toSorted((a, b) => a - b))
        },
      ),
    )
  })
})

describe('a planned hour that is late after ten minutes', () => {
  test.each<[string, Date, ReturnType<typeof startableAt>]>([
    ['more than an hour before', at(-60, -1), 'too-early'],
    ['an hour before', at(-60), 'yes'],
    ['in its time', at(30), 'yes'],
    ['when it is over', at(60), 'yes'],
    ['half a day later', at(60 + 720), 'too-late'],
  ])('can be started %s: %3$s', (_, moment, answer) => {
    expect(startableAt(WINDOW, moment)).toBe(answer)
  })

  test.each<[string, number, { late: number; closes: number }]>([
    ['on time', 0, { late: 10, closes: 60 }],
    ['early', -20, { late: -10, closes: 60 }],
    ['late', 25, { late: 35, closes: 60 }],
    ['when little is left', 57, { late: 67, closes: 57 + LEAST_OPEN_MINUTES }],
    ['when it was over', 300, { late: 310, closes: 300 + LEAST_OPEN_MINUTES }],
  ])('started %s keeps its end where it can, and counts lateness from the start', (_, start, { late, closes }) => {
    expect(windowOfStarted(WINDOW, at(start))).toEqual({
      opensAt: at(start),
      lateAfter: at(late),
      closesAt: at(closes),
      endedAt: null,
    })
  })
})

describe('a pause', () => {
  test.each<[string, number, number, { late: number; closes: number }]>([
    ['moves lateness and the end by its length', 5, 20, { late: 25, closes: 75 }],
    ['after lateness has begun moves the end alone', 10, 20, { late: 10, closes: 70 }],
    ['over the planned end leaves what was left', 59, 100, { late: 10, closes: 101 }],
    ['of no time moves nothing', 5, 5, { late: 10, closes: 60 }],
  ])('%s', (_, paused, resumed, { late, closes }) => {
    const times = timesAfterPause({ ...WINDOW, pausedAt: at(paused) }, at(resumed))
    expect(times).toEqual({ lateAfter: at(late), closesAt: at(closes) })
  })

  test('never makes late who would not have been, nor lets the end come before now', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 119 }), (paused, length) => {
        const now = at(paused + length)
        const after = { ...WINDOW, ...timesAfterPause({ ...WINDOW, pausedAt: at(paused) }, now) }
        expect(statusAt(after, now)).toBe(statusAt(WINDOW, at(paused)))
      }),
    )
  })
})

test.each<[string, number, boolean]>([
  ['earlier than now planned', 50, false],
  ['to the same time', 60, false],
  ['a little later', 61, true],
  ['as far ahead as it can be', 30 + LONGEST_AHEAD_MINUTES, true],
  ['out of sight', 31 + LONGEST_AHEAD_MINUTES, false],
])('half an hour into it, a session is extended %s: %3$s', (_, closes, answer) => {
  expect(mayCloseAt(WINDOW, at(closes), at(30))).toBe(answer)
})

describe('a session counts for somebody', () => {
  const session = { opensAt: at(0), endedAt: at(60) }
  test.each<[string, Stay, boolean]>([
    ['who was there before', { joinedAt: at(-100), leftAt: null }, true],
    ['who joined while it was open', { joinedAt: at(59), leftAt: null }, true],
    ['who joined when it ended', { joinedAt: at(60), leftAt: null }, false],
    ['who joined later', { joinedAt: at(100), leftAt: null }, false],
    ['who left before', { joinedAt: at(-100), leftAt: at(-1) }, false],
    ['who left when it opened', { joinedAt: at(-100), leftAt: at(0) }, false],
    ['who left while it was open', { joinedAt: at(-100), leftAt: at(1) }, true],
    ['who came and left within it', { joinedAt: at(10), leftAt: at(20) }, true],
  ])('%s: %3$s', (_, stay, counts) => {
    expect(countsFor(stay, session)).toBe(counts)
  })

  test('exactly when their stay and the session share a moment', () => {
    const span = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 100 }))
    fc.assert(
      fc.property(span, span, ([joined, stayed], [opened, lasted]) => {
        const shared = Math.min(joined + stayed, opened + lasted) - Math.max(joined, opened)
        const stay = { joinedAt: at(joined), leftAt: at(joined + stayed) }
        expect(countsFor(stay, { opensAt: at(opened), endedAt: at(opened + lasted) })).toBe(shared > 0)
      }),
    )
  })
})
