import { parentPort, workerData } from 'node:worker_threads'
import { type SheetFormat, type Table, writeSheet } from './write-sheet.ts'

const { format, table }: { format: SheetFormat; table: Table } = workerData
if (!parentPort) throw new Error('this file is run as a worker')
parentPort.postMessage(writeSheet(format, table))
