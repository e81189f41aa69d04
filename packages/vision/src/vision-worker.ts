import { workerData } from 'node:worker_threads'
import { BadFrames } from './bad-frames.ts'
import { openModels } from './open-models.ts'
import { createFrameReader } from './read-frames.ts'
import { createPhotoReader } from './read-photo.ts'
import { createStages } from './stages/stages.ts'
import type { WorkerAnswer, WorkerStart, WorkerTask } from './vision-pool.ts'

/** Piscina awaits this before it counts the worker as ready: models are loaded once per thread. */
export default startWorker(workerData as WorkerStart)

async function startWorker({ modelsDir, models }: WorkerStart) {
  const stages = createStages(await openModels(modelsDir, models))
  const readFrames = createFrameReader(stages)
  const readPhoto = createPhotoReader(stages)
  return async (task: WorkerTask): Promise<WorkerAnswer> => {
    if (task.kind === 'warm-up') return standReady(new Int32Array(task.gate), task.workers)
    if (task.kind === 'photo') return { kind: 'photo', evidence: await readPhoto(task.file) }
    try {
      return { kind: 'evidence', evidence: await readFrames(task.request) }
    } catch (error) {
      if (error instanceof BadFrames) return { kind: 'bad-frames', code: error.code, frame: error.frame }
      throw error
    }
  }
}

/** Holds this worker until all of them are here, so that no worker answers two warm-ups and another none. */
async function standReady(gate: Int32Array, workers: number): Promise<WorkerAnswer> {
  Atomics.add(gate, 0, 1)
  Atomics.notify(gate, 0)
  for (let here = Atomics.load(gate, 0); here < workers; here = Atomics.load(gate, 0)) Atomics.wait(gate, 0, here, 50)
  return { kind: 'ready' }
}
