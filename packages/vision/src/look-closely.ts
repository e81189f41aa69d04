import { type Moment, median, sampleEvenly } from './actions/moments.ts'
import type { Frame } from './evidence.ts'
import { type Course, nearest, pictureAt } from './follow-head.ts'
import { headShape } from './geometry/head-shape.ts'
import type { Picture, Point, Rect } from './geometry/picture.ts'
import { decodeJpeg } from './stages/decode.ts'
import { similarity, unit, type Views } from './stages/embed.ts'
import type { Stages } from './stages/stages.ts'

/** A face found in one frame that is worth the expensive heads. */
type Close = { atMs: number; picture: Picture; box: Rect; points: readonly Point[]; turned: number }

/** What the expensive heads say. */
export type CloseLook = {
  /** Median over frames of the anti-spoof network's mean over two crops, in [0, 1]; not calibrated. */
  network: number
  sameFace: number
  probe: Float32Array
  goodFrames: number
  agreement: number
}

/** Anti-spoofing needs at least five frames (docs/benchmarks.md); a template at least three. */
const SPOOF_FRAMES = 5
const GOOD_FRAMES = 3

/** A frame is good for matching up to about 9° of yaw from frontal. */
const GOOD_TURN = 0.1

/** Runs the embedder and the anti-spoof network over few well-chosen frames. `null` when no face could be embedded. */
export async function lookClosely(
  stages: Stages,
  frames: readonly Frame[],
  course: Course,
  peaksMs: readonly number[],
): Promise<CloseLook | null> {
  const full = await fullFaces(stages, frames)
  const small = course.moments.map((m) => closeOf(m, course))
  const byTurn = (a: Close, b: Close) => a.turned - b.turned
  const frontal = [...full, ...sampleEvenly(small, 24)].filter((each) => each.turned < GOOD_TURN)
  const pool = frontal.length >= 3 ? frontal : [...full, ...small].toSorted(byTurn).slice(0, 6)
  const good = await embedAll(preferLarge(pool, GOOD_FRAMES), 'with-mirror')
  const [first] = good
  if (!first) return null
  const probe = unit(meanOf(good))
  const others = await embedAll(atPeaks(small, peaksMs), 'one')
  const agreement = lowestPair(good)
  const sameFace = Math.min(agreement, ...others.map((each) => similarity(each, probe)))
  return { network: await spoofScore(), sameFace, probe, goodFrames: good.length, agreement }

  async function embedAll(faces: readonly Close[], views: Views): Promise<Float32Array[]> {
    const vectors: Float32Array[] = []
    for (const { picture, points } of faces) vectors.push(await stages.embed(picture, points, views))
    return vectors
  }

  async function spoofScore(): Promise<number> {
    const scores: number[] = []
    const chosen = full.length >= SPOOF_FRAMES ? full : [...full, ...small]
    for (const { picture, box } of sampleEvenly(chosen, SPOOF_FRAMES))
      scores.push(await stages.spoofCheck(picture, box))
    return median(scores)
  }
}

async function fullFaces(stages: Stages, frames: readonly Frame[]): Promise<Close[]> {
  const faces: Close[] = []
  for (const [i, frame] of frames.entries()) {
    if (frame.kind !== 'full') continue
    const picture = await decodeJpeg(frame.jpeg, i)
    const box = nearest(await stages.detect(picture))
    if (!box) continue
    const points = await stages.placeLandmarks(picture, box)
    faces.push({ atMs: frame.atMs, picture, box, points, turned: Math.abs(headShape(points).noseAcross) })
  }
  return faces
}

function closeOf(m: Moment, course: Course): Close {
  const picture = pictureAt(course, m.frame)
  return { atMs: m.atMs, picture, box: m.box, points: m.points, turned: Math.abs(m.shape.noseAcross) }
}

/** The largest pictures first, and among equals spread over time. */
function preferLarge(faces: readonly Close[], count: number): Close[] {
  const widest = Math.max(0, ...faces.map((each) => each.picture.width))
  const large = faces.filter((each) => each.picture.width === widest)
  const rest = faces.filter((each) => each.picture.width !== widest)
  const chosen = sampleEvenly(large, count)
  return [...chosen, ...sampleEvenly(rest, Math.max(0, count - chosen.length))].slice(0, count)
}

/** The frame nearest to each performed action: whoever did it must be the one who is matched. */
function atPeaks(small: readonly Close[], peaksMs: readonly number[]): Close[] {
  return peaksMs.flatMap((peak) => {
    const near = small.toSorted((a, b) => Math.abs(a.atMs - peak) - Math.abs(b.atMs - peak))[0]
    return near ? [near] : []
  })
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
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
