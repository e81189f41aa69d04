import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ACTIONS, type Action, drawActions } from './challenge.ts'

const rules = fc.record({
  allowed: fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 2, maxLength: ACTIONS.length }),
  count: fc.integer({ min: 2, max: 5 }),
})
/** Draws that are random but end: after the given numbers, a counter goes round. */
const draws = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).map((numbers) => {
  const state = { i: 0 }
  return (bound: number) => ((numbers[state.i % numbers.length] ?? 0) + state.i++) % bound
})

describe('the actions of a challenge', () => {
  test('are as many as asked, all allowed, and none follows itself', () => {
    fc.assert(
      fc.property(rules, draws, (rule, draw) => {
        const actions = drawActions(rule, [], draw)
        expect(actions.length).toBe(rule.count)
        for (const [i, action] of actions.entries()) {
          expect(rule.allowed).toContain(action)
          expect(action).not.toBe(actions[i - 1])
        }
      }),
    )
  })

  test('are never those of the challenge just before', () => {
    fc.assert(
      fc.property(rules, draws, (rule, draw) => {
        const before = drawActions(rule, [], draw)
        expect(drawActions(rule, before, draw)).not.toEqual(before)
      }),
    )
  })

  test('use different ones before any comes twice', () => {
    fc.assert(
      fc.property(rules, draws, (rule, draw) => {
        const actions = drawActions(rule, [], draw)
        expect(new Set(actions).size).toBe(Math.min(rule.count, rule.allowed.length))
      }),
    )
  })

  test.each<{ allowed: Action[]; count: number }>([
    { allowed: ['blink'], count: 2 },
    { allowed: ['blink', 'blink'], count: 2 },
    { allowed: ['blink', 'smile'], count: 1 },
    { allowed: ['blink', 'smile'], count: 6 },
    { allowed: ['blink', 'smile'], count: 2.5 },
  ])('need a choice: $allowed, $count is none', (rule) => {
    expect(() => drawActions(rule, [], () => 0)).toThrow(RangeError)
  })
})
