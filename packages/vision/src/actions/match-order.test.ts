import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Action, Timing } from '../evidence.ts'
import type { ActionEvent } from './find-events.ts'
import { matchOrder } from './match-order.ts'

const free: Timing = { kind: 'free' }
const event = (action: Action, peakMs: number): ActionEvent => ({
  action,
  fromMs: peakMs - 100,
  peakMs,
  toMs: peakMs + 100,
})
const seen = (asked: Action[], events: ActionEvent[], timing: Timing = free) =>
  matchOrder(asked, events, timing).map((e) => e.seen)

const action = fc.constantFrom<Action>('blink', 'turn-left', 'turn-right')
const events = fc.array(
  fc.record({ action, at: fc.integer({ min: 0, max: 20_000 }) }).map((e) => event(e.action, e.at)),
  { maxLength: 12 },
)

test('actions in their order count; out of order they do not', () => {
  expect(seen(['blink', 'turn-left'], [event('blink', 1000), event('turn-left', 3000)])).toEqual([true, true])
  expect(seen(['blink', 'turn-left'], [event('turn-left', 1000), event('blink', 3000)])).toEqual([true, false])
})

test('an action asked twice has to be done twice', () => {
  const asked: Action[] = ['turn-left', 'blink', 'turn-left']
  expect(seen(asked, [event('turn-left', 1000), event('blink', 2000)])).toEqual([true, true, false])
  expect(seen(asked, [event('turn-left', 1000), event('blink', 2000), event('turn-left', 3000)])).toEqual([
    true,
    true,
    true,
  ])
})

test('after one that is missing nothing more counts', () => {
  expect(seen(['turn-right', 'blink'], [event('blink', 2000)])).toEqual([false, false])
})

test('what the page says about its prompts can only take away', () => {
  const prompt = fc.record({ action, shownAtMs: fc.integer({ min: 0, max: 20_000 }) })
  fc.assert(
    fc.property(
      fc.array(action, { minLength: 1, maxLength: 4 }),
      events,
      fc.array(prompt, { maxLength: 5 }),
      (asked, all, prompts) => {
        const without = seen(asked, all)
        const constrained = seen(asked, all, { kind: 'prompted', prompts })
        for (const [i, each] of constrained.entries()) if (each) expect(without[i]).toBe(true)
      },
    ),
  )
})

test('an action done before it was asked for does not count', () => {
  const prompts = [{ action: 'blink' as const, shownAtMs: 2500 }]
  expect(seen(['blink'], [event('blink', 1000)], { kind: 'prompted', prompts })).toEqual([false])
  expect(seen(['blink'], [event('blink', 3000)], { kind: 'prompted', prompts })).toEqual([true])
})

test('more performances never take an action away', () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 4 }), events, events, (asked, some, more) => {
      const few = seen(asked, some).filter(Boolean).length
      expect(seen(asked, [...some, ...more]).filter(Boolean).length).toBeGreaterThanOrEqual(few)
    }),
  )
})
