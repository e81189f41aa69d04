import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { hoursOf, lanesOf, minuteOf, type Span } from './lanes.ts'

const span = (start: number, minutes: number): Span => ({ start, minutes })

test.each<[string, Span[], [number, number][]]>([
  ['nothing', [], []],
  [
    'one after the other',
    [span(0, 60), span(60, 60)],
    [
      [0, 1],
      [0, 1],
    ],
  ],
  [
    'two at once',
    [span(0, 60), span(30, 60)],
    [
      [0, 2],
      [1, 2],
    ],
  ],
  [
    'a third in the place of the first',
    [span(0, 60), span(30, 90), span(60, 30)],
    [
      [0, 2],
      [1, 2],
      [0, 2],
    ],
  ],
  [
    'in whatever order they come',
    [span(30, 60), span(0, 60)],
    [
      [1, 2],
      [0, 2],
    ],
  ],
])('%s', (_, spans, lanes) => {
  expect(lanesOf(spans).map(({ lane, lanes: of }) => [lane, of])).toEqual(lanes)
})

it('never puts two in one place at one time', () => {
  const spans = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 120 })).map(([a, b]) => span(a, b)),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(spans, (all) => {
      const lanes = lanesOf(all)
      for (const [i, a] of all.entries())
        for (const [j, b] of all.entries()) {
          const overlap = a.start < b.start + b.minutes && b.start < a.start + a.minutes
          if (i !== j && overlap) expect(lanes[i]?.lane).not.toBe(lanes[j]?.lane)
          expect((lanes[i]?.lane ?? 9) < (lanes[i]?.lanes ?? 0)).toBe(true)
        }
    }),
  )
})

it('shows the hours that are needed', () => {
  expect(hoursOf([])).toEqual({ first: 8, last: 17 })
  expect(hoursOf([span(minuteOf('09:15'), 50)])).toEqual({ first: 9, last: 13 })
  expect(hoursOf([span(minuteOf('07:30'), 60), span(minuteOf('18:00'), 61)])).toEqual({ first: 7, last: 20 })
})
