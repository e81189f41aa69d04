import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|mjs|css|html|svg|json|wasm|data|binarypb|tflite)$/
const SMALLEST_WORTH_IT = 1024

/** Writes `.br` and `.gz` beside every file that shrinks, so the server sends them without compressing a thing. */
export function compressed(): Plugin {
  let outDir = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name))
      for (const file of files) await compress(join(file.parentPath, file.name))
    },
  }
}

async function compress(path: string) {
  const bytes = await readFile(path)
  if (bytes.length < SMALLEST_WORTH_IT) return
  // Large binaries change rarely and cost seconds at the top level: one step down is nearly as small.
  const quality = bytes.length > 1_000_000 ? 9 : constants.BROTLI_MAX_QUALITY
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    promisify(gzip)(bytes, { level: 9 }),
  ])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}
