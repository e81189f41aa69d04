import path from 'node:path'
import { similarity } from '../packages/vision/src/stages/embed.ts'
import { nearestTo } from './face-of.ts'
import { readRows } from './manifest.ts'
import { operatingPoint, type Scored, verificationFigures } from './metrics.ts'
import { openPicture, openStages } from './open-stages.ts'

const RATES = [1e-2, 1e-3, 1e-4]

/** Verification on labelled pairs, by the shipped pipeline: detect, landmarks, align, embed, cosine. */
export async function recognition({ images, pairs }: { images: string; pairs: string }) {
  const rows = await readRows(pairs, ['a', 'b', 'same'])
  const files = [...new Set(rows.flatMap((row) => [row.a, row.b]))]
  const stages = await openStages()
  const vectors = new Map<string, Float32Array>()
  const started = performance.now()
  for (const file of files) {
    const picture = await openPicture(path.join(images, file))
    const box = nearestTo(picture, await stages.detect(picture))
    if (box) vectors.set(file, await stages.embed(picture, await stages.placeLandmarks(picture, box), 'with-mirror'))
  }
  const msPerImage = (performance.now() - started) / files.length
  const scored: Scored[] = rows.map((row) => {
    const [a, b] = [vectors.get(row.a), vectors.get(row.b)]
    // A face that was not found can match nothing: it counts as an error of its pair when the pair is genuine.
    return { score: a && b ? similarity(a, b) : -1, positive: row.same === '1' }
  })
  return {
    pairs: rows.length,
    undetected: files.length - vectors.size,
    ...verificationFigures(scored),
    operatingPoints: RATES.flatMap((far) => operatingPoint(scored, far) ?? []),
    msPerImage,
  }
}
