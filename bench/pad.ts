import path from 'node:path'
import { nearest } from '../packages/vision/src/follow-head.ts'
import { readRows } from './manifest.ts'
import { areaUnderRoc } from './metrics.ts'
import { openPicture, openStages } from './open-stages.ts'

/** Single pictures at this score; a whole check-in is decided by the fused score instead (packages/domain thresholds). */
const THRESHOLD = 0.5

/** Presentation attack detection on labelled single pictures (ISO/IEC 30107-3 rates). */
export async function pad({ images, manifest }: { images: string; manifest: string }) {
  const rows = await readRows(manifest, ['file', 'label', 'species', 'subject'])
  const stages = await openStages()
  const scored: { score: number; positive: boolean; species: string }[] = []
  let undetected = 0
  for (const row of rows) {
    const picture = await openPicture(path.join(images, row.file))
    const box = nearest(await stages.detect(picture))
    if (!box) {
      undetected++
      continue
    }
    const score = await stages.spoofCheck(picture, box)
    scored.push({ score, positive: row.label === 'bona-fide', species: row.species || 'attack' })
  }
  const bonaFide = scored.filter((each) => each.positive)
  const species = [...new Set(scored.filter((each) => !each.positive).map((each) => each.species))]
  return {
    files: rows.length,
    undetected,
    auc: areaUnderRoc(scored),
    threshold: THRESHOLD,
    bpcer: bonaFide.filter((each) => each.score < THRESHOLD).length / bonaFide.length,
    apcer: Object.fromEntries(species.map((name) => [name, passShare(name)])),
  }

  function passShare(name: string): number {
    const attacks = scored.filter((each) => !each.positive && each.species === name)
    return attacks.filter((each) => each.score >= THRESHOLD).length / attacks.length
  }
}
