import { readdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { wasSeenBefore } from '../packages/domain/src/index.ts'
import { sampleEvenly } from '../packages/vision/src/actions/moments.ts'
import { differenceHash, HASHED_FRAMES } from '../packages/vision/src/injection.ts'
import { decodeJpeg } from '../packages/vision/src/stages/decode.ts'
import { CAPTURE, readClip } from './clip.ts'

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
 * How often frames that are sent again are recognised, and how often honest ones are: other parts of a clip and other
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
  const halves = await all(files, async (file) => {
    const [first, second] = [await hashesOf(file, { to: 0.5 }), await hashesOf(file, { from: 0.5 })]
    return [wasSeenBefore(second, [first]), wasSeenBefore(first, [second])]
  })
  const others = files.flatMap((file) =>
    files
      .filter((other) => other !== file)
      .map((other) => wasSeenBefore(sent.get(file) ?? [], [sent.get(other) ?? []])),
  )
  const count = (hits: boolean[]) => ({ recognised: hits.filter(Boolean).length, of: hits.length })
  return {
    clips: names.length,
    again,
    honest: { 'other half of the clip': count(halves.flat()), 'other clip': count(others) },
  }
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
    differenceHash(await decodeJpeg(await encode(jpeg, change), 0)),
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
  const small = picture.resize(CAPTURE.smallWidth, CAPTURE.smallHeight, { fit: 'inside' })
  return small.jpeg({ quality: quality ?? CAPTURE.smallQuality }).toBuffer()
}
