import { Piscina } from 'piscina'
import { BadFrames, type BadFramesCode, VisionBusy } from './bad-frames.ts'
import type { FaceEvidence, PhotoEvidence, ReadRequest } from './evidence.ts'
import { checkFrames } from './frame-limits.ts'
import { readModelSet } from './model-set.ts'
import type { ModelFile, OperatingPoints } from './models.ts'
import { openModels } from './open-models.ts'

/** Threads that read uploads, behind a bounded queue. */
export type WorkerPool = {
  /** @throws BadFrames, VisionBusy; anything else means that the worker died on this request */
  read(request: ReadRequest): Promise<FaceEvidence>
  /** One photo file of any kind that sharp reads. @throws VisionBusy; anything else means that the worker died on it */
  readPhoto(file: Uint8Array): Promise<PhotoEvidence>
  /** `replaced` counts the workers that have died and been started anew. */
  health(): { workers: number; waiting: number; replaced: number }
  close(): Promise<void>
}

/** The threads, and what embeds the faces in them. */
export type VisionPool = WorkerPool & {
  /** Evidence carries this name; the thresholds of a decision about it are this model's and no other's. */
  embedder: { name: string; operatingPoints: OperatingPoints }
}

/** What a worker answers: errors with a meaning travel as values, because a thread boundary strips their class. */
export type WorkerAnswer =
  | { kind: 'ready' }
  | { kind: 'evidence'; evidence: FaceEvidence }
  | { kind: 'photo'; evidence: PhotoEvidence }
  | { kind: 'bad-frames'; code: BadFramesCode; frame: number | null }

/** What a worker is asked: to say that it is ready, or to read an upload. */
export type WorkerTask =
  | { kind: 'warm-up'; gate: SharedArrayBuffer; workers: number }
  | { kind: 'read'; request: ReadRequest }
  | { kind: 'photo'; file: Uint8Array }

/**
 * What a worker is started with. The models are named here, not read again by the worker: one that starts later, in
 * place of one that died, must not go by a list that has changed since.
 */
export type WorkerStart = { modelsDir: string; models: readonly ModelFile[] }

const OTHER_ANSWER = 'a worker answered a request with something else'

/** A worker's memory: six models and one upload's pictures. More is a leak, and the worker is replaced. */
const WORKER_HEAP_MB = 512

/**
 * Starts the workers and waits until each has loaded and verified every model: the shipped ones in `modelsDir`, and
 * in their place those that `ownModelsDir` lists.
 * @throws ModelUnusable when a model is missing or is not the one it should be
 */
export async function createVisionPool(options: {
  modelsDir: string
  ownModelsDir: string | null
  workers: number
  maxQueue: number
}): Promise<VisionPool> {
  const { modelsDir, ownModelsDir } = options
  const models = await readModelSet(modelsDir, ownModelsDir)
  const embedder = await checkModels(modelsDir, models)
  const pool = await startPool({ ...options, file: new URL('./vision-worker.ts', import.meta.url), models })
  return { ...pool, embedder }
}

/** The pool itself, whatever its workers do: `createVisionPool` is this with the file that reads frames. */
export async function startPool(
  options: WorkerStart & { file: URL; workers: number; maxQueue: number },
): Promise<WorkerPool> {
  const workers = Math.max(1, options.workers)
  const pool = new Piscina<WorkerTask, WorkerAnswer>({
    filename: options.file.href,
    minThreads: workers,
    maxThreads: workers,
    maxQueue: Math.max(workers, options.maxQueue),
    concurrentTasksPerWorker: 1,
    idleTimeout: 60 * 60_000,
    workerData: { modelsDir: options.modelsDir, models: options.models } satisfies WorkerStart,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  })
  // A worker that dies between requests is replaced by the pool; without a listener the error would end the process.
  pool.on('error', () => {})
  let replaced = 0
  pool.on('workerDestroy', () => replaced++)
  const gate = new SharedArrayBuffer(4)
  await Promise.all(Array.from({ length: workers }, () => pool.run({ kind: 'warm-up', gate, workers })))
  return {
    async read(request) {
      checkFrames(request.frames)
      if (pool.queueSize >= options.maxQueue) throw new VisionBusy('every worker is busy and the queue is full')
      const answer = await pool.run({ kind: 'read', request })
      if (answer.kind === 'bad-frames') throw new BadFrames(answer.code, answer.frame)
      if (answer.kind !== 'evidence') throw new TypeError(OTHER_ANSWER)
      return answer.evidence
    },
    async readPhoto(file) {
      if (pool.queueSize >= options.maxQueue) throw new VisionBusy('every worker is busy and the queue is full')
      const answer = await pool.run({ kind: 'photo', file })
      if (answer.kind !== 'photo') throw new TypeError(OTHER_ANSWER)
      return answer.evidence
    },
    health: () => ({ workers: pool.threads.length, waiting: pool.queueSize, replaced }),
    close: () => pool.destroy(),
  }
}

/** Fails here, with a clear error, rather than in every worker again and again. */
async function checkModels(modelsDir: string, list: readonly ModelFile[]): Promise<VisionPool['embedder']> {
  const models = await openModels(modelsDir, list)
  await Promise.all(Object.values(models).map((model) => model.close()))
  const { name, operatingPoints } = models.embedder.spec
  return { name, operatingPoints }
}
