import { Piscina } from 'piscina'
import { BadFrames, type BadFramesCode, VisionBusy } from './bad-frames.ts'
import type { FaceEvidence, ReadRequest } from './evidence.ts'
import { checkFrames } from './frame-limits.ts'
import { readModelSet } from './model-set.ts'
import { openModels } from './open-models.ts'

/** Worker threads that read uploads, behind a bounded queue. */
export type VisionPool = {
  /** @throws BadFrames, VisionBusy; anything else means that the worker died on this request */
  read(request: ReadRequest): Promise<FaceEvidence>
  health(): { workers: number; waiting: number }
  close(): Promise<void>
}

/** What a worker answers: errors with a meaning travel as values, because a thread boundary strips their class. */
export type WorkerAnswer =
  | { kind: 'ready' }
  | { kind: 'evidence'; evidence: FaceEvidence }
  | { kind: 'bad-frames'; code: BadFramesCode; frame: number | null }

/** What a worker is asked: to say that it is ready, or to read an upload. */
export type WorkerTask =
  | { kind: 'warm-up'; gate: SharedArrayBuffer; workers: number }
  | { kind: 'read'; request: ReadRequest }

/** What a worker is started with. */
export type WorkerStart = { modelsDir: string }

/** A worker's memory: six models and one upload's pictures. More is a leak, and the worker is replaced. */
const WORKER_HEAP_MB = 512

/**
 * Starts the workers and waits until each has loaded and verified every model.
 * @throws ModelUnusable when a model is missing or is not the one it should be
 */
export async function createVisionPool(options: {
  modelsDir: string
  workers: number
  maxQueue: number
}): Promise<VisionPool> {
  await checkModels(options.modelsDir)
  const file = new URL('./vision-worker.ts', import.meta.url)
  return startPool({ ...options, file })
}

/** The pool itself, whatever its workers do: `createVisionPool` is this with the file that reads frames. */
export async function startPool(options: {
  file: URL
  modelsDir: string
  workers: number
  maxQueue: number
}): Promise<VisionPool> {
  const workers = Math.max(1, options.workers)
  const pool = new Piscina<WorkerTask, WorkerAnswer>({
    filename: options.file.href,
    minThreads: workers,
    maxThreads: workers,
    maxQueue: Math.max(workers, options.maxQueue),
    concurrentTasksPerWorker: 1,
    idleTimeout: 60 * 60_000,
    workerData: { modelsDir: options.modelsDir } satisfies WorkerStart,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  })
  // A worker that dies between requests is replaced by the pool; without a listener the error would end the process.
  pool.on('error', () => {})
  const gate = new SharedArrayBuffer(4)
  await Promise.all(Array.from({ length: workers }, () => pool.run({ kind: 'warm-up', gate, workers })))
  return {
    async read(request) {
      checkFrames(request.frames)
      if (pool.queueSize >= options.maxQueue) throw new VisionBusy('every worker is busy and the queue is full')
      const answer = await pool.run({ kind: 'read', request })
      if (answer.kind === 'bad-frames') throw new BadFrames(answer.code, answer.frame)
      if (answer.kind === 'ready') throw new TypeError('a worker answered a request with something else')
      return answer.evidence
    },
    health: () => ({ workers: pool.threads.length, waiting: pool.queueSize }),
    close: () => pool.destroy(),
  }
}

/** Fails here, with a clear error, rather than in every worker again and again. */
async function checkModels(modelsDir: string): Promise<void> {
  const models = await openModels(modelsDir, await readModelSet(modelsDir))
  await Promise.all(Object.values(models).map((model) => model.close()))
}
