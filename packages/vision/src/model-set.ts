import { DEFAULT_MODELS, type ModelFile } from './models.ts'

/** The models a folder holds: the default set. */
export async function readModelSet(_folder: string): Promise<readonly ModelFile[]> {
  return DEFAULT_MODELS
}
