import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { DEFAULT_MODELS, MODEL_ROLES, type ModelFile } from './models.ts'
import { ModelUnusable } from './open-models.ts'

/** The file in a models folder that names models of one's own. */
export const MODEL_LIST = 'models.json'

/** Larger is no list of models. */
const MAX_LIST_BYTES = 64_000

/**
 * The models of a folder: the default set, with those replaced that its `models.json` names. The list is an array of
 * `{ role, name, file, sha256, input, colour, mean, scale, licence }`; an embedder may add `alignTo`, its five template
 * points, and any model `outputs`, its output names in the order that its role needs.
 * @throws ModelUnusable when the list is not what it should be: a wrong list never falls back to the default
 */
export async function readModelSet(folder: string): Promise<readonly ModelFile[]> {
  const file = path.join(folder, MODEL_LIST)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new ModelUnusable(`${file} cannot be read: ${error.message}`)
  })
  if (text === null) return DEFAULT_MODELS
  const own = parseList(file, text)
  return DEFAULT_MODELS.map((model) => own.find((each) => each.role === model.role) ?? model)
}

function parseList(file: string, text: string): ModelFile[] {
  const fail = (problem: string): never => {
    throw new ModelUnusable(`${file}: ${problem}`)
  }
  if (text.length > MAX_LIST_BYTES) fail('too large to be a list of models')
  const list: unknown = parseJson(text) ?? fail('not JSON')
  if (!Array.isArray(list)) return fail('must be an array of models')
  const models = list.map((entry: unknown, i) => parseModel(entry, (problem) => fail(`model ${i + 1}: ${problem}`)))
  for (const role of MODEL_ROLES)
    if (models.filter((model) => model.role === role).length > 1) fail(`more than one model for ${role}`)
  return models
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Fail = (problem: string) => never

function parseModel(entry: unknown, fail: Fail): ModelFile {
  if (typeof entry !== 'object' || entry === null) return fail('must be an object')
  const fields = new Map<string, unknown>(Object.entries(entry))
  const role =
    MODEL_ROLES.find((each) => each === fields.get('role')) ?? fail(`role must be one of ${MODEL_ROLES.join(', ')}`)
  const standard = DEFAULT_MODELS.find((model) => model.role === role) ?? fail('has no default to replace')
  const file = textField(fields, 'file', fail)
  // Never out of the folder: the list may come with a download.
  if (!/^[\w][\w.-]*$/.test(file) || !file.endsWith('.onnx')) fail('file must be the plain name of an .onnx file')
  const sha256 = textField(fields, 'sha256', fail)
  if (!/^[0-9a-f]{64}$/.test(sha256)) fail('sha256 must be 64 lower-case hex digits')
  const input = parseInput(fields.get('input'), standard, fail)
  const colour =
    (['rgb', 'bgr', 'grey'] as const).find((each) => each === fields.get('colour')) ??
    fail('colour must be rgb, bgr or grey')
  if ((colour === 'grey') !== (input[1] === 1)) fail('colour and the number of channels do not agree')
  const mean = numbersField(fields, 'mean', input[1], fail)
  const scale = numbersField(fields, 'scale', input[1], fail)
  if (scale.some((value) => value === 0)) fail('scale must not be zero')
  return {
    role,
    name: textField(fields, 'name', fail),
    file,
    sha256,
    input,
    colour,
    mean,
    scale,
    licence: textField(fields, 'licence', fail),
    outputs: parseOutputs(fields.get('outputs'), standard, fail),
    alignTo: parsePoints(fields.get('alignTo'), standard, fail),
  }
}

function textField(fields: ReadonlyMap<string, unknown>, name: string, fail: Fail): string {
  const value = fields.get(name)
  return typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : fail(`${name} must be a text`)
}

function numbersField(fields: ReadonlyMap<string, unknown>, name: string, count: number, fail: Fail): number[] {
  const values = numbers(fields.get(name))
  return values?.length === count ? values : fail(`${name} must hold ${count} numbers`)
}

function numbers(value: unknown): number[] | null {
  if (!Array.isArray(value)) return null
  const found = value.filter((each): each is number => typeof each === 'number' && Number.isFinite(each))
  return found.length === value.length ? found : null
}

/** Sides may differ from the default's; the number of channels and the batch of one may not. */
function parseInput(value: unknown, standard: ModelFile, fail: Fail): ModelFile['input'] {
  const [batch, channels, height, width, ...rest] = numbers(value) ?? []
  const sidesFit = [height, width].every(
    (side) => side !== undefined && Number.isInteger(side) && side >= 8 && side <= 1024,
  )
  if (
    batch !== 1 ||
    channels !== standard.input[1] ||
    !sidesFit ||
    height === undefined ||
    width === undefined ||
    rest.length > 0
  )
    return fail(`input must be [1, ${standard.input[1]}, height, width]`)
  return [batch, channels, height, width]
}

function parseOutputs(value: unknown, standard: ModelFile, fail: Fail): readonly string[] {
  if (value === undefined) return standard.outputs
  if (!Array.isArray(value) || value.length !== standard.outputs.length)
    return fail(`outputs must name ${standard.outputs.length}`)
  return value.map((each: unknown) => (typeof each === 'string' ? each : fail('outputs must be names')))
}

function parsePoints(value: unknown, standard: ModelFile, fail: Fail): ModelFile['alignTo'] {
  if (value === undefined) return standard.alignTo
  if (!Array.isArray(value) || value.length !== 5) return fail('alignTo must be five points')
  return value.map((each: unknown) => {
    const [x, y, ...rest] = numbers(each) ?? []
    return x === undefined || y === undefined || rest.length > 0
      ? fail('alignTo must be five points [x, y]')
      : ([x, y] as const)
  })
}
