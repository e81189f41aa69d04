import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MODEL_LIST, readModelSet } from './model-set.ts'
import { DEFAULT_MODELS } from './models.ts'
import { ModelUnusable, openModels } from './open-models.ts'
import { MODELS_DIR } from './testing/material.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'own-models-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const embedder = DEFAULT_MODELS.find((model) => model.role === 'embedder')
const own = { ...embedder, name: 'ours@2', file: 'ours.onnx' }
const write = (list: unknown) =>
  writeFile(path.join(folder, MODEL_LIST), typeof list === 'string' ? list : JSON.stringify(list))

describe('a folder with models of its own', () => {
  test('without a list holds the default set', async () => {
    expect(await readModelSet(folder)).toBe(DEFAULT_MODELS)
  })

  test('replaces the roles its list names, and no others', async () => {
    await write([own])
    const set = await readModelSet(folder)
    expect(set.map((model) => model.role)).toEqual(DEFAULT_MODELS.map((model) => model.role))
    expect(set.find((model) => model.role === 'embedder')).toEqual(own)
    expect(set.filter((model) => model.file.startsWith('fr_')).length).toBe(DEFAULT_MODELS.length - 1)
  })

  test('is loaded and runs, under its own name', async () => {
    for (const model of DEFAULT_MODELS) await copyFile(path.join(MODELS_DIR, model.file), path.join(folder, model.file))
    await copyFile(path.join(MODELS_DIR, 'fr_feature.onnx'), path.join(folder, 'ours.onnx'))
    await write([own])
    const models = await openModels(folder, await readModelSet(folder))
    expect(models.embedder.spec.name).toBe('ours@2')
    const outputs = await models.embedder.run(new Float32Array(3 * 112 * 112))
    expect(outputs.output?.length).toBe(512)
  })

  test('a file of another hash, another shape or another output is refused at the start', async () => {
    const bytes = await readFile(path.join(MODELS_DIR, 'fr_eye.onnx'))
    await writeFile(path.join(folder, 'ours.onnx'), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const open = async (model: object) => {
      await write([{ ...own, ...model }])
      const set = await readModelSet(folder)
      return openModels(
        folder,
        set.filter((each) => each.role === 'embedder'),
      )
    }
    await expect(open({})).rejects.toThrow(/not the expected file/)
    await expect(open({ sha256 })).rejects.toThrow(/it should take/)
    await copyFile(path.join(MODELS_DIR, 'fr_feature.onnx'), path.join(folder, 'ours.onnx'))
    await expect(open({ outputs: ['embedding'] })).rejects.toThrow(/no output called embedding/)
  })
})

describe('a hostile list', () => {
  test.each<[string, unknown]>([
    ['no JSON', '{'],
    ['no array', { embedder: own }],
    ['a path out of the folder', [{ ...own, file: '../../etc/passwd.onnx' }]],
    ['something that is no model', [{ ...own, file: 'run.js' }]],
    ['an unknown role', [{ ...own, role: 'admin' }]],
    ['two models of one role', [own, own]],
    ['another number of channels', [{ ...own, input: [1, 1, 112, 112] }]],
    ['a giant input', [{ ...own, input: [1, 3, 100_000, 100_000] }]],
    ['a scale of zero', [{ ...own, scale: [128, 0, 128] }]],
    ['numbers that are none', [{ ...own, mean: ['127', 127, 127] }]],
    ['four points to align to', [{ ...own, alignTo: own.alignTo?.slice(1) }]],
    ['a shortened hash', [{ ...own, sha256: '87aacdfe57510db2' }]],
    ['megabytes of it', ' '.repeat(100_000)],
  ])('%s is refused by name', async (_, list) => {
    await write(list)
    await expect(readModelSet(folder)).rejects.toThrow(ModelUnusable)
  })

  test('any JSON at all is either a list or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await write(JSON.stringify(value))
        const outcome = await readModelSet(folder).catch((error: unknown) => error)
        expect(Array.isArray(outcome) || outcome instanceof ModelUnusable).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
