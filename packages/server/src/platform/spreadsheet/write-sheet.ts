import { utils, write } from '@e965/xlsx'

export type Value = string | number | null

/** A table to save: the header, then the rows in its order. */
export type Table = {
  name: string
  header: readonly string[]
  rows: readonly (readonly Value[])[]
  /** Further pages of a workbook; text tables have none. */
  pages?: readonly { name: string; rows: readonly (readonly string[])[] }[]
}

/** What a spreadsheet program would run, or move a cell for, when it opens the file. */
const ACTIVE = /^[=+\-@\t\r\n]/

/** OWASP's defence against formula injection: an apostrophe makes it text. Numbers of ours are numbers and stay. */
const neutralise = (value: Value): Value => (typeof value === 'string' && ACTIVE.test(value) ? `'${value}` : value)

const PAGE_WIDTHS = [{ wch: 16 }, { wch: 10 }, { wch: 90 }]

function writeXlsx(table: Table): Buffer {
  const lines = [table.header, ...table.rows].map((line) => line.map(neutralise))
  const sheet = utils.aoa_to_sheet(lines, { dense: true })
  sheet['!cols'] = table.header.map((title, column) => ({ wch: widthOf(table, title, column) }))
  const book = utils.book_new(sheet, sheetName(table.name))
  for (const { name, rows } of table.pages ?? []) {
    const page = utils.aoa_to_sheet(
      rows.map((row) => row.map(neutralise)),
      { dense: true },
    )
    page['!cols'] = PAGE_WIDTHS
    utils.book_append_sheet(book, page, sheetName(name))
  }
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true })
}

/** RFC 4180 with a byte order mark, by which Excel knows UTF-8. */
function writeCsv(table: Table): Buffer {
  const lines = [table.header, ...table.rows].map((line) => line.map((value) => quote(neutralise(value))).join(','))
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)
}

function quote(value: Value): string {
  const text = value === null ? '' : String(value)
  return /[",;\t\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const widthOf = (table: Table, title: string, column: number) =>
  Math.min(40, Math.max(title.length, ...table.rows.slice(0, 200).map((row) => String(row[column] ?? '').length)) + 2)

/** Excel takes 31 characters and none of these. */
const sheetName = (name: string) =>
  name
    .replaceAll(/[\\/?*[\]:]/g, ' ')
    .trim()
    .slice(0, 31) || 'Sheet1'

export type SheetFormat = 'xlsx' | 'csv'
export type SheetFile = { contentType: string; fileName: string; body: Buffer }

/** A table as a file to save, named after it. */
export function writeSheet(format: SheetFormat, table: Table): SheetFile {
  const fileName = `${safeFileName(table.name)}.${format}`
  return format === 'xlsx'
    ? {
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        fileName,
        body: writeXlsx(table),
      }
    : { contentType: 'text/csv; charset=utf-8', fileName, body: writeCsv(table) }
}

/** Letters, digits, dots and dashes of any script: nothing a file system or a header minds. */
const safeFileName = (name: string) =>
  name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}.-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80) || 'table'
