import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentageOf, type Status, sessionsThatCanBeMissed, summariseAttendance } from './attendance-summary.ts'

const status = fc.constantFrom<Status>('present', 'late', 'excused', 'absent')
const statuses = fc.array(status, { maxLength: 300 })

describe('the percentage of a student', () => {
  test.each<[Status[], number, number, number | null]>([
    [[], 0, 0, null],
    [['excused', 'excused'], 0, 0, null],
    [['present'], 1, 1, 100],
    [['late'], 1, 1, 100],
    [['absent'], 0, 1, 0],
    [['present', 'late', 'excused', 'absent'], 2, 3, 66.6],
    [['present', 'absent', 'absent'], 1, 3, 33.3],
  ])('of %j is %i of %i: %s', (given, attended, counted, percentage) => {
    expect(summariseAttendance(given)).toEqual({ attended, counted, percentage })
  })

  test('never reads as more than it is: 74.96 is not the 75 that a rule asks for', () => {
    expect(percentageOf(7496, 10_000)).toBe(74.9)
    expect(percentageOf(2999, 3000)).toBe(99.9)
  })

  test('is from 0 to 100, or nothing where nothing counts', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        const { attended, counted, percentage } = summariseAttendance(given)
        expect(attended).toBeLessThanOrEqual(counted)
        expect(counted).toBeLessThanOrEqual(given.length)
        expect(percentage === null).toBe(counted === 0)
        if (percentage === null) return
        expect(percentage).toBeGreaterThanOrEqual(0)
        expect(percentage).toBeLessThanOrEqual(100)
        expect(percentage).toBeLessThanOrEqual((attended * 100) / counted)
      }),
    )
  })

  test('is 100 only for somebody who missed nothing, and 0 only for somebody who missed nearly all', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        const { attended, counted, percentage } = summariseAttendance(given)
        if (percentage === 100) expect(attended).toBe(counted)
        if (percentage === 0) expect(attended * 1000).toBeLessThan(counted)
      }),
    )
  })

  test('does not depend on the order of the sessions', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        expect(summariseAttendance([...given].reverse())).toEqual(summariseAttendance(given))
      }),
    )
  })

  test('does not fall by attending, does not rise by missing, and stands still while excused', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        const now = summariseAttendance(given).percentage
        const after = (next: Status) => summariseAttendance([...given, next]).percentage ?? 0
        expect(after('present')).toBeGreaterThanOrEqual(now ?? 0)
        expect(after('late')).toBe(after('present'))
        expect(after('absent')).toBeLessThanOrEqual(now ?? 100)
        expect(summariseAttendance([...given, 'excused']).percentage).toBe(now)
      }),
    )
  })
})

describe('the sessions that can be missed', () => {
  test.each([
    [{ attended: 9, counted: 10 }, 75, 2],
    [{ attended: 3, counted: 4 }, 75, 0],
    [{ attended: 1, counted: 4 }, 75, 0],
    [{ attended: 0, counted: 0 }, 75, 0],
    [{ attended: 10, counted: 10 }, 100, 0],
  ])('with %j under a rule of %i are %i', (counts, rule, missable) => {
    const summary = { ...counts, percentage: percentageOf(counts.attended, counts.counted) }
    expect(sessionsThatCanBeMissed(summary, rule)).toBe(missable)
  })

  test.each([null, 0])('have no number under a rule of %s', (rule) => {
    expect(sessionsThatCanBeMissed({ attended: 1, counted: 1, percentage: 100 }, rule)).toBeNull()
  })

  test('are as many as keep the rule, and not one more', () => {
    const cases = fc
      .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 100 }))
      .map(([attended, missed, rule]) => ({ attended, counted: attended + missed, rule }))
    fc.assert(
      fc.property(cases, ({ attended, counted, rule }) => {
        const summary = { attended, counted, percentage: percentageOf(attended, counted) }
        const missable = sessionsThatCanBeMissed(summary, rule) ?? 0
        const keepsRule = (further: number) => attended * 100 >= rule * (counted + further)
        if (missable > 0) expect(keepsRule(missable)).toBe(true)
        expect(keepsRule(missable + 1)).toBe(false)
      }),
    )
  })
})
