import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createVisionPool, VisionBusy, type VisionPool } from '../packages/vision/src/index.ts'
import { createDraw } from '../packages/vision/src/testing/upload-mix.ts'
import { ensureModels } from '../scripts/fetch-models.ts'
import { readClip, toUpload } from './clip.ts'
import { readClipRows, requestOf } from './liveness.ts'
import { quantile } from './metrics.ts'
import { MODELS_DIR } from './open-stages.ts'

/** As the server starts it on two cores. */
const WORKERS = 2
const WAITING_PER_WORKER = 16
const SEED = 300

type Request = Parameters<VisionPool['read']>[0]

/**
 * A class that checks in at once: so many uploads at random moments of so many seconds, each of a bona fide row that is
 * to pass, through the pool of workers. Milliseconds from the upload's arrival to its evidence, waiting included; the
 * database's part, some milliseconds, and the network's are not in them.
 */
export async function crowd(options: { clips: string; manifest: string; students: number; seconds: number }) {
  const { students, seconds } = options
  await ensureModels(MODELS_DIR, { log: (line) => process.stderr.write(`${line}\n`) })
  const requests = await passingUploads(options)
  const draw = createDraw(SEED)
  const arrivals = Array.from({ length: students }, () => draw(seconds * 1000)).sort((a, b) => a - b)
  const pool = await createVisionPool({
    modelsDir: MODELS_DIR,
    ownModelsDir: null,
    workers: WORKERS,
    maxQueue: WORKERS * WAITING_PER_WORKER,
  })
  const started = performance.now()
  const cpuBefore = process.cpuUsage()
  const answers = await Promise.all(
    arrivals.map(async (atMs, i) => {
      await wait(atMs - (performance.now() - started))
      return answerOf(pool, requests[i % requests.length] as Request)
    }),
  )
  const cpu = process.cpuUsage(cpuBefore)
  const tookMs = performance.now() - started
  await pool.close()
  const read = answers.filter((answer) => answer !== null)
  return {
    students,
    seconds,
    workers: WORKERS,
    busy: answers.length - read.length,
    p50Ms: Math.round(quantile(read, 0.5)),
    p95Ms: Math.round(quantile(read, 0.95)),
    slowestMs: Math.round(quantile(read, 1)),
    cores: Number(((cpu.user + cpu.system) / 1000 / tookMs).toFixed(2)),
  }
}

async function passingUploads({ clips, manifest }: { clips: string; manifest: string }): Promise<Request[]> {
  const rows = (await readClipRows(manifest)).filter(({ label, expect }) => label === 'bona-fide' && expect === 'pass')
  const requests: Request[] = []
  for (const row of rows) requests.push(requestOf(await toUpload(await readClip(path.join(clips, row.clip))), row))
  return requests
}

/** How long one took; null where the server would ask to come back in a moment. */
async function answerOf(pool: VisionPool, request: Request): Promise<number | null> {
  const arrived = performance.now()
  try {
    await pool.read(request)
    return performance.now() - arrived
  } catch (error) {
    if (error instanceof VisionBusy) return null
    throw error
  }
}
