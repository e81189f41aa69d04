import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseModelList } from './model-list.ts'
import { DEFAULT_MODELS, type ModelFile } from './models.ts'
import { ModelUnusable } from './open-models.ts'

/** The file in a folder that names models of one's own. */
const MODEL_LIST = 'models.json'

const MAX_LIST_BYTES = 64 * 1024

/** The largest face models in use are a quarter of this. Each worker holds its own copy. */
const MAX_MODEL_BYTES = 1024 ** 3

/**
 * The shipped models, with those replaced that the `models.json` of a folder names: of `ownFolder`, or of `folder` itself
 * where there is no folder of one's own. An own model's `file` is absolute.
 * @throws ModelUnusable when the list is not what it should be: a wrong list never falls back to the shipped set
 */
export async function readModelSet(folder: string, ownFolder: string | null = null): Promise<readonly ModelFile[]> {
  if (ownFolder === null && !(await isThere(path.join(folder, MODEL_LIST)))) return DEFAULT_MODELS
  const listed = await readModelList(ownFolder ?? folder)
  return DEFAULT_MODELS.map((model) => listed.find((each) => each.role === model.role) ?? model)
}

async function readModelList(folder: string): Promise<ModelFile[]> {
  const file = await fileInside(folder, MODEL_LIST, MAX_LIST_BYTES)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ModelUnusable(`${file} cannot be read (${error.code})`)
  })
  const models = parseModelList(text, path.join(folder, MODEL_LIST))
  return Promise.all(
    models.map(async (model) => ({ ...model, file: await fileInside(folder, model.file, MAX_MODEL_BYTES) })),
  )
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
}

/** Where a plain file of the folder really is. Links may point within the folder, as those of a mounted volume do. */
async function fileInside(folder: string, name: string, maxBytes: number): Promise<string> {
  const file = path.join(folder, name)
  const refuse = (problem: string): never => {
    throw new ModelUnusable(`${file} ${problem}`)
  }
  const found = await realpath(file).catch((error: NodeJS.ErrnoException) =>
    refuse(error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.code})`),
  )
  if (!found.startsWith((await realpath(folder)) + path.sep)) refuse('is a link to outside its folder')
  const about = await stat(found)
  if (!about.isFile()) refuse('is not a file')
  if (about.size > maxBytes) refuse(`holds ${about.size} bytes, it may hold ${maxBytes}`)
  return found
}
