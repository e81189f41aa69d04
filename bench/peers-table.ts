import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { PeerFigures, PeersResult } from './peers.ts'

const PAGE = path.resolve(import.meta.dirname, '..', 'docs', 'benchmarks.md')
const BEGIN = '<!-- peers: written by `npm run -s bench -- peers` -->'
const END = '<!-- /peers -->'

/** Writes the comparison into docs/benchmarks.md, in place of the last one. */
export async function writePeersTable(result: PeersResult): Promise<void> {
  await writeFile(PAGE, replaceTable(await readFile(PAGE, 'utf8'), peersTable(result)))
}

/** @throws Error when the page has lost its markers */
export function replaceTable(page: string, table: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place between ${BEGIN} and ${END}`)
  return `${page.slice(0, from + BEGIN.length)}\n${table}\n${page.slice(to)}`
}

/** The comparison as a table in Markdown, with what was run above it. */
export function peersTable({ pairs, pictures, padPictures, systems }: PeersResult): string {
  const spoof = padPictures === null ? 'no pictures for anti-spoofing' : `${padPictures} pictures for anti-spoofing`
  return [
    `${pairs} pairs of ${pictures} pictures; ${spoof}. One thread each.`,
    '',
    '| | accuracy | EER | AUC | TAR at FAR 1e-2 | undetected | anti-spoof AUC | ms a picture, median (95th) |',
    '|---|---|---|---|---|---|---|---|',
    ...systems.map(rowOf),
  ].join('\n')
}

function rowOf(system: PeerFigures): string {
  const { name, version, accuracy, eer, auc, tarAtFar1e2, undetected, msPerFrame } = system
  const cells = [
    `${name} (${version})`,
    percent(accuracy),
    percent(eer),
    auc.toFixed(5),
    tarAtFar1e2 === null ? 'too few pairs' : percent(tarAtFar1e2),
    String(undetected),
    spoofCell(system),
    `${Math.round(msPerFrame.p50)} (${Math.round(msPerFrame.p95)})`,
  ]
  return `| ${cells.join(' | ')} |`
}

function spoofCell({ antispoofAuc, padUndetected }: PeerFigures): string {
  if (antispoofAuc === null) return '–'
  const aucs = Object.entries(antispoofAuc).map(([network, auc]) => `${network} ${auc.toFixed(3)}`)
  return `${aucs.join(', ')}${padUndetected ? ` (${padUndetected} undetected)` : ''}`
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`
