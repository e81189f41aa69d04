import { afterEach, beforeAll, expect, test } from 'vitest'
import { BadFrames, VisionBusy } from './bad-frames.ts'
import type { ReadRequest } from './evidence.ts'
import { hugeJpeg, MODELS_DIR, plainUpload } from './testing/material.ts'
import { createVisionPool, startPool, type WorkerPool } from './vision-pool.ts'

const mortal = new URL('./testing/mortal-worker.ts', import.meta.url)
let black: ReadRequest
let deadly: ReadRequest
let pool: WorkerPool | null = null

beforeAll(async () => {
  const frames = await plainUpload('black')
  black = { frames, actions: ['blink'], timing: { kind: 'free' }, flash: { kind: 'none' }, purpose: 'check-in' }
  deadly = { ...black, frames: frames.map((frame) => ({ ...frame, atMs: frame.atMs + 13 })) }
})
afterEach(async () => {
  await pool?.close()
  pool = null
})

test('a worker that dies takes its own request with it, is replaced, and the others go on', async () => {
  pool = await startPool({ file: mortal, modelsDir: '', models: [], workers: 2, maxQueue: 20 })
  const answers = await Promise.allSettled([black, deadly, black, black, deadly, black].map((each) => pool?.read(each)))
  expect(answers.map((each) => each.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  await expect(pool.read(black)).resolves.toEqual({ kind: 'unusable', because: 'no-face', light: 'dim' })
  expect(pool.health()).toMatchObject({ workers: 2, replaced: 2 })
})

test('when the queue is full the next is told to come back, and what waits is still answered', async () => {
  pool = await startPool({ file: mortal, modelsDir: '', models: [], workers: 1, maxQueue: 2 })
  const reads = Array.from({ length: 6 }, () => pool?.read(black))
  const answers = await Promise.allSettled(reads)
  const refused = answers.filter((each) => each.status === 'rejected')
  expect(refused.length).toBe(3)
  for (const each of refused) expect(each.reason).toBeInstanceOf(VisionBusy)
  expect(pool.health().waiting).toBe(0)
})

test('what is wrong with the frames crosses the worker as what it is', async () => {
  pool = await createVisionPool({ modelsDir: MODELS_DIR, ownModelsDir: null, workers: 1, maxQueue: 4 })
  const withFrame = (jpeg: Uint8Array): ReadRequest => ({
    ...black,
    frames: black.frames.map((frame, i) => (i === 3 ? { ...frame, jpeg } : frame)),
  })
  const good = black.frames[0]?.jpeg ?? new Uint8Array()
  // The header is sound and the end marker is there: only the decoder, in the worker, can tell.
  const hollow = Uint8Array.from([...good.subarray(0, Math.floor(good.length * 0.6)), 0xff, 0xd9])
  for (const [jpeg, code] of [
    [hugeJpeg(), 'image-too-large'],
    [hollow, 'truncated-image'],
  ] as const) {
    const error: unknown = await pool.read(withFrame(jpeg)).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(BadFrames)
    expect(error).toMatchObject({ code, frame: 3 })
  }
  await expect(pool.read(black)).resolves.toEqual({ kind: 'unusable', because: 'no-face', light: 'dim' })
})
