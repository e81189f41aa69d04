import { parentPort, workerData } from 'node:worker_threads'
import { parseSheet } from './parse-sheet.ts'
import { SheetError, type SheetLimits, type SheetProblem, type SheetRow } from './sheet.ts'

/** What the thread that asked gets back, once. */
export type SheetAnswer = { rows: SheetRow[] } | { problem: SheetProblem }

async function answer(bytes: Uint8Array, limits: SheetLimits): Promise<SheetAnswer> {
  try {
    return { rows: await parseSheet(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits) }
  } catch (error) {
    return { problem: error instanceof SheetError ? error.problem : 'file-unreadable' }
  }
}

const { bytes, limits }: { bytes: Uint8Array; limits: SheetLimits } = workerData
parentPort?.postMessage(await answer(bytes, limits))
