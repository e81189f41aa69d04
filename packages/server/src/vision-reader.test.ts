import { SIMILARITY_AT_FMR } from '@app/domain'
import { DEFAULT_MODELS } from '@app/vision'
import { expect, test } from 'vitest'

test('the shipped embedder brings the thresholds that the rules were measured with', () => {
  const embedder = DEFAULT_MODELS.find((model) => model.role === 'embedder')
  expect(embedder?.operatingPoints).toEqual(SIMILARITY_AT_FMR)
})
