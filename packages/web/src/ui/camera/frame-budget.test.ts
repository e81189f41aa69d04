import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActionName } from './action-watch.ts'
import { chooseQuality, QUALITY_BEST, QUALITY_WORST, relativeSize, spend, startSpending } from './frame-budget.ts'
import { createPacing, fullFramesAfter } from './frame-pacing.ts'
import { advance, startSequence } from './sequence.ts'

const LIMIT = 1_500_000

/** Plays the longest sequence there is, nothing ever seen, with a camera whose pictures cost `bytesAtBest`. */
function playLongest(actions: ActionName[], bytesAtBest: number) {
  let sequence = startSequence(actions, null)
  let spending = startSpending(LIMIT, 7)
  const qualities: number[] = []
  for (let atMs = 0; sequence.phase.kind !== 'finished'; atMs += 1000 / 15) {
    sequence = advance(sequence, { atMs, reading: null, isGuided: false })
    if (sequence.phase.kind === 'position') continue
    const quality = chooseQuality(spending, sequence, atMs)
    qualities.push(quality)
    spending = spend(spending, { kind: 'small', bytes: bytesAtBest * relativeSize(quality), quality })
  }
  return { spending, qualities }
}

describe('the byte budget', () => {
  it('fits the longest sequence of two or three actions with an ordinary camera', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3_000, max: 7_500 }), fc.constantFrom(2, 3), (bytesAtBest, count) => {
        const actions = (['blink', 'turn-left', 'turn-right'] as const).slice(0, count)
        const { spending, qualities } = playLongest(actions, bytesAtBest)
        expect(spending.spentBytes + 7 * spending.fullBytes).toBeLessThanOrEqual(LIMIT * 1.02)
        for (const quality of qualities) {
          expect(quality).toBeGreaterThanOrEqual(QUALITY_WORST)
          expect(quality).toBeLessThanOrEqual(QUALITY_BEST)
        }
      }),
    )
  })

  it('spends more on the first moments of an action than on a long wait', () => {
    const { qualities } = playLongest(['blink', 'turn-left'], 7_000)
    expect(qualities[0] ?? 0).toBeGreaterThan(qualities[100] ?? 1)
  })

  it('comes to the best quality where bytes are no matter', () => {
    expect(playLongest(['blink', 'smile'], 1_500).qualities.at(-1)).toBe(QUALITY_BEST)
  })
})

describe('pacing', () => {
  it.each([
    [30, 15],
    [60, 15],
    [24, 15],
    [15, 15],
    [30, 7.5],
  ])('takes of %d frames a second the ones that make %d', (camera, wanted) => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 40, maxLength: 40 }), (jitter) => {
        const isDue = createPacing()
        const seconds = 10
        let taken = 0
        for (let i = 0; i < camera * seconds; i++)
          if (isDue((i * 1000) / camera + (jitter[i % jitter.length] ?? 0), wanted)) taken++
        expect(Math.abs(taken / seconds - wanted)).toBeLessThan(1.2)
      }),
      { numRuns: 30 },
    )
  })

  it('plans six to eight full frames, several of them before the first action', () => {
    for (let count = 2; count <= 5; count++) {
      const { atStart, afterEach } = fullFramesAfter(count)
      const all = atStart + afterEach.reduce((a, b) => a + b, 0)
      expect(all).toBeGreaterThanOrEqual(6)
      expect(all).toBeLessThanOrEqual(8)
      expect(atStart).toBeGreaterThanOrEqual(3)
      expect(afterEach).toHaveLength(count)
    }
  })
})
