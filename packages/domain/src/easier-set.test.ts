import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACTIONS, type Action, drawActions, leavesActions, rulesFor } from './challenge.ts'

const TURNS: Action[] = ['turn-left', 'turn-right']
const shipped = { allowed: ['blink', 'turn-left', 'turn-right'] as const, count: 2 }

test('nothing changes for somebody who can do everything', () => {
  expect(rulesFor(shipped, [])).toEqual(shipped)
})

test('somebody who cannot turn is asked for other things in place of the turns', () => {
  const { allowed, count } = rulesFor(shipped, TURNS)
  expect(allowed).toEqual(['blink', 'look-up'])
  expect(count).toBe(2)
})

test('somebody who can do less is asked for less, and never twice for the same', () => {
  const five = { allowed: ACTIONS, count: 5 }
  expect(rulesFor(five, ['blink', 'smile', 'open-mouth', 'look-up'])).toEqual({
    allowed: ['turn-left', 'turn-right', 'look-down'],
    count: 3,
  })
})

test('two actions must be left', () => {
  expect(leavesActions(ACTIONS.slice(0, 5))).toBe(true)
  expect(leavesActions(ACTIONS.slice(0, 6))).toBe(false)
  expect(() => rulesFor(shipped, ACTIONS.slice(0, 6))).toThrow(RangeError)
})

test('whatever somebody cannot do is never drawn', () => {
  const some = (min: number, max: number) =>
    fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: min, maxLength: max })
  fc.assert(
    fc.property(some(2, 7), fc.integer({ min: 2, max: 5 }), some(0, 5), fc.nat(), (allowed, count, cannotDo, seed) => {
      const drawn = drawActions(rulesFor({ allowed, count }, cannotDo), [], (bound) => seed % bound)
      expect(drawn.length).toBeGreaterThanOrEqual(2)
      expect(drawn.filter((action) => cannotDo.includes(action))).toEqual([])
    }),
  )
})
