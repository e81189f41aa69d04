import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  percentageOf,
  type Status,
  sessionsThatCanBeMissed,
  summariseAttendance,
  weightOf,
} from './attendance-summary.ts'

/** Late counts in full, as the shipped policy has it. */
const weighed = (statuses: readonly Status[]) =>
  statuses.map((status) => weightOf({ status, custom: null, isHeld: false }, { lateWeight: 1 }))
const summarise = (statuses: readonly Status[]) => summariseAttendance(weighed(statuses))

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
    expect(summarise(given)).toMatchObject({ attended, counted, percentage })
  })

  test('never reads as more than it is: 74.96 is not the 75 that a rule asks for', () => {
    expect(percentageOf(7496, 10_000)).toBe(74.9)
    expect(percentageOf(2999, 3000)).toBe(99.9)
  })

  test('is from 0 to 100, or nothing where nothing counts', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        const { attended, counted, percentage } = summarise(given)
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
        const { attended, counted, percentage } = summarise(given)
        if (percentage === 100) expect(attended).toBe(counted)
        if (percentage === 0) expect(attended * 1000).toBeLessThan(counted)
      }),
    )
  })

  test('does not depend on the order of the sessions', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        expect(summarise([...given].reverse())).toEqual(summarise(given))
      }),
    )
  })

  test('does not fall by attending, does not rise by missing, and stands still while excused', () => {
    fc.assert(
      fc.property(statuses, (given) => {
        const now = summarise(given).percentage
        const after = (next: Status) => summarise([...given, next]).percentage ?? 0
        expect(after('present')).toBeGreaterThanOrEqual(now ?? 0)
        expect(after('late')).toBe(after('present'))
        expect(after('absent')).toBeLessThanOrEqual(now ?? 100)
        expect(summarise([...given, 'excused']).percentage).toBe(now)
      }),
    )
  })
})

describe('what a mark counts', () => {
  test.each<[string, Parameters<typeof weightOf>[0], number | null]>([
    ['late as the policy says', { status: 'late', custom: null, isHeld: false }, 0.5],
    ['an own status as it says itself', { status: 'late', custom: { weight: 0.8 }, isHeld: false }, 0.8],
    ['an own status that is not counted', { status: 'present', custom: { weight: null }, isHeld: false }, null],
    ['nothing while it is held', { status: 'present', custom: null, isHeld: true }, null],
  ])('is %s', (_, mark, weight) => {
    expect(weightOf(mark, { lateWeight: 0.5 })).toBe(weight)
  })

  test('adds up without a trace of binary fractions, and never to more than the sessions that count', () => {
    const weights = fc.array(fc.option(fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)))
    expect(summariseAttendance(Array.from({ length: 10 }, () => 0.1))).toMatchObject({ points: 1, percentage: 10 })
    fc.assert(
      fc.property(weights, (given) => {
        const { points, counted, percentage } = summariseAttendance(given)
        expect(points).toBeLessThanOrEqual(counted)
        if (percentage !== null) expect(percentage).toBeLessThanOrEqual(100)
        if (percentage === 100) expect(points).toBe(counted)
      }),
    )
  })
})

describe('the sessions that can be missed', () => {
  test.each([
    [{ points: 8.5, counted: 10 }, 75, 1],
    [{ points: 9, counted: 10 }, 75, 2],
    [{ points: 3, counted: 4 }, 75, 0],
    [{ points: 1, counted: 4 }, 75, 0],
    [{ points: 0, counted: 0 }, 75, 0],
    [{ points: 10, counted: 10 }, 100, 0],
  ])('with %j under a rule of %i are %i', (summary, rule, missable) => {
    expect(sessionsThatCanBeMissed(summary, rule)).toBe(missable)
  })

  test.each([null, 0])('have no number under a rule of %s', (rule) => {
    expect(sessionsThatCanBeMissed({ points: 1, counted: 1 }, rule)).toBeNull()
  })

  test('are as many as keep the rule, and not one more', () => {
    const cases = fc
      .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 100 }))
      .map(([attended, missed, rule]) => ({ attended, counted: attended + missed, rule }))
    fc.assert(
      fc.property(cases, ({ attended, counted, rule }) => {
        const missable = sessionsThatCanBeMissed({ points: attended, counted }, rule) ?? 0
        const keepsRule = (further: number) => attended * 100 >= rule * (counted + further)
        if (missable > 0) expect(keepsRule(missable)).toBe(true)
        expect(keepsRule(missable + 1)).toBe(false)
      }),
    )
  })
})
