import { expect, it } from 'vitest'
import { DEFAULT_POLICY, thresholdsOf } from './policy.ts'
import { SHIPPED_THRESHOLDS } from './thresholds.ts'

it('decides by the shipped thresholds under the shipped policy', () => {
  expect(thresholdsOf(DEFAULT_POLICY)).toEqual(SHIPPED_THRESHOLDS)
})

it('asks for more similarity where a policy wants fewer false matches', () => {
  const strict = thresholdsOf({ ...DEFAULT_POLICY, falseMatchRate: '1e-5' })
  expect(strict.minSimilarity).toBeGreaterThan(SHIPPED_THRESHOLDS.minSimilarity)
})

it('leaves the injection checks out only where a policy says so', () => {
  expect(thresholdsOf({ ...DEFAULT_POLICY, injectionChecks: false }).injectionChecks).toBe(false)
})
