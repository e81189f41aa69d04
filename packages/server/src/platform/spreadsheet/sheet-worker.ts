import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { parseSheet } from './parse-sheet.ts'
import { type SheetBatch, SheetError, type SheetLimits, type SheetProblem } from './sheet.ts'

/** What the thread that asked gets, one for each of its messages. */
export type SheetAnswer = { batch: SheetBatch } | { end: true } | { problem: SheetProblem }

const { bytes, limits }: { bytes: Uint8Array; limits: SheetLimits } = workerData
const port = parentPort
if (!port) throw new Error('this file is run as a worker')

try {
  for await (const batch of parseSheet(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits)) {
    port.postMessage({ batch } satisfies SheetAnswer)
    // Whoever reads more slowly than this sets the pace: nothing piles up in between.
    await once(port, 'message')
  }
  port.postMessage({ end: true } satisfies SheetAnswer)
} catch (error) {
  port.postMessage({ problem: error instanceof SheetError ? error.problem : 'file-unreadable' } satisfies SheetAnswer)
}
// A port that is listened to keeps its thread alive.
port.close()
