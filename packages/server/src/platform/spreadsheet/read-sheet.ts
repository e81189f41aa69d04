import { Worker } from 'node:worker_threads'
import { Failure } from '../failure.ts'
import type { SheetBatch, SheetLimits } from './sheet.ts'
import type { SheetAnswer } from './sheet-worker.ts'
import { createTurns } from './turns.ts'

/**
 * The rows of an .xlsx, a text table or a zip of text tables, some at a time; the file is read no faster than they are taken.
 * @throws Failure `file-unreadable`, `file-too-many-rows`, `too-large` or `file-empty`, after whatever came before the fault
 */
export type ReadSheet = (bytes: Buffer, limits: SheetLimits) => AsyncGenerator<SheetBatch>

/** A thread that needs more is reading no class list. */
const WORKER_HEAP_MB = 192
/** Rows live for a moment: a small nursery is emptied often and keeps the whole small. */
const WORKER_YOUNG_MB = 8

/**
 * Reads every file in a thread of its own, which a hostile file may exhaust or hang without touching the server.
 * @param options.atOnce further files wait
 * @param options.timeoutMs what the thread may take in all; the time its reader takes is not counted
 */
export function createSheetReader(options: { atOnce: number; timeoutMs: number }): ReadSheet {
  const turns = createTurns(options.atOnce)
  return async function* readSheet(bytes, limits) {
    await turns.take()
    try {
      yield* readInWorker(bytes, limits, options.timeoutMs)
    } finally {
      turns.give()
    }
  }
}

async function* readInWorker(bytes: Buffer, limits: SheetLimits, timeoutMs: number): AsyncGenerator<SheetBatch> {
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), {
    workerData: { bytes, limits },
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB, maxYoungGenerationSizeMb: WORKER_YOUNG_MB },
  })
  // A thread that dies, of memory for one, or does not answer in time says that the file cannot be read.
  const ended = new Promise<SheetAnswer>((resolve) => {
    const giveUp = () => resolve({ problem: 'file-unreadable' })
    worker.once('error', giveUp)
    worker.once('exit', giveUp)
  })
  let leftMs = timeoutMs
  try {
    for (;;) {
      const askedAt = performance.now()
      const timer = setTimeout(() => void worker.terminate(), Math.max(0, leftMs))
      const answer = await Promise.race([nextMessage(worker), ended]).finally(() => clearTimeout(timer))
      leftMs -= performance.now() - askedAt
      if ('problem' in answer) throw new Failure(answer.problem)
      if ('end' in answer) return
      yield answer.batch
      worker.postMessage('next')
    }
  } finally {
    await worker.terminate()
  }
}

const nextMessage = (worker: Worker) =>
  new Promise<SheetAnswer>((resolve) => {
    worker.once('message', resolve)
  })
