import { expect, test } from 'vitest'
import { BadFrames } from './bad-frames.ts'
import { MODELS_DIR, plainUpload, portraitRecording } from './testing/material.ts'
import { createDraw, createUploadMix } from './testing/upload-mix.ts'
import { createVisionPool } from './vision-pool.ts'

/** A bounded stand-in for the 10,000 of `npm run -s bench -- soak`. Memory settles over the first uploads. */
const SETTLING = 120
const UPLOADS = 220

/** One decoded frame of 320 × 240 kept an upload would be 48 MB; what memory still settles by here is under 30. */
const ALLOWED_MB = 40

test('hundreds of uploads, honest and hostile, kill no worker and leave memory where it is', async () => {
  const pool = await createVisionPool({ modelsDir: MODELS_DIR, ownModelsDir: null, workers: 1, maxQueue: 4 })
  const draw = createDraw(7)
  const next = createUploadMix([await portraitRecording(40), await plainUpload('noise', 40)], draw)
  const answers = new Set<string>()
  const readNext = async () => {
    const answer = await pool.read(next().request).catch((error: unknown) => error)
    answers.add(answer instanceof BadFrames ? answer.code : ((answer as { kind?: string }).kind ?? String(answer)))
  }
  try {
    for (let i = 0; i < SETTLING; i++) await readNext()
    const before = process.memoryUsage().rss
    for (let i = 0; i < UPLOADS; i++) await readNext()
    const grownMb = (process.memoryUsage().rss - before) / 2 ** 20
    expect([...answers].sort()).toEqual([
      'face',
      'frames-out-of-order',
      'image-too-large',
      'not-an-image',
      'truncated-image',
      'unfinished',
      'unusable',
    ])
    expect(pool.health()).toMatchObject({ workers: 1, replaced: 0 })
    expect(grownMb).toBeLessThan(ALLOWED_MB)
  } finally {
    await pool.close()
  }
})
