import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { createDraw } from '../packages/vision/src/testing/upload-mix.ts'
import { type Clip, readClip, toUpload } from './clip.ts'
import { type ClipRow, createJudge, errorRates, type LivenessRow, readClipRows } from './liveness.ts'
import { openStages } from './open-stages.ts'

/** What is done to each frame of a clip, by its place in the clip, before a phone would have taken it. */
type Change = {
  /** Of the upload's own JPEG there is a second one before, of this quality. */
  quality?: number
  /** Share of each side that is cut off; what is left fills the frame. */
  crop?: number
  /** How far the picture wanders, in shares of its width: a hand that holds the phone, or the picture before it. */
  sway?: number
  /** Standard deviation of noise in grey levels, new in every frame. */
  noise?: number
  brightness?: number
  /** Gain of red, green and blue. */
  tint?: [number, number, number]
  /** Radius of a blur in pixels of 640. */
  blur?: number
  /** Left and right exchanged, in the picture and in what is asked. */
  mirror?: boolean
  /** Of how many frames one is kept. */
  every?: number
  /** The face smaller: the picture in the middle of a larger one, whose rim repeats its edge. */
  away?: number
}

const CHANGES: Record<string, Change> = {
  'as it is': {},
  'compressed twice, quality 30': { quality: 30 },
  'cropped by a tenth on each side': { crop: 0.1 },
  'farther away by a quarter': { away: 0.75 },
  'noise of 6 grey levels': { noise: 6 },
  'noise of 12 grey levels': { noise: 12 },
  'half as bright': { brightness: 0.5 },
  'brighter by 30 %': { brightness: 1.3 },
  'warm light': { tint: [1.1, 1, 0.75] },
  'cold light': { tint: [0.8, 0.95, 1.1] },
  'blurred by 2 pixels': { blur: 2 },
  mirrored: { mirror: true },
  'held by hand: sways by 1 % of the width': { sway: 0.01 },
  'held by hand: sways by 3 % of the width': { sway: 0.03 },
  'every second frame': { every: 2 },
}

/**
 * The rows of the liveness bench again, each clip changed as other cameras, hands, rooms and attackers would: which
 * people are refused then, and which attacks pass. What is drawn over a clip is no new person and no new attack.
 */
export async function robustness({ clips, manifest }: { clips: string; manifest: string }) {
  const byClip = [...Map.groupBy(await readClipRows(manifest), (row) => row.clip)]
  const rows = byClip.flatMap(([, ofClip]) => ofClip)
  const judge = createJudge(await openStages())
  const changes: Record<string, ReturnType<typeof errorRates> & { wrong: LivenessRow[] }> = {}
  for (const [title, change] of Object.entries(CHANGES)) {
    const perRow: LivenessRow[] = []
    for (const [clip, ofClip] of byClip) {
      const frames = await toUpload(await changed(await readClip(path.join(clips, clip)), change))
      for (const row of ofClip) perRow.push(await judge(frames, change.mirror ? mirrored(row) : row))
    }
    const wrong = perRow.filter((row) => row.verdict !== row.expect)
    changes[title] = { ...errorRates(rows, perRow), wrong }
    const said = wrong.map(({ clip, challenge, because }) => `\n  ${clip} ${challenge}: ${because ?? 'passed'}`)
    process.stderr.write(`${title}: ${wrong.length} of ${rows.length} not as expected${said.join('')}\n`)
  }
  return { rows: rows.length, changes }
}

async function changed({ jpegs, fps }: Clip, change: Change): Promise<Clip> {
  const kept = jpegs.filter((_, i) => i % (change.every ?? 1) === 0)
  const frames: Uint8Array[] = []
  for (const [i, jpeg] of kept.entries()) frames.push(await changeFrame(jpeg, change, i / fps))
  return { jpegs: frames, fps: fps / (change.every ?? 1) }
}

/** Changes one frame that was taken `atSeconds`. */
async function changeFrame(jpeg: Uint8Array, change: Change, atSeconds: number): Promise<Uint8Array> {
  if (Object.keys(change).length === 0 || change.every) return jpeg
  const { width, height } = await sharp(jpeg).metadata()
  let picture = await framed(sharp(jpeg), { width, height }, change, atSeconds)
  if (change.mirror) picture = picture.flop()
  if (change.blur) picture = picture.blur(change.blur)
  if (change.brightness) picture = picture.linear(change.brightness, 0)
  if (change.tint) picture = picture.linear(change.tint, [0, 0, 0])
  if (change.noise) picture = await noisy(picture, change.noise, Math.round(atSeconds * 1000))
  return picture.jpeg({ quality: change.quality ?? 92 }).toBuffer()
}

type Size = { width: number; height: number }

/** The part of the picture that the camera sees. */
async function framed(picture: Sharp, { width, height }: Size, change: Change, atSeconds: number): Promise<Sharp> {
  if (change.away) {
    const [across, down] = [width, height].map((size) => Math.round((size * (1 / (change.away ?? 1) - 1)) / 2))
    const wider = picture.extend({ left: across, right: across, top: down, bottom: down, extendWith: 'copy' })
    return sharp(await wider.toBuffer()).resize(width, height)
  }
  const margin = change.crop ?? change.sway ?? 0
  if (margin === 0) return picture
  // Two slow swings of unlike length on each axis, as a hand that tires.
  const swing = (a: number, b: number) => (Math.sin(a * atSeconds) + Math.sin(b * atSeconds)) / 2
  const wander = change.sway ? { x: swing(2.1, 5.3), y: swing(2.9, 4.1) } : { x: 0, y: 0 }
  const left = Math.round(width * margin * (1 + wander.x))
  const top = Math.round(height * margin * (1 + wander.y))
  const part = { left, top, width: Math.round(width * (1 - 2 * margin)), height: Math.round(height * (1 - 2 * margin)) }
  return sharp(await picture.extract(part).toBuffer()).resize(width, height)
}

/** Adds noise of a normal distribution, the same in every run. */
async function noisy(picture: Sharp, deviation: number, seed: number): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const draw = createDraw(seed)
  const random = () => draw(2 ** 24) / 2 ** 24
  for (let i = 0; i < data.length; i++) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    data[i] = Math.max(0, Math.min(255, Math.round((data[i] as number) + deviation * normal)))
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

/** The row with left and right exchanged. */
function mirrored(row: ClipRow): ClipRow {
  const other = (action: string) => (action === 'turn-left' ? 'turn-right' : 'turn-left')
  const challenge = row.challenge.split('+').map((action) => (action.startsWith('turn-') ? other(action) : action))
  return { ...row, challenge: challenge.join('+') }
}
