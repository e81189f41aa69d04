import { openZip, type Zip } from './open-zip.ts'
import { parseCsv } from './parse-csv.ts'
import { createBatcher, type SheetBatch, SheetError, type SheetLimits } from './sheet.ts'

const ZIP = Buffer.from('PK\u0003\u0004')
/** Old .xls files and encrypted workbooks. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Reads what the bytes are, whatever the file is called. Runs in the worker: the bytes are not to be trusted.
 * @throws SheetError; anything else that is thrown means the file cannot be read either
 */
export async function* parseSheet(bytes: Buffer, limits: SheetLimits): AsyncGenerator<SheetBatch> {
  if (bytes.length === 0) throw new SheetError('file-empty')
  if (startsWith(bytes, OLE)) throw new SheetError('file-unreadable')
  let isEmpty = true
  for await (const batch of partsOf(bytes, limits)) {
    if (batch.rows.length === 0) continue
    isEmpty = false
    yield batch
  }
  if (isEmpty) throw new SheetError('file-empty')
}

const startsWith = (bytes: Buffer, magic: Buffer) => bytes.subarray(0, magic.length).equals(magic)

async function* partsOf(bytes: Buffer, limits: SheetLimits): AsyncGenerator<SheetBatch> {
  const batcher = createBatcher(limits)
  if (!startsWith(bytes, ZIP)) return yield* parseCsv(bytes, limits, { batcher, part: '' })
  const zip = openZip(bytes, limits.maxInflatedBytes)
  // A text file does not wait for what only workbooks need.
  const [{ isWorkbook }, { parseXlsx }] = await Promise.all([import('./workbook.ts'), import('./parse-xlsx.ts')])
  if (isWorkbook(zip)) return yield* parseXlsx(zip, limits, batcher)
  const parts = limits.textParts.flatMap((part) => nameIn(zip, part) ?? [])
  if (parts.length === 0) throw new SheetError('file-unreadable')
  for (const { part, name } of parts) yield* parseCsv(zip.read(name), limits, { batcher, part })
}

/** Whoever packs a folder has the folder's name before each file's. */
function nameIn(zip: Zip, part: string): { part: string; name: string } | null {
  const name = zip.names.find((each) => each === part || (each.endsWith(`/${part}`) && each.split('/').length === 2))
  return name === undefined ? null : { part, name }
}
