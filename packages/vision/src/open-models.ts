import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { ModelFile, ModelRole } from './models.ts'

/** A loaded model: numbers in, the named outputs out. */
export type Model = {
  spec: ModelFile
  run(input: Float32Array): Promise<Record<string, Float32Array>>
  close(): Promise<void>
}

/** Every stage's model. */
export type Models = Record<ModelRole, Model>

/** A model file is absent, is not the one it should be, or does not take what it should. */
export class ModelUnusable extends Error {
  override name = 'ModelUnusable'
}

/** Reads, verifies and loads every model in `list` from `folder`. @throws ModelUnusable */
export async function openModels(folder: string, list: readonly ModelFile[]): Promise<Models> {
  const opened = await Promise.all(list.map(async (spec) => [spec.role, await openModel(folder, spec)] as const))
  const byRole = Object.fromEntries(opened) as Partial<Models>
  const { detector, landmarks, embedder, antispoof, pose, eyes } = byRole
  if (!detector || !landmarks || !embedder || !antispoof || !pose || !eyes)
    throw new ModelUnusable('the model set lacks a detector, landmarks, embedder, antispoof, pose or eyes model')
  return { detector, landmarks, embedder, antispoof, pose, eyes }
}

async function openModel(folder: string, spec: ModelFile): Promise<Model> {
  const bytes = await readVerified(path.join(folder, spec.file), spec)
  // One thread each: ORT's pools spin, and several of them on few cores took four times as long. Scale by workers.
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  }).catch((error: unknown) => {
    throw new ModelUnusable(`${spec.file} is not a model that can be loaded: ${String(error)}`)
  })
  const inputName = requireInput(session, spec)
  for (const name of spec.outputs)
    if (!session.outputNames.includes(name)) throw new ModelUnusable(`${spec.file} has no output called ${name}`)
  return {
    spec,
    async run(input) {
      const result = await session.run({ [inputName]: new Tensor('float32', input, [...spec.input]) })
      const outputs: Record<string, Float32Array> = {}
      for (const [name, tensor] of Object.entries(result)) {
        if (!(tensor.data instanceof Float32Array))
          throw new ModelUnusable(`${spec.file}: output ${name} is not float32`)
        outputs[name] = tensor.data
      }
      return outputs
    },
    close: () => session.release(),
  }
}

async function readVerified(file: string, spec: ModelFile): Promise<Uint8Array> {
  const bytes = await readFile(file).catch(() => {
    throw new ModelUnusable(`the ${spec.role} model is missing: ${file}`)
  })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== spec.sha256)
    throw new ModelUnusable(`${file} is not the expected file: its sha-256 is ${sha256}, it should be ${spec.sha256}`)
  return bytes
}

function requireInput(session: InferenceSession, spec: ModelFile): string {
  const [input, ...others] = session.inputMetadata
  if (!input?.isTensor || others.length > 0) throw new ModelUnusable(`${spec.file} must take exactly one tensor`)
  const shape = input.shape.map((size, i) => (typeof size === 'number' && size > 0 ? size : spec.input[i]))
  if (shape.join() !== spec.input.join())
    throw new ModelUnusable(`${spec.file} takes [${input.shape.join()}], it should take [${spec.input.join()}]`)
  return input.name
}
