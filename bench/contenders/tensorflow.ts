import { readFile } from 'node:fs/promises'
import { createRequire, registerHooks } from 'node:module'
import path from 'node:path'
import * as wasm from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { Picture } from '../../packages/vision/src/geometry/picture.ts'

type Method = (this: tf.Tensor, ...rest: unknown[]) => unknown

/**
 * TensorFlow.js on its WebAssembly backend, one thread, with everything read from node_modules. The peers ask for the
 * umbrella package `@tensorflow/tfjs`, of which they use the core alone; it would add 220 MB of training and WebGL.
 */
export async function openTensorflow(): Promise<void> {
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === '@tensorflow/tfjs' ? '@tensorflow/tfjs-core' : specifier, context),
  })
  addChainedMethods()
  tf.io.registerLoadRouter(openFile)
  wasm.setWasmPaths(wasmFolder())
  wasm.setThreadsCount(1)
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js has no WebAssembly backend here')
  await tf.ready()
}

/** Where the package has its WebAssembly files; ends with a slash. */
export function wasmFolder(): string {
  return `${path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`
}

/** The picture as both peers take it; whoever makes one disposes of it. */
export function toTensor({ rgb, width, height }: Picture): tf.Tensor3D {
  return tf.tensor3d(Int32Array.from(rgb), [height, width, 3], 'int32')
}

/** `tensor.div(255)` for `tf.div(tensor, 255)`: what the umbrella package adds to the core, as far as face-api calls it. */
function addChainedMethods(): void {
  const methods: Record<string, Method> = {}
  const { add, div, mean, mul, sub } = tf
  for (const op of [add, div, mean, mul, sub])
    methods[op.name.replace('__op', '')] = function (...rest) {
      return Reflect.apply(op, undefined, [this, ...rest])
    }
  for (const rank of [1, 2, 3, 4])
    methods[`as${rank}D`] = function (...shape) {
      return tf.reshape(this, rank === 1 ? [-1] : (shape as number[]))
    }
  Object.assign(tf.Tensor.prototype, methods)
}

/** A graph model's JSON and the weights beside it, from disk; addresses of other kinds are left to others. */
const openFile: Parameters<typeof tf.io.registerLoadRouter>[0] = (url) => {
  // The declared type has no word for "not mine", which the registry takes as `null`.
  if (typeof url !== 'string' || !url.startsWith('file:')) return null as unknown as tf.io.IOHandler
  return {
    async load() {
      const { weightsManifest, ...model } = JSON.parse(await readFile(new URL(url), 'utf8')) as tf.io.ModelJSON
      const parts = weightsManifest.flatMap((group) => group.paths)
      const bytes = Buffer.concat(await Promise.all(parts.map((part) => readFile(new URL(part, url)))))
      const weightData = Uint8Array.from(bytes).buffer
      return { ...model, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData }
    },
  }
}
