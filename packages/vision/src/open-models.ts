import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { AntispoofFile, ModelFile, ModelOutput, ModelRole } from './models.ts'

type FileOfRole<Role extends ModelRole> = Extract<ModelFile, { role: Role }>
type OutputsOfRole<Role extends ModelRole> = Record<keyof FileOfRole<Role>['outputs'], Float32Array>

/** A loaded model: planar numbers of one picture in, the outputs that its role's stage reads out. */
export type Model<Role extends ModelRole> = {
  spec: FileOfRole<Role>
  run(input: Float32Array): Promise<OutputsOfRole<Role>>
  close(): Promise<void>
}

/** Every stage's model. */
export type Models = { [Role in ModelRole]: Model<Role> }

/** A model file is absent, is not the one it should be, or does not take or give what it should. */
export class ModelUnusable extends Error {
  override name = 'ModelUnusable'
}

/** Reads, verifies, loads and tries every model in `list`; relative files are in `folder`. @throws ModelUnusable */
export async function openModels(folder: string, list: readonly ModelFile[]): Promise<Models> {
  const open = async <Role extends ModelRole>(role: Role): Promise<Model<Role>> => {
    const spec = list.find((each): each is FileOfRole<Role> => each.role === role)
    if (!spec) throw new ModelUnusable(`the model set lacks a model for ${role}`)
    return openModel<Role>(folder, spec)
  }
  const [detector, landmarks, embedder, antispoof, pose, eyes] = await Promise.all([
    open('detector'),
    open('landmarks'),
    open('embedder'),
    open('antispoof'),
    open('pose'),
    open('eyes'),
  ])
  return { detector, landmarks, embedder, antispoof, pose, eyes }
}

/** Reads, verifies, loads and tries one model. @throws ModelUnusable */
export async function openModel<Role extends ModelRole>(folder: string, spec: FileOfRole<Role>): Promise<Model<Role>> {
  const bytes = await readVerified(path.resolve(folder, spec.file), spec)
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
  const outputs = Object.entries<ModelOutput>(spec.outputs)
  for (const [, output] of outputs) requireOutput(session, spec, output)
  const fetches = outputs.map(([, { name }]) => name)
  const shape = tensorShape(spec)
  const model: Model<Role> = {
    spec,
    async run(planar) {
      const result = await session.run({ [inputName]: new Tensor('float32', arranged(planar, spec), shape) }, fetches)
      const read = outputs.map(([key, { name, length }]) => {
        const data = result[name]?.data
        if (!(data instanceof Float32Array)) throw new ModelUnusable(`${spec.file}: output ${name} is not float32`)
        if (data.length !== length)
          throw new ModelUnusable(`${spec.file}: output ${name} holds ${data.length} numbers, it should hold ${length}`)
        return [key, data] as const
      })
      return Object.fromEntries(read) as OutputsOfRole<Role>
    },
    close: () => session.release(),
  }
  await tryOut(model)
  return model
}

async function readVerified(file: string, spec: ModelFile): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.code})`
    throw new ModelUnusable(`the ${spec.role} model ${problem}: ${file}`)
  })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== spec.sha256)
    throw new ModelUnusable(`${file} is not the expected file: its sha-256 is ${sha256}, it should be ${spec.sha256}`)
  return bytes
}

function tensorShape({ input, layout }: ModelFile): readonly number[] {
  const [batch, channels, height, width] = input
  return layout === 'nchw' ? input : [batch, height, width, channels]
}

/** Planar numbers in the order of the model's layout. */
function arranged(planar: Float32Array, { input, layout }: ModelFile): Float32Array {
  const channels = input[1]
  if (layout === 'nchw' || channels === 1) return planar
  const size = planar.length / channels
  return Float32Array.from(planar, (_, i) => planar[(i % channels) * size + Math.floor(i / channels)] as number)
}

function requireInput(session: InferenceSession, spec: ModelFile): string {
  const [input, ...others] = session.inputMetadata
  if (!input?.isTensor || others.length > 0) throw new ModelUnusable(`${spec.file} must take exactly one tensor`)
  if (input.type !== 'float32') throw new ModelUnusable(`${spec.file} takes ${input.type}, it should take float32`)
  const expected = tensorShape(spec)
  const shape = input.shape.map((size, i) => (isFixed(size) ? size : expected[i]))
  if (shape.join() !== expected.join())
    throw new ModelUnusable(`${spec.file} takes [${input.shape.join()}], it should take [${expected.join()}]`)
  return input.name
}

function requireOutput(session: InferenceSession, spec: ModelFile, { name, length }: ModelOutput): void {
  const found = session.outputMetadata.find((each) => each.name === name)
  if (!found)
    throw new ModelUnusable(`${spec.file} has no output called ${name}, it has ${session.outputNames.join(', ')}`)
  if (!found.isTensor || found.type !== 'float32')
    throw new ModelUnusable(`${spec.file}: output ${name} is not float32`)
  // A free dimension is settled by the dry run.
  if (found.shape.every(isFixed) && found.shape.reduce((product, size) => product * size, 1) !== length)
    throw new ModelUnusable(`${spec.file}: output ${name} is [${found.shape.join()}], it should hold ${length} numbers`)
}

function isFixed(size: number | string): size is number {
  return typeof size === 'number' && size > 0
}

/** Runs two unlike pictures through a model: its numbers must be numbers, and must depend on the picture. */
async function tryOut<Role extends ModelRole>({ spec, run }: Model<Role>): Promise<void> {
  const [waves, ramp] = await Promise.all([
    runPattern((i) => 127 + 120 * Math.sin(i / 5)),
    runPattern((i) => (i * 7) % 256),
  ])
  for (const answer of [...waves, ...ramp])
    if (!answer.every(Number.isFinite)) throw new ModelUnusable(`${spec.file} answers with what is no number`)
  for (const [i, answer] of waves.entries())
    if (answer.every((each, k) => each === ramp[i]?.[k]))
      throw new ModelUnusable(`${spec.file} answers the same to unlike pictures`)
  if (isAntispoof(spec)) requireScores(spec, waves[0] ?? new Float32Array())

  async function runPattern(byteAt: (i: number) => number): Promise<Float32Array[]> {
    const [, channels, height, width] = spec.input
    const size = height * width
    const planar = Float32Array.from({ length: channels * size }, (_, i) => {
      const channel = Math.floor(i / size)
      return (byteAt(i) - (spec.mean[channel] ?? 0)) / (spec.scale[channel] ?? 1)
    })
    return Object.values<Float32Array>(await run(planar))
  }
}

function isAntispoof(spec: ModelFile): spec is AntispoofFile {
  return spec.role === 'antispoof'
}

/** Probabilities read as logits, or the reverse, would still look like scores. */
function requireScores({ file, scores }: AntispoofFile, values: Float32Array): void {
  const sum = values.reduce((total, each) => total + each, 0)
  const areProbabilities = Math.abs(sum - 1) < 1e-3 && values.every((each) => each >= 0)
  if (areProbabilities !== (scores === 'probabilities'))
    throw new ModelUnusable(
      `${file} answers with ${areProbabilities ? 'probabilities' : 'logits'}, it should with ${scores}`,
    )
}
