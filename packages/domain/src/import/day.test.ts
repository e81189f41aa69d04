import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOfSerial, dayOrderOf, parseDay } from './day.ts'

test.each([
  ['2026-04-03', '2026-04-03'],
  ['2026/4/3', '2026-04-03'],
  ['20260403', '2026-04-03'],
  ['2026-04-03T00:00:00Z', '2026-04-03'],
  ['03.04.2026', '2026-04-03'],
  ['3/4/2026', '2026-04-03'],
  ['3-4-26', '2026-04-03'],
  ['4/23/2026', '2026-04-23'],
  ['3 Apr 2026', '2026-04-03'],
  ['3-April-26', '2026-04-03'],
  ['3rd April, 2026', '2026-04-03'],
  ['April 3, 2026', '2026-04-03'],
  ['46115', '2026-04-03'],
  ['46115.75', '2026-04-03'],
])('%s is %s', (text, day) => {
  expect(parseDay(text, 'day-first')).toBe(day)
})

test.each(['', 'soon', '2026-02-30', '31.4.2026', '13/13/2026', '12', '123456', '3 Foo 2026', '2026-4', '3/4-2026'])(
  '“%s” is no day',
  (text) => {
    expect(parseDay(text, 'day-first')).toBeNull()
  },
)

test('what can be read in two ways is refused where both are usual', () => {
  expect(dayOrderOf('Asia/Kolkata')).toBe('day-first')
  expect(dayOrderOf('America/Chicago')).toBe('unclear')
  expect(parseDay('3/4/2026', 'unclear')).toBeNull()
  expect(parseDay('4/4/2026', 'unclear')).toBe('2026-04-04')
  expect(parseDay('3/14/2026', 'unclear')).toBe('2026-03-14')
  expect(parseDay('3.4.2026', 'unclear')).toBe('2026-04-03')
})

test('the number that a spreadsheet keeps for a day gives that day back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20_000, max: 79_999 }), (serial) => {
      expect(parseDay(String(serial), 'unclear')).toBe(dayOfSerial(serial))
      expect(parseDay(dayOfSerial(serial), 'unclear')).toBe(dayOfSerial(serial))
    }),
  )
})

test('no text makes it fail, and what it gives is a day of the calendar', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{1,4}[-/. ][0-9a-z]{1,3}[-/. ][0-9]{1,4}$/)), (text) => {
      const day = parseDay(text, 'day-first')
      if (day !== null) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day)
    }),
  )
})
