import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readModelSet } from '../packages/vision/src/model-set.ts'
import { openModels } from '../packages/vision/src/open-models.ts'
import { decodeJpeg } from '../packages/vision/src/stages/decode.ts'
import { createStages, type Stages } from '../packages/vision/src/stages/stages.ts'
import { ensureModels } from '../scripts/fetch-models.ts'

/** Where the models lie, and where every bench finds them. */
export const MODELS_DIR = path.resolve(import.meta.dirname, '..', '.models')

/** The shipped models, with those of MODELS_DIR in their place, loaded in this thread. */
export async function openStages(): Promise<Stages> {
  await ensureModels(MODELS_DIR, { log: (line) => process.stderr.write(`${line}\n`) })
  return createStages(await openModels(MODELS_DIR, await readModelSet(MODELS_DIR, process.env.MODELS_DIR ?? null)))
}

/** Decodes a picture file of any size that the tests use. */
export async function openPicture(file: string) {
  return decodeJpeg(await readFile(file), 0)
}
