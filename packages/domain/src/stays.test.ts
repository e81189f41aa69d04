import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Stay } from './session-window.ts'
import { staysFrom, staysUntil, uniteStays } from './stays.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour))
const stay = (from: number, until: number | null): Stay => ({
  joinedAt: at(from),
  leftAt: until === null ? null : at(until),
})

test.each<[string, Stay[], Stay[]]>([
  ['nothing', [], []],
  ['stays apart as they are, in the order of time', [stay(5, 6), stay(1, 2)], [stay(1, 2), stay(5, 6)]],
  ['overlapping ones as one', [stay(1, 4), stay(3, 6)], [stay(1, 6)]],
  ['touching ones as one', [stay(1, 3), stay(3, 6)], [stay(1, 6)]],
  ['one within another as the longer', [stay(1, 9), stay(3, 6)], [stay(1, 9)]],
  ['an open one swallows what follows', [stay(2, null), stay(4, 5), stay(8, null)], [stay(2, null)]],
])('united are %s', (_, stays, united) => {
  expect(uniteStays(stays)).toEqual(united)
})

describe('leaving and joining', () => {
  it('ends the stay that is under way and drops what came later', () => {
    expect(staysUntil([stay(1, 3), stay(5, null)], at(6))).toEqual([stay(1, 3), stay(5, 6)])
    expect(staysUntil([stay(1, 3), stay(5, null)], at(5))).toEqual([stay(1, 3)])
    expect(staysUntil([stay(1, 3), stay(5, null)], at(2))).toEqual([stay(1, 2)])
  })

  it('begins a stay, or goes on with the one that is under way', () => {
    expect(staysFrom([stay(1, 3)], at(5))).toEqual([stay(1, 3), stay(5, null)])
    expect(staysFrom([stay(1, null)], at(5))).toEqual([stay(1, null)])
    expect(staysFrom([stay(1, 3), stay(5, 7), stay(9, null)], at(2))).toEqual([stay(1, null)])
  })
})

const anyStay = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.integer({ min: 0, max: 20 })))
  .map(([from, length]) => stay(from, length === null ? null : from + length))
const belongs = (stays: readonly Stay[], hour: number) =>
  stays.some(({ joinedAt, leftAt }) => joinedAt <= at(hour) && (leftAt === null || leftAt > at(hour)))
const HOURS = Array.from({ length: 70 }, (_, hour) => hour)

test('whatever the stays, uniting them changes no moment, and leaves a gap between any two', () => {
  fc.assert(
    fc.property(fc.array(anyStay, { maxLength: 8 }), (stays) => {
      const united = uniteStays(stays)
      for (const hour of HOURS) expect(belongs(united, hour)).toBe(belongs(stays, hour))
      for (const [i, { leftAt }] of united.slice(0, -1).entries())
        expect(leftAt !== null && leftAt < (united[i + 1]?.joinedAt ?? at(0))).toBe(true)
    }),
  )
})

test('whatever the stays, before a move they are as they were and after it one class has the student', () => {
  fc.assert(
    fc.property(fc.array(anyStay, { maxLength: 8 }), fc.integer({ min: 0, max: 60 }), (stays, moved) => {
      const [old, next] = [staysUntil(stays, at(moved)), staysFrom([], at(moved))]
      for (const hour of HOURS) {
        expect(belongs(old, hour)).toBe(hour < moved && belongs(stays, hour))
        expect(belongs(next, hour)).toBe(hour >= moved)
      }
    }),
  )
})
