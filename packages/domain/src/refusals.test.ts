import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from './policy.ts'
import { consequenceOf } from './refusals.ts'

const LAST = new Date('2026-03-02T09:00:00Z')
const RULES = { offerCodeAfter: 3, pauseAfter: 5, pauseSeconds: 30 }
const secondsOf = (refusals: number, rules = RULES) => {
  const { pausedUntil } = consequenceOf(refusals, LAST, rules)
  return pausedUntil && (pausedUntil.getTime() - LAST.getTime()) / 1000
}

describe('refusals', () => {
  test.each([
    [0, false, null],
    [2, false, null],
    [3, true, null],
    [4, true, null],
    [5, true, 30],
    [6, true, 60],
    [7, true, 120],
    [9, true, 480],
    [10, true, 900],
    [100, true, 900],
    [5000, true, 900],
  ])('%i: code offered %s, paused for %s seconds', (refusals, offerCode, seconds) => {
    expect(consequenceOf(refusals, LAST, RULES).offerCode).toBe(offerCode)
    expect(secondsOf(refusals)).toBe(seconds)
  })

  test('are counted so by the shipped policy', () => {
    expect(DEFAULT_POLICY).toMatchObject(RULES)
  })

  test('pause nobody before there was one', () => {
    expect(consequenceOf(9, null, RULES).pausedUntil).toBeNull()
  })

  test('never pause shorter for more of them, nor longer than the teacher waits', () => {
    const rules = fc.record({
      offerCodeAfter: fc.integer({ min: 1, max: 10 }),
      pauseAfter: fc.integer({ min: 1, max: 10 }),
      pauseSeconds: fc.integer({ min: 1, max: 600 }),
    })
    fc.assert(
      fc.property(fc.nat(2000), rules, (refusals, given) => {
        const [now, next] = [secondsOf(refusals, given) ?? 0, secondsOf(refusals + 1, given) ?? 0]
        expect(next).toBeGreaterThanOrEqual(now)
        expect(next).toBeLessThanOrEqual(900)
        expect(consequenceOf(refusals, LAST, given).offerCode).toBe(refusals >= given.offerCodeAfter)
      }),
    )
  })
})
