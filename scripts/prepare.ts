import path from 'node:path'
import { buildWebWhenStale } from './build-web.ts'
import { ensureModels } from './fetch-models.ts'

/** Fetches what is missing of the models, checks them all, and builds the web app if its sources have changed. */
export async function prepare(root: string, log: (line: string) => void): Promise<void> {
  await ensureModels(path.join(root, '.models'), { log })
  await buildWebWhenStale(root, log)
}
