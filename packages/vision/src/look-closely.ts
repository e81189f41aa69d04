import { type Moment, median, sampleEvenly } from './actions/moments.ts'
import type { Frame } from './evidence.ts'
import { type Course, nearest, pictureAt } from './follow-head.ts'
import { headShape } from './geometry/head-shape.ts'
import type { Picture, Point, Rect } from './geometry/picture.ts'
import { decodeJpeg, decodeQuickly } from './stages/decode.ts'
import { similarity, unit, type Views } from './stages/embed.ts'
import type { Stages } from './stages/stages.ts'
import { readTexture, type Texture } from './texture.ts'

/** A face found in one frame that is worth the expensive heads. */
type Close = {
  atMs: number
  picture: Picture
  box: Rect
  points: readonly Point[]
  turned: number
  /** Decoded by the exact transform, as `readTexture` needs it. */
  isExact: boolean
}

/** What the expensive heads say. */
export type CloseLook = {
  /** Median over frames of the anti-spoof network's mean over two crops, in [0, 1]; not calibrated. */
  network: number
  /** Medians over the full frames (small ones where there are none). */
  texture: Texture
  sameFace: number
  probe: Float32Array
  goodFrames: number
  agreement: number
  /** Whether mouth and chin are hidden in every good frame. */
  covered: boolean
}

/** What is looked at, and how thoroughly faces are described. */
type CloseRequest = { frames: readonly Frame[]; course: Course; peaksMs: readonly number[]; views: Views }

/** Anti-spoofing needs at least five frames, a template at least three (docs/benchmarks.md). */
const SPOOF_FRAMES = 5
const GOOD_FRAMES = 3
const PEAK_FRAMES = 3
const TEXTURE_FRAMES = 3

/** A frame is good for matching up to about 9° of yaw from frontal. */
const GOOD_TURN = 0.1

/** A full frame this close in time to a small one shows the head where the small one does. */
const SAME_TIME_MS = 120

/** Runs the embedder and the anti-spoof network over few well-chosen frames. `null` when no face could be embedded. */
export async function lookClosely(stages: Stages, request: CloseRequest): Promise<CloseLook | null> {
  const { frames, course, peaksMs, views } = request
  const full = await fullFaces(stages, frames, course)
  const exact = full.filter(({ isExact }) => isExact)
  const small = course.moments.map((m) => closeOf(m, course))
  const goodOnes = goodFaces(full, small)
  const good = await embedAll(goodOnes, views)
  if (good.length === 0) return null
  const probe = unit(sumOf(good))
  const others = await embedAll(atPeaks(small, sampleEvenly(peaksMs, PEAK_FRAMES)), 'one')
  const agreement = lowestPair(good)
  const sameFace = Math.min(agreement, ...others.map((each) => similarity(each, probe)))
  return {
    network: await spoofScore(),
    texture: textureOf(exact.length > 0 ? exact : small),
    sameFace,
    probe,
    goodFrames: good.length,
    agreement,
    covered: await areCovered(goodOnes),
  }

  /** What the description of a face does not depend on, it did not see. The first frame settles it for nearly everybody. */
  async function areCovered(faces: readonly Close[]): Promise<boolean> {
    if (stages.coveredFrom === null) return false
    for (const [i, { picture, points }] of faces.entries()) {
      const known = views === 'one' ? good[i] : undefined
      const whole = known ?? (await stages.embed(picture, points, 'one'))
      const without = await stages.embed(picture, points, 'without-mouth')
      if (similarity(whole, without) < stages.coveredFrom) return false
    }
    return true
  }

  async function embedAll(faces: readonly Close[], how: Views): Promise<Float32Array[]> {
    const vectors: Float32Array[] = []
    for (const { picture, points } of faces) vectors.push(await stages.embed(picture, points, how))
    return vectors
  }

  async function spoofScore(): Promise<number> {
    const scores: number[] = []
    const chosen = full.length >= SPOOF_FRAMES ? full : [...full, ...sampleEvenly(small, SPOOF_FRAMES - full.length)]
    for (const { picture, box } of chosen) scores.push(await stages.spoofCheck(picture, box))
    return median(scores)
  }
}

/** The faces of up to five full frames, spread over the upload; the small frame beside each says where to look. */
async function fullFaces(stages: Stages, frames: readonly Frame[], course: Course): Promise<Close[]> {
  const faces: Close[] = []
  const indices = frames.flatMap((frame, i) => (frame.kind === 'full' ? [i] : []))
  const looked = sampleEvenly(indices, SPOOF_FRAMES)
  const forTexture = new Set(sampleEvenly(looked, TEXTURE_FRAMES))
  for (const i of looked) {
    const frame = frames[i]
    if (!frame) continue
    // Networks do not see the grey level by which the quick transform is off; it costs a fifth.
    const picture = await (forTexture.has(i) ? decodeJpeg : decodeQuickly)(frame.jpeg, i)
    const box = boxBeside(frame.atMs, picture, course) ?? nearest(await stages.detect(picture))
    if (!box) continue
    const points = await stages.placeLandmarks(picture, box)
    const turned = Math.abs(headShape(points).noseAcross)
    faces.push({ atMs: frame.atMs, picture, box, points, turned, isExact: forTexture.has(i) })
  }
  return faces
}

function textureOf(faces: readonly Close[]): Texture {
  const textures = sampleEvenly(faces, TEXTURE_FRAMES).map(({ picture, box }) => readTexture(picture, box))
  const of = (name: keyof Texture) => median(textures.map((each) => each[name]))
  return { moire: of('moire'), warmth: of('warmth'), detail: of('detail') }
}

function boxBeside(atMs: number, picture: Picture, course: Course): Rect | null {
  const beside = course.moments.find((m) => Math.abs(m.atMs - atMs) <= SAME_TIME_MS)
  if (!beside) return null
  const { width, height } = pictureAt(course, beside.frame)
  const scale = picture.height / height
  // Another shape of picture shows another part of the room.
  if (Math.abs(picture.width / width - scale) > 0.02 * scale) return null
  const { box } = beside
  return { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale }
}

function closeOf(m: Moment, course: Course): Close {
  const picture = pictureAt(course, m.frame)
  return { atMs: m.atMs, picture, box: m.box, points: m.points, turned: Math.abs(m.shape.noseAcross), isExact: false }
}

/** Frontal faces, full frames before small ones, spread over time; the least turned ones where none is frontal. */
function goodFaces(full: readonly Close[], small: readonly Close[]): Close[] {
  const frontal = (faces: readonly Close[]) => faces.filter((each) => each.turned < GOOD_TURN)
  const large = sampleEvenly(frontal(full), GOOD_FRAMES)
  const chosen = [...large, ...sampleEvenly(frontal(small), GOOD_FRAMES - large.length)]
  if (chosen.length >= GOOD_FRAMES) return chosen
  return [...full, ...small].toSorted((a, b) => a.turned - b.turned).slice(0, GOOD_FRAMES)
}

/** The frame nearest to each performed action: whoever did it must be the one who is matched. */
function atPeaks(small: readonly Close[], peaksMs: readonly number[]): Close[] {
  return peaksMs.flatMap((peak) => {
    const near = small.toSorted((a, b) => Math.abs(a.atMs - peak) - Math.abs(b.atMs - peak))[0]
    return near ? [near] : []
  })
}

function sumOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (vector[i] as number)
  return sum
}

function lowestPair(vectors: readonly Float32Array[]): number {
  let lowest = 1
  for (const [i, a] of vectors.entries())
    for (const b of vectors.slice(i + 1)) lowest = Math.min(lowest, similarity(a, b))
  return lowest
}
