import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { similarity } from './stages/embed.ts'
import { MODELS_DIR, samplePhoto } from './testing/material.ts'
import { createVisionPool, type VisionPool } from './vision-pool.ts'

let vision: VisionPool
beforeAll(async () => {
  vision = await createVisionPool({ modelsDir: MODELS_DIR, ownModelsDir: null, workers: 1, maxQueue: 8 })
})
afterAll(() => vision?.close())

/** One person of a photo of several. */
const portrait = () => sharp(samplePhoto(6)).extract({ left: 533, top: 235, width: 480, height: 360 })
const read = async (photo: Promise<Buffer>) => vision.readPhoto(await photo)

it('describes the one face of a photo, whatever the file and whichever way up', async () => {
  const [jpeg, png, webp, lying] = await Promise.all([
    read(portrait().jpeg().toBuffer()),
    read(portrait().png().toBuffer()),
    read(portrait().webp({ quality: 90 }).toBuffer()),
    // Turned by a quarter, with the note that says so, as phones write them.
    read(portrait().rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer()),
  ])
  for (const each of [jpeg, png, webp, lying]) expect(each.kind).toBe('face')
  if (jpeg.kind !== 'face') return
  for (const each of [png, webp, lying])
    if (each.kind === 'face') expect(similarity(jpeg.probe, each.probe)).toBeGreaterThan(0.9)
  expect(jpeg.model).toBe(vision.embedder.name)
  expect(await sharp(jpeg.thumbnail).metadata()).toMatchObject({ width: 160, height: 160, format: 'jpeg' })
})

test.each<[string, () => Promise<Buffer>, string]>([
  ['several people', () => readFile(samplePhoto(1)), 'several-faces'],
  [
    'nobody',
    () =>
      sharp({ create: { width: 640, height: 480, channels: 3, background: '#789' } })
        .jpeg()
        .toBuffer(),
    'no-face',
  ],
  ['a far face', () => portrait().resize(160, 120).jpeg().toBuffer(), 'too-far'],
  ['a blurred face', () => portrait().blur(4).jpeg().toBuffer(), 'blurred'],
  ['what is no photo', async () => Buffer.from('%PDF-1.7'), 'unreadable'],
  ['a photo that ends early', async () => (await portrait().jpeg().toBuffer()).subarray(0, 2000), 'unreadable'],
])('%s is told', async (_, photo, because) => {
  expect(await read(photo())).toEqual({ kind: 'unusable', because })
})
