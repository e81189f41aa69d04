import { parseCsv } from './parse-csv.ts'
import { SheetError, type SheetLimits, type SheetRow } from './sheet.ts'

const ZIP = Buffer.from('PK\u0003\u0004')
/** Old .xls files and encrypted workbooks. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Reads what the bytes are, whatever the file is called. Runs in the worker: the bytes are not to be trusted.
 * @throws SheetError; anything else that is thrown means the file cannot be read either
 */
export async function parseSheet(bytes: Buffer, limits: SheetLimits): Promise<SheetRow[]> {
  if (bytes.length === 0) throw new SheetError('file-empty')
  if (startsWith(bytes, OLE)) throw new SheetError('file-unreadable')
  const rows = startsWith(bytes, ZIP) ? await readWorkbook(bytes, limits) : parseCsv(bytes, limits)
  if (rows.length === 0) throw new SheetError('file-empty')
  return rows
}

const startsWith = (bytes: Buffer, magic: Buffer) => bytes.subarray(0, magic.length).equals(magic)

/** The library is large: a text file does not wait for it. */
async function readWorkbook(bytes: Buffer, limits: SheetLimits): Promise<SheetRow[]> {
  const { parseXlsx } = await import('./parse-xlsx.ts')
  return parseXlsx(bytes, limits)
}
