import path from 'node:path'
import type { Picture } from '../packages/vision/src/geometry/picture.ts'
import type { Contender, Description } from './contenders/contender.ts'
import { openFaceApi } from './contenders/face-api.ts'
import { openHuman } from './contenders/human.ts'
import { openOurs } from './contenders/ours.ts'
import { openTensorflow } from './contenders/tensorflow.ts'
import { readRows } from './manifest.ts'
import { areaUnderRoc, operatingPoint, quantile, type Scored, verificationFigures } from './metrics.ts'
import { openPicture } from './open-stages.ts'

type Options = {
  images: string
  pairs: string
  /** Labelled pictures for the anti-spoof networks; `null` leaves that part out. */
  pad: { images: string; manifest: string } | null
  /** Only this many pairs, evenly taken; `null` for all. */
  most: number | null
}

/** Figures of one system; rates in [0, 1], milliseconds of one thread. */
export type PeerFigures = {
  name: string
  version: string
  accuracy: number
  auc: number
  eer: number
  tarAtFar1e2: number | null
  undetected: number
  msPerFrame: { p50: number; p95: number }
  /** One value an anti-spoof network; `null` when it has none, or no labelled pictures were given. */
  antispoofAuc: Record<string, number> | null
  padUndetected: number | null
}

export type PeersResult = { pairs: number; pictures: number; padPictures: number | null; systems: PeerFigures[] }

/** The same decoded pictures through our pipeline and both peers, one after the other, so that all meet the same load. */
export async function peers({ images, pairs, pad, most }: Options): Promise<PeersResult> {
  await openTensorflow()
  const contenders = [await openOurs(), await openHuman(), await openFaceApi()]
  const rows = evenly(await readRows(pairs, ['a', 'b', 'same']), most)
  const files = [...new Set(rows.flatMap((row) => [row.a, row.b]))]
  const described = await runSideBySide(contenders, inFolder(images, files), (contender, picture) =>
    contender.describe(picture),
  )
  const judged = pad ? await judgeSpoofs(contenders, pad, most) : null
  const systems = contenders.map((contender, which): PeerFigures => {
    const { answers, ms } = described[which] as Run<Description>
    const scored: Scored[] = rows.map(({ a, b, same }) => {
      const [first, second] = [answers.get(a), answers.get(b)]
      // A face that was not found can match nothing: far below whatever a measure of likeness gives.
      return { score: first && second ? contender.alike(first, second) : -1e9, positive: same === '1' }
    })
    return {
      name: contender.name,
      version: contender.version,
      ...verificationFigures(scored),
      tarAtFar1e2: operatingPoint(scored, 1e-2)?.tar ?? null,
      undetected: files.length - answers.size,
      msPerFrame: { p50: quantile(ms, 0.5), p95: quantile(ms, 0.95) },
      antispoofAuc: judged?.figures[which]?.aucs ?? null,
      padUndetected: judged?.figures[which]?.undetected ?? null,
    }
  })
  return { pairs: rows.length, pictures: files.length, padPictures: judged?.pictures ?? null, systems }
}

/** Answers by file, without those for which there was none, and the time of each try. */
type Run<Answer> = { answers: Map<string, Answer>; ms: number[] }

async function runSideBySide<Answer>(
  contenders: readonly Contender[],
  files: ReadonlyMap<string, string>,
  ask: (contender: Contender, picture: Picture) => Promise<Answer | null>,
): Promise<Run<Answer>[]> {
  const runs = contenders.map((): Run<Answer> => ({ answers: new Map(), ms: [] }))
  for (const [name, file] of files) {
    const picture = await openPicture(file)
    for (const [which, contender] of contenders.entries()) {
      const run = runs[which] as Run<Answer>
      const started = performance.now()
      const answer = await ask(contender, picture).catch(sayWhatFailed(contender, name))
      run.ms.push(performance.now() - started)
      if (answer !== null) run.answers.set(name, answer)
    }
  }
  for (const [which, { answers }] of runs.entries())
    if (answers.size === 0) throw new Error(`${contenders[which]?.name} does not run here: it answered for no picture`)
  return runs
}

/** A system that breaks on a picture has not found the face in it. */
function sayWhatFailed({ name }: Contender, file: string) {
  return (error: unknown): null => {
    process.stderr.write(`${name} failed on ${file}: ${String(error)}\n`)
    return null
  }
}

async function judgeSpoofs(
  contenders: readonly Contender[],
  pad: { images: string; manifest: string },
  most: number | null,
) {
  const rows = evenly(await readRows(pad.manifest, ['file', 'label']), most)
  const files = inFolder(
    pad.images,
    rows.map((row) => row.file),
  )
  const able = contenders.filter((contender) => contender.spoofScores !== null)
  const runs = await runSideBySide(able, files, async ({ spoofScores }, picture) => spoofScores?.(picture) ?? null)
  const figures = contenders.map((contender) => {
    const run = runs[able.indexOf(contender)]
    return run ? { aucs: spoofAucs(rows, run.answers), undetected: rows.length - run.answers.size } : null
  })
  return { pictures: rows.length, figures }
}

function spoofAucs(
  rows: readonly { file: string; label: string }[],
  answers: ReadonlyMap<string, Record<string, number>>,
): Record<string, number> {
  const networks = Object.keys([...answers.values()][0] ?? {})
  return Object.fromEntries(
    networks.map((network) => {
      const scored = rows.flatMap(({ file, label }): Scored[] => {
        const score = answers.get(file)?.[network]
        return score === undefined ? [] : [{ score, positive: label === 'bona-fide' }]
      })
      return [network, areaUnderRoc(scored)]
    }),
  )
}

const inFolder = (folder: string, names: readonly string[]) =>
  new Map(names.map((name) => [name, path.join(folder, name)]))

/** `most` items spread over the list, so that a list sorted by label keeps all its labels. */
function evenly<Item>(items: readonly Item[], most: number | null): readonly Item[] {
  if (most === null || most >= items.length) return items
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)] as Item)
}
