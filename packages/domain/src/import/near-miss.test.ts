import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, findNearMiss } from './near-miss.ts'

test.each([
  ['CS-A', ['CS A', 'CS B'], 'CS A'],
  ['cs a', ['CS A'], 'CS A'],
  ['Section Aa', ['Section B', 'Section A'], 'Section A'],
  ['Autum 2026', ['Spring 2026', 'Autumn 2026'], 'Autumn 2026'],
  ['tara@colege.edu', ['tara@college.edu', 'tim@college.edu'], 'tara@college.edu'],
  ['A', ['B', 'C'], null],
  ['Physics', ['Chemistry'], null],
  ['', ['A'], null],
  ['---', ['A'], null],
])('%s among %j', (asked, there, meant) => {
  expect(findNearMiss(asked, there)).toBe(meant)
})

test('the distance is the same both ways, zero for the same, and cut off where it is too much', () => {
  const word = fc.stringMatching(/^[abc]{0,6}$/)
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b, 6)
      expect(editDistance(b, a, 6)).toBe(distance)
      expect(distance === 0).toBe(a === b)
      expect(editDistance(a, b, 1)).toBe(Math.min(distance, 2))
    }),
  )
})
