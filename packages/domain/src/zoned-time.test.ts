import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { addDays, clockIn, dayAt, weekdayOf, weekOf, zonedTime } from './zoned-time.ts'

test.each([
  ['2026-11-25', '09:30', 'Asia/Kolkata', '2026-11-25T04:00:00.000Z'],
  ['2026-11-25', '00:10', 'Pacific/Auckland', '2026-11-24T11:10:00.000Z'],
  ['2026-03-29', '09:00', 'Europe/Berlin', '2026-03-29T07:00:00.000Z'],
  ['2026-03-28', '09:00', 'Europe/Berlin', '2026-03-28T08:00:00.000Z'],
  // Skipped by the change to summer time: 02:30 is as long after it as the clock would have been.
  ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  // Comes twice on the day of the change back: the first.
  ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['2026-11-01', '09:00:00', 'America/New_York', '2026-11-01T14:00:00.000Z'],
])('%s %s in %s is %s', (day, time, timeZone, instant) => {
  expect(zonedTime(day, time, timeZone).toISOString()).toBe(instant)
})

it('is the day it was asked for, in every zone and on every day', () => {
  const zones = fc.constantFrom(
    'Asia/Kolkata',
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Auckland',
    'Australia/Lord_Howe',
  )
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 4, max: 23 }), (timeZone, offset, hour) => {
      const day = addDays('2024-01-01', offset)
      expect(dayAt(zonedTime(day, `${String(hour).padStart(2, '0')}:00`, timeZone), timeZone)).toBe(day)
    }),
  )
})

it('is shown again by one clock on either side of a change of clocks', () => {
  const clock = clockIn('Europe/Berlin')
  const shown = ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z', '2026-10-25T01:00:00Z']
  expect(shown.map((at) => Object.values(clock(new Date(at))).join(' '))).toEqual([
    '2026-03-29 01:59',
    '2026-03-29 03:00',
    '2026-10-25 02:59',
    '2026-10-25 02:00',
  ])
})

it('refuses what is no day', () => {
  expect(() => zonedTime('2026-13-01', '09:00', 'UTC')).toThrow(RangeError)
})

it('counts weekdays from Monday', () => {
  expect(['2026-11-23', '2026-11-29'].map(weekdayOf)).toEqual([1, 7])
  expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
})

it.each([
  ['2026-11-23', 1, '2026-11-23'],
  ['2026-11-29', 1, '2026-11-23'],
  ['2026-11-29', 7, '2026-11-29'],
  ['2026-11-28', 7, '2026-11-22'],
  ['2026-11-27', 6, '2026-11-21'],
])('%s is in the week that begins, on weekday %i, with %s', (day, weekStart, first) => {
  expect(weekOf(day, weekStart)).toBe(first)
})
