import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import type { Plugin } from 'vite'
import { withoutEval } from './without-eval.ts'

const resolve = createRequire(import.meta.url).resolve

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.data': 'application/octet-stream',
  '.binarypb': 'application/octet-stream',
}

/**
 * Files of packages that fetch their own parts at run time: MediaPipe's face mesh and the barcode reader.
 * They are served by us under `/vendor/`, so that no page ever asks a host of somebody else's.
 */
function vendorFiles(): Map<string, string> {
  const faceMesh = dirname(resolve('@mediapipe/face_mesh/package.json'))
  const faceMeshFiles = [
    'face_mesh.js',
    'face_mesh.binarypb',
    'face_mesh_solution_packed_assets.data',
    'face_mesh_solution_packed_assets_loader.js',
    'face_mesh_solution_simd_wasm_bin.js',
    'face_mesh_solution_simd_wasm_bin.wasm',
    'face_mesh_solution_wasm_bin.js',
    'face_mesh_solution_wasm_bin.wasm',
  ]
  // The reader's WebAssembly must be of the very version that barcode-detector was made with: its own, not ours.
  const nested = createRequire(resolve('barcode-detector/ponyfill'))
  return new Map([
    ...faceMeshFiles.map((name) => [`vendor/face-mesh/${name}`, join(faceMesh, name)] as const),
    ['vendor/zxing/zxing_reader.wasm', nested.resolve('zxing-wasm/reader/zxing_reader.wasm')],
  ])
}

export function servedAssets(): Plugin {
  const files = vendorFiles()
  return {
    name: 'served-assets',
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const file = files.get((request.url ?? '').split('?')[0]?.slice(1) ?? '')
        if (file === undefined) return next()
        response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
        response.end(await readAsset(file))
      })
    },
    async generateBundle() {
      for (const [fileName, path] of files) this.emitFile({ type: 'asset', fileName, source: await readAsset(path) })
    },
  }
}

async function readAsset(path: string): Promise<string | Uint8Array> {
  if (path.endsWith('_wasm_bin.js')) return withoutEval(await readFile(path, 'utf8'))
  return new Uint8Array(await readFile(path))
}
