import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareRollNos } from './roster.ts'

test('roll numbers are ordered as people count', () => {
  const rollNos = ['R10', 'b2', 'R2', 'r02', 'B1', 'R1-10', 'R1-9', '10', '9']
  expect(rollNos.toSorted(compareRollNos)).toEqual(['9', '10', 'B1', 'b2', 'R1-9', 'R1-10', 'R2', 'r02', 'R10'])
})

test('any two roll numbers have one order', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(Math.sign(compareRollNos(a, b)) + Math.sign(compareRollNos(b, a))).toBe(0)
      if (compareRollNos(a, b) === 0) expect(a).toBe(b)
    }),
  )
})
