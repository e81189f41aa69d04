import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  areaUnderRoc,
  crossValidatedAccuracy,
  equalErrorRate,
  errorsAt,
  operatingPoint,
  type Scored,
} from './metrics.ts'

const scores = fc
  .array(fc.record({ score: fc.double({ min: -1, max: 1, noNaN: true }), positive: fc.boolean() }), {
    minLength: 4,
    maxLength: 60,
  })
  .filter((all) => all.some((each) => each.positive) && all.some((each) => !each.positive))

const apart: Scored[] = Array.from({ length: 100 }, (_, i) => ({ score: i / 100, positive: i >= 50 }))

describe('figures of a bench', () => {
  test('are perfect where the scores are apart', () => {
    expect(areaUnderRoc(apart)).toBe(1)
    expect(equalErrorRate(apart)).toBe(0)
    expect(crossValidatedAccuracy(apart, 10)).toBeGreaterThan(0.97)
    expect(operatingPoint(apart, 0.02)?.tar).toBe(1)
  })

  test('turn over with the labels', () => {
    fc.assert(
      fc.property(scores, (all) => {
        const turned = all.map(({ score, positive }) => ({ score, positive: !positive }))
        expect(areaUnderRoc(all) + areaUnderRoc(turned)).toBeCloseTo(1, 9)
      }),
    )
  })

  test('an operating point keeps its promise on the data it was made from', () => {
    fc.assert(
      fc.property(scores, fc.constantFrom(0.5, 0.2, 0.1), (all, far) => {
        const point = operatingPoint(all, far)
        if (point) expect(errorsAt(all, point.threshold).far).toBeLessThanOrEqual(far)
      }),
    )
  })

  test('no operating point is given that the data is too small for', () => {
    expect(operatingPoint(apart, 0.001)).toBeNull()
  })
})
