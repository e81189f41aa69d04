import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { BadFrames, createVisionPool, type Frame, VisionBusy, type VisionPool } from '../packages/vision/src/index.ts'
import { plainUpload, portraitRecording } from '../packages/vision/src/testing/material.ts'
import { createDraw, createUploadMix } from '../packages/vision/src/testing/upload-mix.ts'
import { ensureModels } from '../scripts/fetch-models.ts'
import { readClip, toUpload } from './clip.ts'
import { quantile } from './metrics.ts'
import { MODELS_DIR } from './open-stages.ts'

const WORKERS = 2
const SEED = 20_000
/** The first share of the uploads, in which allocators take what they will go on using: some thousands of uploads. */
const WARM_UP = 0.5
const SAMPLES = 100

type Sample = { checkIns: number; rssMb: number }

/**
 * Sends many short uploads, honest and hostile, through the real pool of workers and watches the process: its memory,
 * the workers that died, and what each upload was answered.
 */
export async function soak({ checkIns, clips }: { checkIns: number; clips: string | null }) {
  await ensureModels(MODELS_DIR, { log: (line) => process.stderr.write(`${line}\n`) })
  const next = createUploadMix(await recordings(clips), createDraw(SEED))
  const pool = await createVisionPool({
    modelsDir: MODELS_DIR,
    ownModelsDir: null,
    workers: WORKERS,
    maxQueue: WORKERS,
  })
  const samples: Sample[] = [sample(0)]
  const answers: Record<string, number> = {}
  const every = Math.max(1, Math.floor(checkIns / SAMPLES))
  const started = performance.now()
  let [sent, done] = [0, 0]
  // As many senders as workers, and one more so that none waits for its next.
  await Promise.all(
    Array.from({ length: WORKERS + 1 }, async () => {
      while (sent < checkIns) {
        sent++
        const answer = await answerTo(pool, next().request)
        answers[answer] = (answers[answer] ?? 0) + 1
        if (++done % every === 0) samples.push(sample(done))
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  const { workers, replaced } = pool.health()
  await pool.close()
  const settled = samples.filter((each) => each.checkIns >= checkIns * WARM_UP)
  return {
    checkIns,
    seconds: Math.round(seconds),
    workers: { atEnd: workers, replaced },
    answers,
    rssMb: {
      start: samples[0]?.rssMb,
      afterWarmUp: settled[0]?.rssMb,
      end: samples.at(-1)?.rssMb,
      highest: quantile(
        samples.map((each) => each.rssMb),
        1,
      ),
    },
    slopeKbPerThousand: Math.round(slope(settled) * 1024 * 1000),
    samples,
  }
}

/** A person and noise, or also stretches of real clips, as the page would have uploaded them. */
async function recordings(clips: string | null): Promise<Frame[][]> {
  const drawn = [await portraitRecording(40), await plainUpload('noise', 40)]
  if (clips === null) return drawn
  const names = (await readdir(clips)).filter((name) => name.endsWith('.mjpeg')).sort()
  const real: Frame[][] = []
  for (const name of names) real.push(await toUpload(await readClip(path.join(clips, name))))
  return [...real, ...drawn]
}

async function answerTo(pool: VisionPool, request: Parameters<VisionPool['read']>[0]): Promise<string> {
  try {
    const evidence = await pool.read(request)
    if (evidence.kind === 'unusable') return `unusable: ${evidence.because}`
    return evidence.kind === 'unfinished' ? `unfinished: ${evidence.missing}` : 'face'
  } catch (error) {
    if (error instanceof BadFrames) return `refused: ${error.code}`
    return error instanceof VisionBusy ? 'busy' : `broken: ${String(error)}`
  }
}

function sample(checkIns: number): Sample {
  return { checkIns, rssMb: Math.round(process.memoryUsage().rss / 2 ** 20) }
}

/** Least squares: megabytes an upload. */
function slope(samples: readonly Sample[]): number {
  const mean = (pick: (each: Sample) => number) => samples.reduce((sum, each) => sum + pick(each), 0) / samples.length
  const [meanX, meanY] = [mean((each) => each.checkIns), mean((each) => each.rssMb)]
  const across = samples.reduce((sum, each) => sum + (each.checkIns - meanX) * (each.rssMb - meanY), 0)
  return across / samples.reduce((sum, each) => sum + (each.checkIns - meanX) ** 2, 0)
}
