import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { findNearestFace } from '../packages/domain/src/index.ts'
import { unit } from '../packages/vision/src/stages/embed.ts'
import { nearestTo } from './face-of.ts'
import { quantile } from './metrics.ts'
import { openPicture, openStages } from './open-stages.ts'

/** A template is the mean of up to three pictures (docs/benchmarks.md); one is always left over as the probe. */
const MAX_ENROLLED = 3
const FALSE_POSITIVE_RATES = ['0.01', '0.001'] as const
const GALLERY_SIZES = ['1000', '100000'] as const
const LENGTH = 512

/** `unfound` counts pictures in which no face was found: nobody can be identified by those. */
type Person = { enrolled: Float32Array[]; probes: Float32Array[]; unfound: number }

/**
 * Open-set identification on a folder a person: FNIR at two FPIRs, and the time of one search. Every probe is also
 * searched in the gallery without its own person, which is what somebody who is not enrolled would find.
 */
export async function identify({ images }: { images: string }) {
  const people = await readPeople(images)
  const templates = people.map(({ enrolled }) => (enrolled.length > 0 ? meanTemplate(enrolled) : null))
  const gallery = templates.flatMap((template, person) => (template ? [{ template, person }] : []))
  const mated: { own: number; others: number }[] = []
  const strangers: number[] = []
  for (const [person, { probes, unfound }] of people.entries()) {
    const own = gallery.find((each) => each.person === person)
    if (own) mated.push(...Array.from({ length: unfound }, () => ({ own: -1, others: -1 })))
    for (const probe of probes) {
      const others = gallery.filter((each) => each.person !== person)
      const best = findNearestFace(joined(others.map((each) => each.template)), probe)?.similarity ?? -1
      strangers.push(best)
      if (own) mated.push({ own: findNearestFace(own.template, probe)?.similarity ?? -1, others: best })
    }
  }
  const used = people.filter(({ enrolled }) => enrolled.length > 0)
  return {
    people: used.length,
    enrolledPer: round(used.reduce((sum, { enrolled }) => sum + enrolled.length, 0) / Math.max(1, used.length)),
    fnir: Object.fromEntries(FALSE_POSITIVE_RATES.map((rate) => [rate, missRate(mated, strangers, Number(rate))])),
    msPerProbe: Object.fromEntries(GALLERY_SIZES.map((size) => [size, searchMs(Number(size))])),
  }
}

async function readPeople(images: string): Promise<Person[]> {
  const stages = await openStages()
  const people: Person[] = []
  for (const folder of (await readdir(images, { withFileTypes: true })).filter((each) => each.isDirectory())) {
    const vectors: Float32Array[] = []
    let unfound = 0
    for (const file of (await readdir(path.join(images, folder.name))).toSorted()) {
      const picture = await openPicture(path.join(images, folder.name, file))
      const box = nearestTo(picture, await stages.detect(picture))
      if (box) vectors.push(await stages.embed(picture, await stages.placeLandmarks(picture, box), 'with-mirror'))
      else unfound++
    }
    const enrolled = Math.max(0, Math.min(MAX_ENROLLED, vectors.length - 1))
    people.push({ enrolled: vectors.slice(0, enrolled), probes: vectors.slice(enrolled), unfound })
  }
  return people
}

/**
 * Share of enrolled people's probes that are not found first and above the threshold. Where there are too few searches
 * to measure the rate, the threshold is the highest score of any stranger: stricter than asked, never laxer.
 */
function missRate(mated: readonly { own: number; others: number }[], strangers: readonly number[], fpir: number) {
  if (mated.length === 0) return null
  const descending = strangers.toSorted((a, b) => b - a)
  const threshold = descending[Math.floor(strangers.length * fpir)] ?? 1
  return mated.filter(({ own, others }) => own <= threshold || own <= others).length / mated.length
}

function searchMs(size: number): number {
  const gallery = new Float32Array(size * LENGTH)
  for (let i = 0; i < size; i++) gallery.set(randomUnit(i + 1), i * LENGTH)
  const times = Array.from({ length: 12 }, (_, i) => {
    const probe = randomUnit(1_000_000 + i)
    const started = performance.now()
    findNearestFace(gallery, probe)
    return performance.now() - started
  })
  return round(quantile(times, 0.5))
}

/** The same vector for the same seed: near enough to evenly spread for a search that reads every number anyway. */
function randomUnit(seed: number): Float32Array {
  const vector = new Float32Array(LENGTH)
  for (let i = 0, state = seed; i < LENGTH; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    vector[i] = state / 2 ** 31
  }
  return unit(vector)
}

function meanTemplate(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(LENGTH)
  for (const vector of vectors) for (let i = 0; i < LENGTH; i++) sum[i] = (sum[i] as number) + (vector[i] as number)
  return unit(sum)
}

function joined(vectors: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(vectors.length * LENGTH)
  for (const [i, vector] of vectors.entries()) all.set(vector, i * LENGTH)
  return all
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
