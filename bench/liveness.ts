import path from 'node:path'
import { ACTIONS, type Action, decideLive, SHIPPED_THRESHOLDS } from '../packages/domain/src/index.ts'
import { BadFrames, type Frame, type ReadRequest } from '../packages/vision/src/index.ts'
import { createFrameReader } from '../packages/vision/src/read-frames.ts'
import type { Stages } from '../packages/vision/src/stages/stages.ts'
import { readClip, toUpload } from './clip.ts'
import { readRows } from './manifest.ts'
import { quantile } from './metrics.ts'
import { openStages } from './open-stages.ts'

/** One row of the clips' manifest, judged. */
export type LivenessRow = {
  clip: string
  challenge: string
  expect: string
  verdict: 'pass' | 'refuse'
  because: string | null
}

/** What the manifest says of one clip and one challenge. */
export type ClipRow = Record<(typeof COLUMNS)[number], string>

const COLUMNS = ['clip', 'subject', 'label', 'species', 'challenge', 'expect'] as const

/** The rows of a clips' manifest. */
export const readClipRows = (manifest: string): Promise<ClipRow[]> => readRows(manifest, COLUMNS)

/** The whole face path without a template, on clips, as the page would have uploaded them. */
export async function liveness({ clips, manifest }: { clips: string; manifest: string }) {
  const rows = await readClipRows(manifest)
  const judge = createJudge(await openStages())
  const perRow: LivenessRow[] = []
  const cpuMs: number[] = []
  const acceptedCpuMs: number[] = []
  for (const row of rows) {
    const frames = await toUpload(await readClip(path.join(clips, row.clip)))
    const before = process.cpuUsage()
    const judged = await judge(frames, row)
    const spent = process.cpuUsage(before)
    cpuMs.push((spent.user + spent.system) / 1000)
    if (judged.verdict === 'pass') acceptedCpuMs.push((spent.user + spent.system) / 1000)
    perRow.push(judged)
  }
  return {
    rows: rows.length,
    ...errorRates(rows, perRow),
    cpuMs: { p50: quantile(cpuMs, 0.5), p95: quantile(cpuMs, 0.95) },
    /** Of the rows that pass: nothing can be stopped early there. */
    acceptedCpuMs: { p50: quantile(acceptedCpuMs, 0.5), p95: quantile(acceptedCpuMs, 0.95) },
    perRow,
  }
}

/** A check-in that is asked for a row's challenge. @throws Error that names the actions there are */
export function requestOf(frames: Frame[], { challenge }: ClipRow): ReadRequest {
  const actions = challenge.split('+').map(toAction)
  return { frames, actions, timing: { kind: 'free' }, flash: { kind: 'none' }, purpose: 'check-in' }
}

/** Judges an upload against a row's challenge, by the shipped thresholds; `BENCH_TRACE` prints the evidence. */
export function createJudge(stages: Stages) {
  const readFrames = createFrameReader(stages)
  return async (frames: Frame[], row: ClipRow): Promise<LivenessRow> => {
    const asked = { clip: row.clip, challenge: row.challenge, expect: row.expect }
    const evidence = await readFrames(requestOf(frames, row)).catch(badFrames)
    if (evidence instanceof BadFrames) return { ...asked, verdict: 'refuse', because: evidence.code }
    const verdict = decideLive(evidence, SHIPPED_THRESHOLDS)
    if (process.env.BENCH_TRACE)
      process.stderr.write(
        `${row.clip} ${row.challenge} ${row.expect} ${JSON.stringify({ ...evidence, probe: 0, frameHashes: 0 })}\n`,
      )
    if (verdict.outcome === 'accepted') return { ...asked, verdict: 'pass', because: null }
    return { ...asked, verdict: 'refuse', because: reasonOf(verdict) }
  }
}

/** An upload that the server would not even read is refused, as it would be. */
function badFrames(error: unknown): BadFrames {
  if (error instanceof BadFrames) return error
  throw error
}

/** Attack presentations that pass, by species; bona fide rows that are refused; wrong actions that pass. */
export function errorRates(rows: readonly ClipRow[], perRow: readonly LivenessRow[]) {
  const judged = rows.map((row, i) => ({ ...row, passed: perRow[i]?.verdict === 'pass' }))
  const genuine = judged.filter((row) => row.label === 'bona-fide')
  const attacks = judged.filter((row) => row.label !== 'bona-fide')
  const willing = genuine.filter((row) => row.expect === 'pass')
  const unwilling = genuine.filter((row) => row.expect === 'refuse')
  return {
    apcer: Object.fromEntries(
      [...new Set(attacks.map((row) => row.species))].map((species) => {
        const of = attacks.filter((row) => row.species === species)
        return [species, { passed: of.filter((row) => row.passed).length, of: of.length }]
      }),
    ),
    bpcer: { refused: willing.filter((row) => !row.passed).length, of: willing.length },
    wrongAction: { passed: unwilling.filter((row) => row.passed).length, of: unwilling.length },
  }
}

function reasonOf(verdict: { because: string; action?: Action }): string {
  return verdict.action ? `${verdict.because}:${verdict.action}` : verdict.because
}

function toAction(name: string): Action {
  const action = ACTIONS.find((each) => each === name)
  if (!action) throw new Error(`${name} is not an action; there are ${ACTIONS.join(', ')}`)
  return action
}
