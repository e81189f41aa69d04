import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readModelSet } from './model-set.ts'
import { DEFAULT_MODELS, type ModelRole } from './models.ts'
import { openModel, openModels } from './open-models.ts'
import { decodeJpeg } from './stages/decode.ts'
import { createStages, type Stages } from './stages/stages.ts'
import { MODELS_DIR, samplePhoto } from './testing/material.ts'
import { onnxOf } from './testing/onnx-of.ts'
import { ownAntispoof, ownDetector, ownEmbedder, ownLandmarks } from './testing/own-models.ts'
import { createVisionPool } from './vision-pool.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'models-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const bring = (shipped: string, as = shipped) => copyFile(path.join(MODELS_DIR, shipped), path.join(folder, as))
const shipped = <Role extends ModelRole>(role: Role) => {
  const found = DEFAULT_MODELS.find((model): model is Extract<typeof model, { role: Role }> => model.role === role)
  if (!found) throw new RangeError(`no ${role} is shipped`)
  return found
}

describe('the shipped models', () => {
  test('a missing one stops the start and is named', async () => {
    for (const { role, file } of DEFAULT_MODELS) if (role !== 'eyes') await bring(file)
    await expect(createVisionPool({ modelsDir: folder, ownModelsDir: null, workers: 1, maxQueue: 1 })).rejects.toThrow(
      /eyes model is missing/,
    )
  })

  test('one that is not the one it should be stops the start', async () => {
    await writeFile(path.join(folder, 'fr_eye.onnx'), 'something else')
    await expect(openModel<'eyes'>(folder, shipped('eyes'))).rejects.toThrow(/fr_eye.onnx is not the expected file/)
  })

  test('without an embedder are no model set', async () => {
    const list = DEFAULT_MODELS.filter((model) => model.role !== 'embedder')
    await expect(openModels(MODELS_DIR, list)).rejects.toThrow(/lacks a model for embedder/)
  })
})

