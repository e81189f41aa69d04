import { copyFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readModelSet } from './model-set.ts'
import { DEFAULT_MODELS } from './models.ts'
import { ModelUnusable } from './open-models.ts'
import { MODELS_DIR } from './testing/material.ts'
import { ownEmbedder } from './testing/own-models.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'own-models-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = (name: string) => path.join(folder, name)
const write = (...models: object[]) => writeFile(file('models.json'), JSON.stringify({ models }))
const bring = () => copyFile(path.join(MODELS_DIR, 'fr_feature.onnx'), file('ours.onnx'))

describe('a folder of own models', () => {
  test('lies over the shipped set: the roles it names are replaced, the rest stay', async () => {
    await write(ownEmbedder)
    await bring()
    const set = await readModelSet(MODELS_DIR, folder)
    expect(set.map(({ role }) => role)).toEqual(DEFAULT_MODELS.map(({ role }) => role))
    expect(set.filter((model) => !DEFAULT_MODELS.includes(model))).toMatchObject([
      { role: 'embedder', file: file('ours.onnx'), licence: 'ours alone' },
    ])
  })

  test('may be the folder of the shipped models itself', async () => {
    expect(await readModelSet(folder)).toBe(DEFAULT_MODELS)
    await write(ownEmbedder)
    await bring()
    expect((await readModelSet(folder)).find(({ role }) => role === 'embedder')?.licence).toBe('ours alone')
  })

  test('may be mounted, with links inside it', async () => {
    await mkdir(file('..data'))
    await write(ownEmbedder)
    await copyFile(path.join(MODELS_DIR, 'fr_feature.onnx'), file('..data/ours.onnx'))
    await symlink('..data/ours.onnx', file('ours.onnx'))
    await expect(readModelSet(MODELS_DIR, folder)).resolves.toHaveLength(DEFAULT_MODELS.length)
  })
})

describe('is refused by name', () => {
  const refused = async (sentence: RegExp) => {
    const error: unknown = await readModelSet(MODELS_DIR, folder).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ModelUnusable)
    expect(String(error)).toMatch(sentence)
  }

  test('a folder without a list', () => refused(/models\.json is missing/))

  test('a list that names a file which is not there', async () => {
    await write(ownEmbedder)
    await refused(/ours\.onnx is missing/)
  })

  test('a folder in place of a file', async () => {
    await write(ownEmbedder)
    await mkdir(file('ours.onnx'))
    await refused(/ours\.onnx is not a file/)
  })

  test('a link that leads out of the folder, also to a folder whose name begins like it', async () => {
    await write(ownEmbedder)
    await symlink(path.join(MODELS_DIR, 'fr_feature.onnx'), file('ours.onnx'))
    await refused(/ours\.onnx is a link to outside/)
    await rm(file('ours.onnx'))
    await mkdir(`${folder}-other`)
    await writeFile(`${folder}-other/ours.onnx`, '')
    await symlink(`${folder}-other/ours.onnx`, file('ours.onnx'))
    await refused(/ours\.onnx is a link to outside/)
    await rm(`${folder}-other`, { recursive: true })
  })

  test('a list of gigabytes, before it is read', async () => {
    await write(ownEmbedder)
    await truncate(file('models.json'), 5 * 1024 ** 3)
    await refused(/models\.json holds 5368709120 bytes, it may hold 65536/)
  })
})
