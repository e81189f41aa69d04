import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { sampleEvenly } from '../packages/vision/src/actions/moments.ts'
import { similarity, unit } from '../packages/vision/src/stages/embed.ts'
import { nearestTo } from './face-of.ts'
import { openPicture, openStages } from './open-stages.ts'

const RATES = [1e-3, 1e-4, 1e-5]

const TEMPLATES_A_PERSON = 10

/** The table of packages/domain/src/thresholds.ts: every pair of two different people in a folder a person. */
export async function thresholds({ images }: { images: string }) {
  const stages = await openStages()
  const people: Float32Array[][] = []
  for (const person of await readdir(images, { withFileTypes: true })) {
    if (!person.isDirectory()) continue
    const vectors: Float32Array[] = []
    for (const file of await readdir(path.join(images, person.name))) {
      const picture = await openPicture(path.join(images, person.name, file))
      const box = nearestTo(picture, await stages.detect(picture))
      if (box) vectors.push(await stages.embed(picture, await stages.placeLandmarks(picture, box), 'with-mirror'))
    }
    people.push(vectors)
  }
  const { genuine, impostor } = comparePeople(people)
  return {
    people: people.length,
    genuinePairs: genuine.length,
    impostorPairs: impostor.length,
    operatingPoints: pointsOf(genuine, impostor),
    templatesOfThree: againstTemplates(people),
  }
}

function pointsOf(genuine: readonly number[], impostor: readonly number[]) {
  const falling = impostor.toSorted((a, b) => b - a)
  return RATES.filter((fmr) => impostor.length * fmr >= 3).map((fmr) => {
    const threshold = falling[Math.floor(impostor.length * fmr)] ?? Number.NaN
    return { fmr, threshold, tmr: genuine.filter((score) => score > threshold).length / genuine.length }
  })
}

/**
 * What a check-in compares: templates of three pictures, up to ten of each person who has as many, with that person's
 * other pictures and with everybody else's.
 */
function againstTemplates(people: readonly Float32Array[][]) {
  const genuine: number[] = []
  const impostor: number[] = []
  let templates = 0
  for (const vectors of people)
    for (const chosen of sampleEvenly(triplesOf(vectors), TEMPLATES_A_PERSON)) {
      templates++
      const template = unit(chosen[0].map((v, i) => v + (chosen[1][i] ?? 0) + (chosen[2][i] ?? 0)))
      for (const probe of vectors) if (!chosen.includes(probe)) genuine.push(similarity(template, probe))
      for (const others of people)
        if (others !== vectors) for (const stranger of others) impostor.push(similarity(template, stranger))
    }
  return {
    templates,
    genuinePairs: genuine.length,
    impostorPairs: impostor.length,
    operatingPoints: pointsOf(genuine, impostor),
  }
}

type Triple = readonly [Float32Array, Float32Array, Float32Array]

function triplesOf(vectors: readonly Float32Array[]): Triple[] {
  return vectors.flatMap((a, i) =>
    vectors.slice(i + 1).flatMap((b, j) => vectors.slice(i + j + 2).map((c): Triple => [a, b, c])),
  )
}

function comparePeople(people: readonly Float32Array[][]): { genuine: number[]; impostor: number[] } {
  const flat = people.flatMap((vectors, person) => vectors.map((vector) => ({ vector, person })))
  const genuine: number[] = []
  const impostor: number[] = []
  for (const [i, a] of flat.entries())
    for (const b of flat.slice(i + 1)) (a.person === b.person ? genuine : impostor).push(similarity(a.vector, b.vector))
  return { genuine, impostor }
}
