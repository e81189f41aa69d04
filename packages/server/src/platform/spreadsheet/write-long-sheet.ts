import { Worker } from 'node:worker_threads'
import { createTurns } from './turns.ts'
import type { SheetFile, SheetFormat, Table } from './write-sheet.ts'

/** `writeSheet` for tables of many thousand rows, which take a second: that second is not the server's. */
export type WriteLongSheet = (format: SheetFormat, table: Table) => Promise<SheetFile>

/** Writes each file in a thread of its own; `atOnce` at a time, further ones wait. */
export function createSheetWriter({ atOnce }: { atOnce: number }): WriteLongSheet {
  const turns = createTurns(atOnce)
  return async (format, table) => {
    await turns.take()
    try {
      return await writeInWorker(format, table)
    } finally {
      turns.give()
    }
  }
}

async function writeInWorker(format: SheetFormat, table: Table): Promise<SheetFile> {
  const worker = new Worker(new URL('./write-worker.ts', import.meta.url), { workerData: { format, table } })
  try {
    const { body, ...file } = await new Promise<SheetFile>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    // Between threads a Buffer becomes the bytes it was made of.
    return { ...file, body: Buffer.from(body) }
  } finally {
    await worker.terminate()
  }
}
