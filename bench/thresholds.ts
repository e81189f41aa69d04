import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { similarity } from '../packages/vision/src/stages/embed.ts'
import { nearestTo } from './face-of.ts'
import { openPicture, openStages } from './open-stages.ts'

const RATES = [1e-3, 1e-4, 1e-5]

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
  impostor.sort((a, b) => b - a)
  return {
    people: people.length,
    genuinePairs: genuine.length,
    impostorPairs: impostor.length,
    operatingPoints: RATES.filter((fmr) => impostor.length * fmr >= 3).map((fmr) => {
      const threshold = impostor[Math.floor(impostor.length * fmr)] ?? Number.NaN
      return { fmr, threshold, tmr: genuine.filter((score) => score > threshold).length / genuine.length }
    }),
  }
}

function comparePeople(people: readonly Float32Array[][]): { genuine: number[]; impostor: number[] } {
  const flat = people.flatMap((vectors, person) => vectors.map((vector) => ({ vector, person })))
  const genuine: number[] = []
  const impostor: number[] = []
  for (const [i, a] of flat.entries())
    for (const b of flat.slice(i + 1)) (a.person === b.person ? genuine : impostor).push(similarity(a.vector, b.vector))
  return { genuine, impostor }
}
