import { createHash } from 'node:crypto'
import type { AntispoofFile, DetectorFile, EmbedderFile, LandmarksFile, ModelFile, OperatingPoints } from './models.ts'
import { ModelUnusable } from './open-models.ts'
import { type Place, placeOf } from './place.ts'

/** A model that may be replaced; pose and eyes are read by our own stages' conventions alone. */
export type OwnModel = DetectorFile | LandmarksFile | EmbedderFile | AntispoofFile

const REPLACEABLE = ['detector', 'landmarks', 'embedder', 'antispoof'] as const
const COMMON = [
  'role',
  'name',
  'version',
  'licence',
  'file',
  'sha256',
  'input',
  'colour',
  'normalisation',
  'output',
] as const

/** Of an input's side, in pixels. What is asked for here is allocated for every picture. */
const SIDE = { least: 16, most: 1024 }

/**
 * Parses a `models.json`; docs/guides/own-models.md says what each field means. Everything is asked for and nothing
 * else is taken: a field that is misspelt or left out would otherwise be a number of another model.
 * @throws ModelUnusable naming the field, what it must be and what it is
 */
export function parseModelList(text: string, file: string): OwnModel[] {
  const place = placeOf(parseJson(text, file), `${file}:`)
  const models = place.object(['models']).models.list(1, REPLACEABLE.length).map(parseModel)
  for (const role of REPLACEABLE)
    if (models.filter((model) => model.role === role).length > 1)
      throw new ModelUnusable(`${file} names more than one model for ${role}`)
  return models
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ModelUnusable(`${file} is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`)
  }
}

function parseModel(place: Place): OwnModel {
  const role = place.field('role').oneOf(REPLACEABLE)
  switch (role) {
    case 'detector':
      return parseDetector(place)
    case 'landmarks':
      return parseLandmarks(place)
    case 'embedder':
      return parseEmbedder(place)
    case 'antispoof':
      return parseAntispoof(place)
  }
}

function parseDetector(place: Place): DetectorFile {
  const fields = place.object([...COMMON, 'minScore'])
  const output = fields.output.object(['scores', 'boxes', 'candidates'])
  const candidates = output.candidates.whole(1, 200_000)
  return {
    role: 'detector',
    ...parseCommon(fields, ['rgb', 'bgr']),
    outputs: {
      scores: { name: tensorName(output.scores), length: candidates * 2 },
      boxes: { name: tensorName(output.boxes), length: candidates * 4 },
    },
    minScore: fields.minScore.number(0.05, 0.999),
  }
}

function parseLandmarks(place: Place): LandmarksFile {
  const fields = place.object(COMMON)
  const { name } = fields.output.object(['name'])
  return {
    role: 'landmarks',
    ...parseCommon(fields, ['rgb', 'bgr', 'grey']),
    outputs: { points: { name: tensorName(name), length: 136 } },
  }
}

function parseEmbedder(place: Place): EmbedderFile {
  const fields = place.object([...COMMON, 'points', 'operatingPoints'])
  const output = fields.output.object(['name', 'length'])
  const common = parseCommon(fields, ['rgb', 'bgr'])
  const [, , height, width] = common.input
  if (height !== width) fields.input.fail('must be a square for an embedder')
  const alignTo = parsePoints(fields.points, width)
  const outputs = { vector: { name: tensorName(output.name), length: output.length.whole(32, 4096) } }
  const { sha256, input, layout, colour, mean, scale } = common
  return {
    role: 'embedder',
    ...common,
    // Vectors of another file, or of the same one fed otherwise, must never be compared, whatever they are called.
    name: `${common.name}#${fingerprint([sha256, input, layout, colour, mean, scale, alignTo, outputs])}`,
    outputs,
    alignTo,
    operatingPoints: parseOperatingPoints(fields.operatingPoints),
    coveredFrom: null,
  }
}

function parseAntispoof(place: Place): AntispoofFile {
  const fields = place.object([...COMMON, 'crops', 'evenOdds'])
  const output = fields.output.object(['name', 'classes', 'live', 'scores'])
  const classes = output.classes.whole(2, 100)
  return {
    role: 'antispoof',
    ...parseCommon(fields, ['rgb', 'bgr']),
    outputs: { classes: { name: tensorName(output.name), length: classes } },
    scores: output.scores.oneOf(['logits', 'probabilities']),
    live: output.live.whole(0, classes - 1),
    crops: fields.crops.list(1, 4).map((crop) => crop.number(0.5, 4)),
    evenOdds: fields.evenOdds.number(0.001, 0.999),
  }
}

function parseCommon(fields: Record<(typeof COMMON)[number], Place>, colours: readonly ModelFile['colour'][]) {
  const { width, height, layout } = fields.input.object(['width', 'height', 'layout'])
  const { subtract, divide } = fields.normalisation.object(['subtract', 'divide'])
  const colour = fields.colour.oneOf(colours)
  const channels = colour === 'grey' ? 1 : 3
  const name = fields.name.text(/^[A-Za-z0-9][\w.-]{0,63}$/, 'letters, digits, dots and dashes, 64 at most')
  const version = fields.version.text(/^[A-Za-z0-9][\w.-]{0,31}$/, 'letters, digits, dots and dashes, 32 at most')
  return {
    name: `${name}@${version}`,
    licence: fields.licence.text(/^\S.{0,199}$/, 'the terms the model may be used under, 200 letters at most'),
    file: fields.file.text(/^[A-Za-z0-9][\w.-]{0,99}\.onnx$/, 'the plain name of an .onnx file in this folder'),
    sha256: fields.sha256.text(/^[0-9a-f]{64}$/, '64 lower-case hex digits'),
    input: [1, channels, height.whole(SIDE.least, SIDE.most), width.whole(SIDE.least, SIDE.most)] as const,
    layout: layout.oneOf(['nchw', 'nhwc']),
    colour,
    mean: subtract.list(channels, channels).map((each) => each.number(-1000, 1000)),
    scale: divide.list(channels, channels).map((each) => each.number(0.001, 1000)),
  }
}

function tensorName(place: Place): string {
  return place.text(/^.{1,200}$/, 'the name of an output')
}

/** Left and right are the picture's: a pack that lists the person's own would align every face mirrored. */
function parsePoints(place: Place, side: number): [number, number][] {
  const points = place.list(5, 5).map((point): [number, number] => {
    const [x, y] = point.list(2, 2).map((each) => each.number(0, side))
    return [x ?? Number.NaN, y ?? Number.NaN]
  })
  const [leftEye = [], rightEye = [], , leftMouth = [], rightMouth = []] = points
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0, dx = 0, dy = 0] = [
    leftEye,
    rightEye,
    leftMouth,
    rightMouth,
  ].flat()
  if (!(ax < bx && cx < dx && Math.max(ay, by) < Math.min(cy, dy)))
    place.fail("must be an upright face: the picture's left eye, right eye, nose, left and right corner of the mouth")
  return points
}

function parseOperatingPoints(place: Place): OperatingPoints {
  const fields = place.object(['1e-3', '1e-4', '1e-5'])
  const points = {
    '1e-3': fields['1e-3'].number(0.001, 0.999),
    '1e-4': fields['1e-4'].number(0.001, 0.999),
    '1e-5': fields['1e-5'].number(0.001, 0.999),
  }
  if (!(points['1e-3'] < points['1e-4'] && points['1e-4'] < points['1e-5']))
    place.fail('must rise from 1e-3 to 1e-5: fewer false matches need more similarity')
  return points
}

function fingerprint(space: unknown): string {
  return createHash('sha256').update(JSON.stringify(space)).digest('hex').slice(0, 12)
}
