import { type CellObject, read, SSF, type WorkSheet } from '@e965/xlsx'
import { openZip } from './open-zip.ts'
import { type Cell, SheetError, type SheetLimits, type SheetRow } from './sheet.ts'
import { packWorkbook, readWorkbookParts } from './workbook-parts.ts'

/** Where a part must have said what it is: after its declaration and at most a comment. */
const HEAD_CHARACTERS = 2_000
const LONGEST_TAG = 1_000
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
  const filled = xml.slice(0, endOfLastValue(xml))
  const lastRow = lastRowOf(filled)
  if (lastRow === 0) return []
  if (lastRow > limits.maxRows) throw new SheetError('file-too-many-rows')
  if (countTags(filled, 'c', limits.maxCells + 1) > limits.maxCells) throw new SheetError('too-large')
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

/** Sheets often carry a million formatted rows and cells with nothing in them: what counts ends with the last value or formula. */
function endOfLastValue(sheet: string): number {
  return 1 + Math.max(...['</v>', ':v>', '</is>', ':is>', '</f>', ':f>', '<f '].map((end) => sheet.lastIndexOf(end)))
}

/** The number of the last row that begins in `sheet`; 0 when there is none. */
function lastRowOf(sheet: string): number {
  for (let at = sheet.lastIndexOf('row'); at > 0; at = sheet.lastIndexOf('row', at - 1)) {
    const opening = /<(?:\w{1,10}:)?$/.exec(sheet.slice(Math.max(0, at - 12), at))
    const tag = opening && /^row(?:\s[^>]*)?>/.exec(sheet.slice(at, at + LONGEST_TAG))
    if (!tag) continue
    const number = /\sr="(\d{1,7})"/.exec(tag[0])?.[1]
    return number ? Number(number) : countTags(sheet.slice(0, at + 'row>'.length), 'row', Number.POSITIVE_INFINITY)
  }
  return 0
}

/** @param most counting ends there */
function countTags(xml: string, name: string, most: number): number {
  const tag = new RegExp(`<(?:\\w{1,10}:)?${name}[\\s>/]`, 'g')
  let count = 0
  while (count < most && tag.exec(xml)) count += 1
  return count
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
