import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { glob, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Written into the build it describes, so that it travels with it. */
const STAMP = '.build-stamp'
const SOURCES = 'packages/{web,contract,domain}/**/*'
const NOT_SOURCES = /(^|[\\/])(node_modules|dist)([\\/]|$)|[.]test[.]tsx?$/

async function hashSources(root: string): Promise<string> {
  const files = ['package-lock.json', 'tsconfig.base.json']
  for await (const entry of glob(SOURCES, {
    cwd: root,
    withFileTypes: true,
    exclude: ({ name }) => NOT_SOURCES.test(name),
  })) {
    if (entry.isFile()) files.push(path.relative(root, path.join(entry.parentPath, entry.name)))
  }
  const hash = createHash('sha256')
  for (const file of files.sort()) {
    hash.update(`${file}\0`)
    hash.update(await readFile(path.join(root, file)))
  }
  return hash.digest('hex')
}

function runVite(root: string, outDir: string): Promise<void> {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  const child = spawn(process.execPath, args, {
    cwd: path.join(root, 'packages/web'),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const listen = (chunk: Buffer): void => {
    said += chunk.toString()
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The web app could not be built:\n${said}`)),
    )
  })
}

/** Puts `next` in the place of `dist`. Of two builds that end at the same time either may stay: both are of now. */
async function swap(next: string, dist: string, previous: string): Promise<void> {
  await rename(dist, previous).catch(unless('ENOENT'))
  await rename(next, dist).catch(unless('ENOTEMPTY', 'EEXIST'))
}

function unless(...expected: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!expected.includes(error.code ?? '')) throw error
  }
}

/**
 * Builds packages/web into packages/web/dist when its sources, those of the packages it reads, or the lock file have
 * changed since. The old build stays in place until the new one is complete. Answers the folder to serve.
 */
export async function buildWebWhenStale(root: string, log: (line: string) => void): Promise<string> {
  const dist = path.join(root, 'packages/web/dist')
  const wanted = await hashSources(root)
  const built = await readFile(path.join(dist, STAMP), 'utf8').catch(() => '')
  if (built === wanted) return dist
  log('Building the web app…')
  await mkdir(path.join(root, '.cache'), { recursive: true })
  const workDir = await mkdtemp(path.join(root, '.cache/web-'))
  try {
    const next = path.join(workDir, 'next')
    await runVite(root, next)
    await writeFile(path.join(next, STAMP), wanted)
    await swap(next, dist, path.join(workDir, 'previous'))
  } finally {
    await rm(workDir, { recursive: true, force: true })
  }
  return dist
}
