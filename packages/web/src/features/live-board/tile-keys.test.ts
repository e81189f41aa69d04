import { expect, test } from 'vitest'
import { placeAfter, statusOfKey } from './tile-keys.ts'

/** Seven tiles in rows of three. */
const boxes = Array.from({ length: 7 }, (_, i) => ({ left: (i % 3) * 100, top: Math.floor(i / 3) * 64 }))

test.each<[string, number, number | null]>([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 2, 3],
  ['ArrowRight', 6, null],
  ['ArrowLeft', 3, 2],
  ['ArrowLeft', 0, null],
  ['ArrowDown', 1, 4],
  ['ArrowDown', 5, 6],
  ['ArrowDown', 6, null],
  ['ArrowUp', 6, 3],
  ['ArrowUp', 2, null],
  ['Home', 5, 0],
  ['End', 1, 6],
  ['Tab', 1, null],
  ['ArrowRight', -1, null],
])('%s from tile %i leads to %s', (key, from, to) => {
  expect(placeAfter(key, boxes, from)).toBe(to)
})

test('a letter is a status, in whatever case; no other key is', () => {
  expect(['p', 'L', 'e', 'A', 'x', 'Enter'].map(statusOfKey)).toEqual([
    'present',
    'late',
    'excused',
    'absent',
    null,
    null,
  ])
})
