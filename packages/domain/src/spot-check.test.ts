import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawSpotCheck, drawSpotCheckTime } from './spot-check.ts'

const levels = fc.array(fc.record({ id: fc.uuid(), assurance: fc.constantFrom('A', 'B', 'C', 'D', null) }))
const seeds = fc.infiniteStream(fc.nat())
const drawFrom = (numbers: Iterator<number>) => (bound: number) => Number(numbers.next().value) % bound

test('asks as many as wanted, each once, and all where there are fewer', () => {
  fc.assert(
    fc.property(levels, fc.integer({ min: 0, max: 60 }), seeds, (marked, count, numbers) => {
      const drawn = drawSpotCheck(marked, count, drawFrom(numbers))
      expect(drawn).toHaveLength(Math.min(count, marked.length))
      expect(new Set(drawn).size).toBe(drawn.length)
    }),
  )
})

test('asks a mark by hand six times as often as one of the highest level', () => {
  const marked = [{ assurance: 'A' as const }, { assurance: 'D' as const }]
  const first = Array.from({ length: 7 }, (_, number) => drawSpotCheck(marked, 1, () => number)[0]?.assurance)
  expect(first.filter((level) => level === 'D')).toHaveLength(6)
})

test('is drawn from the middle half of the session', () => {
  const window = { opensAt: new Date(0), closesAt: new Date(3_600_000) }
  expect(drawSpotCheckTime(window, () => 0)).toEqual(new Date(900_000))
  expect(drawSpotCheckTime(window, (bound) => bound - 1).getTime()).toBeLessThan(2_700_000)
})
