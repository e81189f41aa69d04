import { beforeAll, expect, test } from 'vitest'
import type { Frame } from './evidence.ts'
import { readModelSet } from './model-set.ts'
import { openModels } from './open-models.ts'
import { createFrameReader } from './read-frames.ts'
import { createStages } from './stages/stages.ts'
import { MODELS_DIR, plainUpload, samplePhoto, stillUpload } from './testing/material.ts'

/** A bounded stand-in for 10,000 check-ins: what leaks a picture an upload grows by tens of megabytes over these. */
const UPLOADS = 14
const ALLOWED_MB = 40

let uploads: Frame[][]
beforeAll(async () => {
  uploads = [await plainUpload('noise', 15), await stillUpload(samplePhoto(5), 15)]
})

test('memory stays where it is over many uploads, with faces and without', async () => {
  const models = await openModels(MODELS_DIR, await readModelSet(MODELS_DIR))
  const readFrames = createFrameReader(createStages(models))
  const read = (i: number) =>
    readFrames({
      frames: uploads[i % 2] ?? [],
      actions: ['blink', 'turn-left'],
      timing: { kind: 'free' },
      purpose: 'check-in',
    })
  for (let i = 0; i < 6; i++) await read(i)
  const before = process.memoryUsage().rss
  for (let i = 0; i < UPLOADS; i++) await read(i)
  const grownMb = (process.memoryUsage().rss - before) / 2 ** 20
  expect(grownMb).toBeLessThan(ALLOWED_MB)
}, 180_000)
