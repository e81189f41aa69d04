import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsFor, isOpen, type Stay, statusAt, windowFrom } from './session-window.ts'

const MINUTE = 60_000
const START = new Date('2026-03-02T09:00:00Z')
const at = (minutes: number, ms = 0) => new Date(START.getTime() + minutes * MINUTE + ms)
const WINDOW = windowFrom(START, 60, 10)

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
          const window = windowFrom(START, minutes, late)
          const seen = moments.toSorted((a, b) => a - b).map((ms) => order.indexOf(statusAt(window, at(0, ms))))
          expect(seen).toEqual(seen.toSorted((a, b) => a - b))
        },
      ),
    )
  })
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