describe('own models', () => {
  const write = (...models: object[]) => writeFile(path.join(folder, 'models.json'), JSON.stringify({ models }))
  const openOwn = async () => openModels(MODELS_DIR, await readModelSet(MODELS_DIR, folder))

  test('that are the shipped files again see the same, and enrol under a name of their own', async () => {
    await bring('fr_detect.onnx', 'faces.onnx')
    await bring('fr_landmark.onnx', 'points.onnx')
    await bring('fr_feature.onnx', 'ours.onnx')
    await bring('fr_liveness.onnx', 'liveness.onnx')
    await write(ownDetector, ownLandmarks, ownEmbedder, ownAntispoof)
    const ours = createStages(await openOwn())
    const theirs = createStages(await openModels(MODELS_DIR, DEFAULT_MODELS))
    const picture = await decodeJpeg(await readFile(samplePhoto(1)), 0)
    const look = async (stages: Stages) => {
      const [box] = await stages.detect(picture)
      if (!box) throw new RangeError('no face was found')
      const points = await stages.placeLandmarks(picture, box)
      const vector = await stages.embed(picture, points, 'with-mirror')
      return { box, points, vector, live: await stages.spoofCheck(picture, box) }
    }
    expect(await look(ours)).toEqual(await look(theirs))
    expect(theirs.embedderName).toBe('fr-feature@0.0.1/bgr')
    expect(ours.embedderName).toMatch(/^arcface-ours@2\.1#/)
  })

  test('reach the pool with their name and thresholds', async () => {
    await bring('fr_feature.onnx', 'ours.onnx')
    await write(ownEmbedder)
    const pool = await createVisionPool({ modelsDir: MODELS_DIR, ownModelsDir: folder, workers: 1, maxQueue: 1 })
    expect(pool.embedder).toMatchObject({
      name: expect.stringMatching(/^arcface-ours@2\.1#/),
      operatingPoints: ownEmbedder.operatingPoints,
    })
    await pool.close()
  })

  test.each<[string, object, RegExp]>([
    ['another hash', { sha256: '0'.repeat(64) }, /ours\.onnx is not the expected file: its sha-256 is 87aacdfe57/],
    [
      'another size',
      { input: { width: 128, height: 128, layout: 'nchw' } },
      /takes \[1,3,112,112\], it should take \[1,3,128,128\]/,
    ],
    ['another layout', { input: { width: 112, height: 112, layout: 'nhwc' } }, /it should take \[1,112,112,3\]/],
    ['no such output', { output: { name: 'embedding', length: 512 } }, /no output called embedding, it has output/],
    ['another length', { output: { name: 'output', length: 128 } }, /output output is \[1,512\], it should hold 128/],
  ])('of %s stop the start', async (_, change, sentence) => {
    await bring('fr_feature.onnx', 'ours.onnx')
    await write({ ...ownEmbedder, ...change })
    await expect(openOwn()).rejects.toThrow(sentence)
  })

  test('whose file is no model stop the start', async () => {
    const bytes = Buffer.from('not a model')
    await writeFile(path.join(folder, 'ours.onnx'), bytes)
    await write({ ...ownEmbedder, sha256: createHash('sha256').update(bytes).digest('hex') })
    await expect(openOwn()).rejects.toThrow(/ours\.onnx is not a model that can be loaded/)
  })

  test('whose scores are of another kind than they say stop the start', async () => {
    await bring('fr_liveness.onnx', 'liveness.onnx')
    await write({ ...ownAntispoof, output: { ...ownAntispoof.output, scores: 'probabilities' } })
    await expect(openOwn()).rejects.toThrow(/answers with logits, it should with probabilities/)
  })

  test('that want colours last get them last', async () => {
    const [size, length] = [16, 16 * 16 * 3]
    const model = await openTiny({ layout: 'nhwc', shape: [1, size, size, 3], op: 'Identity', inputs: 1 })
    const planar = Float32Array.from({ length }, (_, i) => i)
    const { vector } = await model.run(planar)
    expect(Array.from(vector.slice(0, 6))).toEqual([
      0,
      size * size,
      2 * size * size,
      1,
      size * size + 1,
      2 * size * size + 1,
    ])
  })

  test('may leave the number of pictures open', async () => {
    const model = await openTiny({ layout: 'nchw', shape: ['batch', 3, 16, 16], op: 'Identity', inputs: 1 })
    expect((await model.run(new Float32Array(768))).vector.length).toBe(768)
  })

  test.each<[string, 'Sub' | 'Sqrt' | 'Concat', 1 | 2, RegExp]>([
    ['answer the same to every face', 'Sub', 2, /tiny\.onnx answers the same to unlike pictures/],
    ['answer with no number', 'Sqrt', 1, /tiny\.onnx answers with what is no number/],
    ['answer with more than they said', 'Concat', 2, /output output holds 1536 numbers, it should hold 768/],
  ])('that %s stop the start', async (_, op, inputs, sentence) => {
    await expect(openTiny({ layout: 'nchw', shape: ['batch', 3, 16, 16], op, inputs })).rejects.toThrow(sentence)
  })

  async function openTiny(tiny: Parameters<typeof onnxOf>[0] & { layout: 'nchw' | 'nhwc' }) {
    const bytes = onnxOf(tiny)
    await writeFile(path.join(folder, 'tiny.onnx'), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const { layout } = tiny
    const outputs = { vector: { name: 'output', length: 768 } }
    const spec = { ...shipped('embedder'), file: 'tiny.onnx', sha256, input: [1, 3, 16, 16], layout, outputs } as const
    return openModel<'embedder'>(folder, spec)
  }

  test('whose even odds lie elsewhere are measured by theirs', async () => {
    const picture = await decodeJpeg(await readFile(samplePhoto(1)), 0)
    const plain = createStages(await openModels(MODELS_DIR, DEFAULT_MODELS))
    const [box] = await plain.detect(picture)
    if (!box) throw new RangeError('no face was found')
    const score = await plain.spoofCheck(picture, box)
    await bring('fr_liveness.onnx', 'liveness.onnx')
    await write({ ...ownAntispoof, evenOdds: Math.min(0.999, Math.max(0.001, score)) })
    const moved = await createStages(await openOwn()).spoofCheck(picture, box)
    expect(Math.abs(moved - 0.5)).toBeLessThanOrEqual(Math.abs(score - 0.5))
  })
})
