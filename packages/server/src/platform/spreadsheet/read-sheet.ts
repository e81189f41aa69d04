import { Worker } from 'node:worker_threads'
import { Failure } from '../failure.ts'
import type { SheetLimits, SheetRow } from './sheet.ts'
import type { SheetAnswer } from './sheet-worker.ts'

/**
 * The rows of an .xlsx or a text table.
 * @throws Failure `file-unreadable`, `file-too-many-rows`, `too-large` or `file-empty`
 */
export type ReadSheet = (bytes: Buffer, limits: SheetLimits) => Promise<SheetRow[]>

/** A thread that needs more is reading no class list. */
const WORKER_HEAP_MB = 512

/**
 * Reads every file in a thread of its own, which a hostile file may exhaust or hang without touching the server.
 * @param options.atOnce further files wait
 */
export function createSheetReader(options: { atOnce: number; timeoutMs: number }): ReadSheet {
  const waiting: (() => void)[] = []
  let running = 0
  async function takeTurn() {
    if (running < options.atOnce) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  function giveTurn() {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return async (bytes, limits) => {
    await takeTurn()
    try {
      const answer = await askWorker(bytes, limits, options.timeoutMs)
      if ('problem' in answer) throw new Failure(answer.problem)
      return answer.rows
    } finally {
      giveTurn()
    }
  }
}

/** A thread that dies, of memory for one, or does not answer in time says that the file cannot be read. */
async function askWorker(bytes: Buffer, limits: SheetLimits, timeoutMs: number): Promise<SheetAnswer> {
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), {
    workerData: { bytes, limits },
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  })
  const answer = new Promise<SheetAnswer>((resolve) => {
    worker.once('message', resolve)
    worker.once('error', () => resolve({ problem: 'file-unreadable' }))
    worker.once('exit', () => resolve({ problem: 'file-unreadable' }))
  })
  const timer = setTimeout(() => void worker.terminate(), timeoutMs)
  try {
    return await answer
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
