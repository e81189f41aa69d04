import { expect, it } from 'vitest'
import { DEFAULT_POLICY, thresholdsOf } from './policy.ts'
import { SHIPPED_THRESHOLDS, SIMILARITY_AT_FMR } from './thresholds.ts'

it('decides by the shipped thresholds under the shipped policy and embedder', () => {
  expect(thresholdsOf(DEFAULT_POLICY, SIMILARITY_AT_FMR)).toEqual(SHIPPED_THRESHOLDS)
})

it('asks for more similarity where a policy wants fewer false matches', () => {
  const strict = thresholdsOf({ ...DEFAULT_POLICY, falseMatchRate: '1e-5' }, SIMILARITY_AT_FMR)
  expect(strict.minSimilarity).toBeGreaterThan(SHIPPED_THRESHOLDS.minSimilarity)
})

it("takes another embedder's similarities at their own worth, and leaves what no embedder decides", () => {
  const other = { '1e-3': 0.702, '1e-4': 0.7, '1e-5': 0.8 }
  expect(thresholdsOf(DEFAULT_POLICY, other)).toEqual({ ...SHIPPED_THRESHOLDS, minSimilarity: 0.7, minSameFace: 0.6 })
})

it('leaves the injection checks out only where a policy says so', () => {
  expect(thresholdsOf({ ...DEFAULT_POLICY, injectionChecks: false }, SIMILARITY_AT_FMR).injectionChecks).toBe(false)
})
