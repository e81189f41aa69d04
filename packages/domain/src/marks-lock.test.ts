import { expect, test } from 'vitest'
import { areMarksLocked } from './marks-lock.ts'

const day = (count: number) => new Date(Date.UTC(2026, 0, 1 + count))

test.each<[string, Date | null, Date | null, number | null, Date, boolean]>([
  ['an open session', null, null, 7, day(100), false],
  ['within the days', day(0), null, 7, new Date(day(7).getTime() - 1), false],
  ['on the day', day(0), null, 7, day(7), true],
  ['where nothing locks', day(0), null, null, day(1000), false],
  ['at once where the policy says none', day(0), null, 0, day(0), true],
  ['unlocked', day(0), day(9), 7, day(8), false],
  ['unlocked until now', day(0), day(9), 7, day(9), true],
])('the marks of %s', (_, endedAt, unlockedUntil, lockDays, at, isLocked) => {
  expect(areMarksLocked({ endedAt, unlockedUntil }, lockDays, at)).toBe(isLocked)
})
