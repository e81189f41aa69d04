import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { chooseFrames } from '../packages/vision/src/choose-frames.ts'
import { followHead, nearest } from '../packages/vision/src/follow-head.ts'
import { type SpoofCues, termsOf } from '../packages/vision/src/fuse.ts'
import { greyOf } from '../packages/vision/src/geometry/picture.ts'
import { isFramed, sidesOf } from '../packages/vision/src/geometry/picture-edge.ts'
import { lookClosely } from '../packages/vision/src/look-closely.ts'
import { decodeJpeg } from '../packages/vision/src/stages/decode.ts'
import type { Stages } from '../packages/vision/src/stages/stages.ts'
import { readSurroundings } from '../packages/vision/src/surroundings.ts'
import { readTexture } from '../packages/vision/src/texture.ts'
import { readClip, toUpload } from './clip.ts'
import { readRows } from './manifest.ts'
import { openStages } from './open-stages.ts'

type Example = { name: string; bonaFide: boolean; weight: number; cues: SpoofCues }
type Terms = ReturnType<typeof termsOf>

const NAMES = ['network', 'framed', 'moire', 'warmth', 'detail'] as const

/** Strength of the pull of every weight towards its prior: few examples must not make a cue certain. */
const RIDGE = 0.05

/** Where each weight stands without data: the network is taken at its word, every other cue counts against. */
const PRIOR: Terms & { bias: number } = { bias: 0, network: 1, framed: -8, moire: -4, warmth: -0.5, detail: -0.2 }

/**
 * Fits the logistic of `packages/vision/src/fuse.ts` and writes its weights. Data: the labelled pictures of `pad` (NUAA
 * subset, 72 live and 72 printed, 6 people), the clips of `liveness` once each (prints, replays and recaptures against
 * live ones; puppets are left out: nothing here sees them), and recaptured stills. Drawn simulations teach the frame
 * only: their network score is set to even, because what a network says of a drawing means nothing.
 */
export async function fitFusion({ data }: { data: string }) {
  const stages = await openStages()
  const examples = [
    ...(await fromPictures(stages, data)),
    ...(await fromClips(stages, data)),
    ...(await fromStills(stages, data)),
  ]
  const weights = fit(examples)
  const rounded = Object.fromEntries(
    Object.entries(weights).map(([name, value]) => [name, Math.round(value * 100) / 100]),
  )
  const file = path.resolve(import.meta.dirname, '..', 'packages', 'vision', 'src', 'fusion-weights.ts')
  const body = Object.entries(rounded).map(([name, value]) => `${name}: ${value}`)
  await writeFile(
    file,
    `/** Written by \`npm run -s bench -- fit-fusion\`; the data it was fitted on is named there. */\nexport const FUSION = { ${body.join(', ')} } as const\n`,
  )
  const wrong = examples.filter((each) => probability(weights, each.cues) >= 0.5 !== each.bonaFide)
  return {
    examples: examples.length,
    weights: rounded,
    wrong: wrong.map(({ name, cues }) => ({ name, probability: probability(weights, cues), ...cues })),
  }
}

async function fromPictures(stages: Stages, data: string): Promise<Example[]> {
  const rows = await readRows(path.join(data, 'pad', 'manifest.csv'), ['file', 'label'])
  const examples: Example[] = []
  for (const row of rows) {
    const cues = await cuesOfPicture(stages, await readFile(path.join(data, 'pad', row.file)))
    if (cues) examples.push({ name: row.file, bonaFide: row.label === 'bona-fide', weight: 1, cues })
  }
  return examples
}

async function fromStills(stages: Stages, data: string): Promise<Example[]> {
  const folder = path.join(data, 'attacks', 'stills')
  const examples: Example[] = []
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.jpg')) continue
    const cues = await cuesOfPicture(stages, await sharp(path.join(folder, file)).jpeg({ quality: 92 }).toBuffer())
    if (cues) examples.push({ name: file, bonaFide: file.startsWith('live'), weight: 3, cues })
  }
  return examples
}

async function fromClips(stages: Stages, data: string): Promise<Example[]> {
  const rows = await readRows(path.join(data, 'clips.csv'), ['clip', 'label', 'species'])
  const once = rows.filter((row, i) => rows.findIndex((other) => other.clip === row.clip) === i)
  const examples: Example[] = []
  for (const row of once.filter((each) => each.species !== 'puppet')) {
    const frames = await toUpload(await readClip(path.join(data, row.clip)))
    const chosen = chooseFrames(frames, 'sparse')
    const course = await followHead(stages, frames, { chosen, maxMissing: 1 })
    const close = await lookClosely(stages, { frames, course, peaksMs: [], views: 'one' })
    if (!close) continue
    const { framed } = readSurroundings(course, { kind: 'not-measured' })
    const network = row.clip.includes('sim-') ? 0.5 : close.network
    // A live capture that is held up again says of itself what a live one says; it can only fall to the missing action.
    if (row.clip.includes('moved-still')) continue
    examples.push({
      name: row.clip,
      bonaFide: row.label === 'bona-fide',
      weight: 3,
      cues: { network, framed, ...close.texture },
    })
  }
  return examples
}

async function cuesOfPicture(stages: Stages, jpeg: Uint8Array): Promise<SpoofCues | null> {
  const picture = await decodeJpeg(jpeg, 0)
  const box = nearest(await stages.detect(picture))
  if (!box) return null
  const small = await decodeJpeg(
    await sharp(jpeg).resize(320, 240, { fit: 'inside' }).jpeg({ quality: 50 }).toBuffer(),
    0,
  )
  const scale = small.height / picture.height
  const points = (await stages.placeLandmarks(picture, box)).map(({ x, y }) => ({ x: x * scale, y: y * scale }))
  const framed = isFramed(greyOf(small), sidesOf(points)) ? 1 : 0
  return { network: await stages.spoofCheck(picture, box), framed, ...readTexture(picture, box) }
}

function probability(weights: Terms & { bias: number }, cues: SpoofCues): number {
  const terms = termsOf(cues)
  const logit = NAMES.reduce((sum, name) => sum + weights[name] * terms[name], weights.bias)
  return 1 / (1 + Math.exp(-logit))
}

/** Gradient descent on the weighted log-loss with a ridge towards the prior; no cue may end up earning trust. */
function fit(examples: readonly Example[]): Terms & { bias: number } {
  const weights = { ...PRIOR }
  const total = examples.reduce((sum, each) => sum + each.weight, 0)
  for (let step = 0; step < 4000; step++) {
    const gradient = { network: 0, framed: 0, moire: 0, warmth: 0, detail: 0 }
    for (const { bonaFide, weight, cues } of examples) {
      const error = ((bonaFide ? 1 : 0) - probability(weights, cues)) * (weight / total)
      const terms = termsOf(cues)
      for (const name of NAMES) gradient[name] += error * terms[name]
    }
    // The bias stays: how many of these examples are attacks says nothing about how many there are.
    for (const name of NAMES) weights[name] += 0.5 * (gradient[name] - RIDGE * 0.02 * (weights[name] - PRIOR[name]))
    for (const name of ['framed', 'moire', 'warmth', 'detail'] as const) weights[name] = Math.min(0, weights[name])
  }
  return weights
}
