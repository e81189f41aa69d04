import path from 'node:path'
import { ACTIONS, type Action, decideLive, SHIPPED_THRESHOLDS } from '../packages/domain/src/index.ts'
import { createFrameReader } from '../packages/vision/src/read-frames.ts'
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

/** The whole face path without a template, on clips, as the page would have uploaded them. */
export async function liveness({ clips, manifest }: { clips: string; manifest: string }) {
  const rows = await readRows(manifest, ['clip', 'subject', 'label', 'species', 'challenge', 'expect'])
  const readFrames = createFrameReader(await openStages())
  const perRow: LivenessRow[] = []
  const cpuMs: number[] = []
  const acceptedCpuMs: number[] = []
  for (const row of rows) {
    const frames = await toUpload(await readClip(path.join(clips, row.clip)))
    const before = process.cpuUsage()
    const actions = row.challenge.split('+').map(toAction)
    const evidence = await readFrames({
      frames,
      actions,
      timing: { kind: 'free' },
      flash: { kind: 'none' },
      purpose: 'check-in',
    })
    const verdict = decideLive(evidence, SHIPPED_THRESHOLDS)
    const spent = process.cpuUsage(before)
    cpuMs.push((spent.user + spent.system) / 1000)
    if (verdict.outcome === 'accepted') acceptedCpuMs.push((spent.user + spent.system) / 1000)
    perRow.push({
      clip: row.clip,
      challenge: row.challenge,
      expect: row.expect,
      verdict: verdict.outcome === 'accepted' ? 'pass' : 'refuse',
      because: verdict.outcome === 'accepted' ? null : reasonOf(verdict),
    })
    if (process.env.BENCH_TRACE)
      process.stderr.write(
        `${row.clip} ${row.challenge} ${row.expect} ${JSON.stringify({ ...evidence, probe: 0, frameHashes: 0 })}\n`,
      )
  }
  const judged = rows.map((row, i) => ({ ...row, passed: perRow[i]?.verdict === 'pass' }))
  const genuine = judged.filter((row) => row.label === 'bona-fide')
  const attacks = judged.filter((row) => row.label !== 'bona-fide')
  const willing = genuine.filter((row) => row.expect === 'pass')
  const unwilling = genuine.filter((row) => row.expect === 'refuse')
  return {
    rows: rows.length,
    apcer: Object.fromEntries(
      [...new Set(attacks.map((row) => row.species))].map((species) => {
        const of = attacks.filter((row) => row.species === species)
        return [species, { passed: of.filter((row) => row.passed).length, of: of.length }]
      }),
    ),
    bpcer: { refused: willing.filter((row) => !row.passed).length, of: willing.length },
    wrongAction: { passed: unwilling.filter((row) => row.passed).length, of: unwilling.length },
    cpuMs: { p50: quantile(cpuMs, 0.5), p95: quantile(cpuMs, 0.95) },
    /** Of the rows that pass: nothing can be stopped early there. */
    acceptedCpuMs: { p50: quantile(acceptedCpuMs, 0.5), p95: quantile(acceptedCpuMs, 0.95) },
    perRow,
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
