import { readdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { bitsApart, wasSeenBefore } from '../packages/domain/src/index.ts'
import { sampleEvenly } from '../packages/vision/src/actions/moments.ts'
import { differenceHash, HASHED_FRAMES } from '../packages/vision/src/frame-hash.ts'
import { resampleLuma } from '../packages/vision/src/geometry/picture.ts'
import { decodeQuickly } from '../packages/vision/src/stages/decode.ts'
import { CAPTURE, readClip, shrink } from './clip.ts'

type Change = {
  quality?: number
  from?: number
  to?: number
  step?: number
  crop?: number
  brightness?: number
  mirror?: boolean
}

/** What is done to a clip's frames before they are sent once more. */
const SENT_AGAIN: Record<string, Change> = {
  'as they were': {},
  'JPEG quality 30': { quality: 30 },
  'JPEG quality 80': { quality: 80 },
  'every second frame, from the second on': { from: 1, step: 2 },
  'without the first 5 frames': { from: 5 },
  'without the first 15 frames': { from: 15 },
  'the middle two thirds': { from: 0.17, to: 0.83 },
  '3 % brighter': { brightness: 1.03 },
  '15 % brighter': { brightness: 1.15 },
  'cropped by 1 %': { crop: 0.01 },
  'cropped by 2 %': { crop: 0.02 },
  'cropped by 5 %': { crop: 0.05 },
  mirrored: { mirror: true },
}

/**
 * How often frames that are sent again are recognised, and how near honest ones come: other parts of a clip and other
 * clips of the same person in the same chair. Each attempt is hashed as an upload is.
 */
export async function seenBefore({ clips }: { clips: string }) {
  const names = (await readdir(clips)).filter((name) => name.endsWith('.mjpeg')).sort()
  const files = names.map((name) => path.join(clips, name))
  const sent = new Map(await all(files, async (file) => [file, await hashesOf(file, {})] as const))
  const again: Record<string, { recognised: number; of: number }> = {}
  for (const [title, change] of Object.entries(SENT_AGAIN)) {
    const hits = await all(files, async (file) => wasSeenBefore(await hashesOf(file, change), [sent.get(file) ?? []]))
    again[title] = { recognised: hits.filter(Boolean).length, of: hits.length }
  }
  return { clips: names.length, again, honest: await honestTries(files) }
}

/** Bits between clearly different poses, and between two pictures of one (packages/domain, seen-before.ts). */
const OTHER_POSE_BITS = 8
const SAME_FRAME_BITS = 3
const MIN_POSES = 5

/** Grey levels, root mean square: one moment encoded twice differs by 1.3, two moments by 3.6 and more. */
const SAME_MOMENT = 2.5

type Taken = { luma: Float32Array; hash: string }

/**
 * A person's clips are cut from one recording, encoded anew and played to and fro: only moments that the other clip does
 * not show are a second try. A clip is compared with the others of its person, and its first half with its second.
 */
async function honestTries(files: readonly string[]) {
  const takes = await all(files, async (file) => ({ file, frames: await momentsOf(file) }))
  const person = (file: string) => path.basename(file).split('-')[0]
  const pairs = takes.flatMap(({ file, frames }) => {
    const middle = Math.floor(frames.length / 2)
    const others = takes.filter((other) => other.file !== file && person(other.file) === person(file))
    return [
      {
        title: `${path.basename(file)}, its second half`,
        later: frames.slice(middle),
        earlier: frames.slice(0, middle),
      },
      ...others.map((other) => ({
        title: `${path.basename(file)} after ${path.basename(other.file)}`,
        later: frames.filter((frame) => !other.frames.some((each) => isSameMoment(each, frame))),
        earlier: other.frames,
      })),
    ]
  })
  const judged = pairs
    .map(({ title, later, earlier }) => ({ title, ...posesSeen(hashesIn(later), hashesIn(earlier)) }))
    .filter(({ poses }) => poses >= MIN_POSES)
  return { pairs: judged.length, highestShare: Math.max(...judged.map(({ share }) => share)), perPair: judged }
}

const hashesIn = (frames: readonly Taken[]) => frames.map(({ hash }) => hash)

function isSameMoment(a: Taken, b: Taken): boolean {
  const sum = a.luma.reduce((total, luma, i) => total + (luma - (b.luma[i] ?? 0)) ** 2, 0)
  return Math.sqrt(sum / a.luma.length) < SAME_MOMENT
}

/** Every moment of a clip once, with the hash that an upload of it would leave. */
async function momentsOf(file: string): Promise<Taken[]> {
  const taken: Taken[] = []
  for (const jpeg of (await readClip(file)).jpegs) {
    const picture = await decodeQuickly(await encode(jpeg, { quality: 90 }), 0)
    const luma = resampleLuma(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, 160, 120)
    const frame = { luma, hash: differenceHash(await decodeQuickly(await encode(jpeg, {}), 0)) }
    if (!taken.some((each) => isSameMoment(each, frame))) taken.push(frame)
  }
  return taken
}

function posesSeen(hashes: readonly string[], earlier: readonly string[]): { poses: number; share: number } {
  const poses: string[] = []
  for (const hash of hashes) if (poses.every((pose) => bitsApart(pose, hash) >= OTHER_POSE_BITS)) poses.push(hash)
  const seen = poses.filter((pose) => earlier.some((each) => bitsApart(pose, each) <= SAME_FRAME_BITS))
  return { poses: poses.length, share: seen.length / Math.max(1, poses.length) }
}

async function all<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await work(item))
  return results
}

/** The hashes of an upload of these frames, all of them read. */
async function hashesOf(file: string, change: Change): Promise<string[]> {
  const { jpegs } = await readClip(file)
  const at = (where: number) => (where < 1 ? Math.floor(where * jpegs.length) : where)
  const part = jpegs.slice(at(change.from ?? 0), change.to === undefined ? undefined : at(change.to))
  const kept = part.filter((_, i) => i % (change.step ?? 1) === 0)
  return all(sampleEvenly(kept, HASHED_FRAMES), async (jpeg) =>
    differenceHash(await decodeQuickly(await encode(jpeg, change), 0)),
  )
}

/** As the page makes a small frame, after what an attacker has done to the picture. */
async function encode(jpeg: Uint8Array, { quality, crop = 0, brightness, mirror }: Change): Promise<Uint8Array> {
  let picture = sharp(jpeg)
  if (crop > 0) {
    const { width, height } = await sharp(jpeg).metadata()
    const cut = (length: number) => ({ start: Math.round(length * crop), size: Math.round(length * (1 - 2 * crop)) })
    picture = picture.extract({
      left: cut(width).start,
      top: cut(height).start,
      width: cut(width).size,
      height: cut(height).size,
    })
  }
  if (brightness !== undefined) picture = picture.modulate({ brightness })
  if (mirror === true) picture = picture.flop()
  return shrink(picture, CAPTURE.smallSide, quality ?? CAPTURE.smallQualities[0])
}
