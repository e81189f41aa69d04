import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_MODELS } from './models.ts'
import { openModels } from './open-models.ts'
import { MODELS_DIR } from './testing/material.ts'
import { createVisionPool } from './vision-pool.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'models-'))
  for (const model of DEFAULT_MODELS) await copyFile(path.join(MODELS_DIR, model.file), path.join(folder, model.file))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a missing model stops the start and is named', async () => {
  await rm(path.join(folder, 'fr_eye.onnx'))
  await expect(createVisionPool({ modelsDir: folder, workers: 1, maxQueue: 1 })).rejects.toThrow(
    /eyes model is missing/,
  )
})

test('a model that is not the one it should be stops the start', async () => {
  await writeFile(path.join(folder, 'fr_eye.onnx'), 'something else')
  await expect(openModels(folder, DEFAULT_MODELS)).rejects.toThrow(/fr_eye.onnx is not the expected file/)
})

test('a model set without an embedder is no model set', async () => {
  const list = DEFAULT_MODELS.filter((model) => model.role !== 'embedder')
  await expect(openModels(MODELS_DIR, list)).rejects.toThrow(/lacks/)
})
