import { type CellObject, read, SSF, type WorkSheet } from '@e965/xlsx'
import { openZip } from './open-zip.ts'
import { type Cell, SheetError, type SheetLimits, type SheetRow } from './sheet.ts'
import { packWorkbook, readWorkbookParts } from './workbook-parts.ts'

/** Where a part must have said what it is: after its declaration and at most a comment. */
const HEAD_CHARACTERS = 2_000
/** Numbers of more digits than these have lost some when the spreadsheet program read them. */
const EXACT_DIGITS = 15

/**
 * The first visible sheet of an .xlsx. The library is handed a plain zip of the few parts it needs, inflated and counted here,
 * so it never inflates anything itself.
 * @throws SheetError
 */
export function parseXlsx(bytes: Buffer, limits: SheetLimits): SheetRow[] {
  const parts = readWorkbookParts(openZip(bytes, limits.maxInflatedBytes))
  const xml = parts.sheet.toString('latin1')
  if (!/<(?:\w+:)?worksheet[\s>]/.test(xml.slice(0, HEAD_CHARACTERS))) throw new SheetError('file-unreadable')
  const lastRow = lastFilledRow(xml)
  if (lastRow === 0) return []
  if (lastRow > limits.maxRows) throw new SheetError('file-too-many-rows')
  const workbook = read(packWorkbook(parts), {
    type: 'buffer',
    dense: true,
    sheetRows: lastRow,
    cellFormula: true,
    cellNF: true,
    cellHTML: false,
    cellText: false,
  })
  const sheet = workbook.Sheets.Sheet1
  if (!sheet) throw new SheetError('file-unreadable')
  return readRows(sheet, limits)
}

/** The row of the last cell with a value or a formula: sheets often carry a million formatted rows with nothing in them. */
function lastFilledRow(sheet: string): number {
  const lastValue = Math.max(
    ...['</v>', ':v>', '</is>', ':is>', '</f>', ':f>', '<f '].map((end) => sheet.lastIndexOf(end)),
  )
  let at = lastValue
  while (at > 0) {
    at = sheet.lastIndexOf('row', at - 1)
    const tag =
      at < 0 ? null : /^<(?:\w{1,10}:)?row(?:\s[^>]*)?>/.exec(sheet.slice(sheet.lastIndexOf('<', at), at + 300))
    if (!tag) continue
    const number = /\sr="(\d{1,7})"/.exec(tag[0])?.[1]
    return number ? Number(number) : (sheet.slice(0, at + 4).match(/<(?:\w+:)?row[\s>]/g)?.length ?? 1)
  }
  return 0
}

function readRows(sheet: WorkSheet, limits: SheetLimits): SheetRow[] {
  const rows: SheetRow[] = []
  const data: (CellObject | undefined)[][] = sheet['!data'] ?? []
  for (const [index, line] of data.entries()) {
    const cells = Array.from((line ?? []).slice(0, limits.maxColumns), readCell)
    if (cells.some((cell) => typeof cell !== 'string' || cell.trim() !== '')) rows.push({ row: index + 1, cells })
  }
  return rows
}

function readCell(cell: CellObject | undefined): Cell {
  if (!cell) return ''
  if (cell.f !== undefined || cell.F !== undefined) return { kind: 'formula', text: `=${cell.f ?? ''}` }
  switch (cell.t) {
    case 's': {
      const text = String(cell.v ?? '')
      return text.trimStart().startsWith('=') ? { kind: 'formula', text } : text
    }
    case 'n':
      return readNumber(Number(cell.v), String(cell.z ?? 'General'))
    case 'z':
      return ''
    default:
      return { kind: 'odd', text: String(cell.w ?? cell.v ?? '') }
  }
}

/** The digits as they are, never `9.87E+09`; a format of zeros alone (`00000`) is part of the number. */
function readNumber(value: number, format: string): Cell {
  const text = String(value)
  if (SSF.is_date(format)) return { kind: 'odd', text: SSF.format(format, value) }
  if (!Number.isFinite(value) || text.includes('e') || text.replaceAll(/\D/g, '').length > EXACT_DIGITS)
    return { kind: 'odd', text }
  return /^0+$/.test(format) && Number.isInteger(value) ? text.padStart(format.length, '0') : text
}
