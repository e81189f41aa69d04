import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { betterFounded, consentThatHolds, type FoundedMark, faceAfterMerge } from './merging.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute))
const mark = (method: FoundedMark['method'], minute: number): FoundedMark => ({ method, markedAt: at(minute) })

describe('of two marks of one student', () => {
  test.each<[FoundedMark, FoundedMark, 'kept' | 'merged']>([
    [mark('hand', 9), mark('face', 1), 'kept'],
    [mark('face', 1), mark('hand', 9), 'merged'],
    [mark('code', 9), mark('closing', 1), 'kept'],
    [mark('closing', 1), mark('face', 9), 'merged'],
    [mark('face', 5), mark('code', 4), 'merged'],
    [mark('code', 4), mark('face', 5), 'kept'],
    [mark('closing', 5), mark('closing', 5), 'kept'],
    [mark('hand', 5), mark('hand', 4), 'merged'],
  ])('%o and %o, that of %s stays', (kept, merged, stays) => {
    expect(betterFounded({ kept, merged })).toBe(stays)
  })

  it('is the same one that stays, whichever account goes on, but for two of one moment', () => {
    const anyMark = fc
      .tuple(fc.constantFrom('face', 'code', 'hand', 'closing'), fc.integer({ min: 0, max: 9 }))
      .map(([method, minute]) => mark(method as FoundedMark['method'], minute))
    fc.assert(
      fc.property(anyMark, anyMark, (a, b) => {
        fc.pre(a.markedAt.getTime() !== b.markedAt.getTime())
        const stays = betterFounded({ kept: a, merged: b }) === 'kept' ? a : b
        expect(betterFounded({ kept: b, merged: a }) === 'kept' ? b : a).toBe(stays)
      }),
    )
  })
})

describe('the consent of two accounts', () => {
  const consent = (id: string, given: number, withdrawn: number | null = null) => ({
    id,
    givenAt: at(given),
    withdrawnAt: withdrawn === null ? null : at(withdrawn),
  })
  test.each([
    ['none', [], null],
    ['one that holds', [consent('a', 1)], 'a'],
    ['one that was taken back', [consent('a', 1, 2)], null],
    ['two: the later', [consent('a', 1), consent('b', 3)], 'b'],
    ['one taken back after the other was given', [consent('a', 1), consent('b', 2, 5)], null],
    ['one given after the other was taken back', [consent('a', 6), consent('b', 2, 5)], 'a'],
    ['a new version in place of the old', [consent('a', 1, 4), consent('b', 4)], 'b'],
  ])('%s', (_, consents, holds) => {
    expect(consentThatHolds(consents)).toBe(holds)
  })
})

test.each([
  [false, false, true, 'none'],
  [true, false, true, 'of-kept'],
  [false, true, true, 'of-merged'],
  [true, true, true, 'choose'],
  [true, true, false, 'deleted'],
  [false, true, false, 'deleted'],
] as const)('faces: kept %s, merged %s, consent %s: %s', (kept, merged, hasConsent, outcome) => {
  expect(faceAfterMerge({ kept, merged }, hasConsent)).toBe(outcome)
})
