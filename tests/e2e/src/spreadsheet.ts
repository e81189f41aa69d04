import { read, utils, write } from '@e965/xlsx'

type Cell = string | number

/** A workbook of one sheet, as a spreadsheet program saves it. */
export function toXlsx(rows: readonly (readonly Cell[])[]): Buffer {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Students')
  return write(book, { type: 'buffer', bookType: 'xlsx' })
}

/** The rows of the first sheet, header first, every cell as it is shown; reads .csv too. */
export function readRows(file: Buffer): string[][] {
  const book = read(file, { type: 'buffer', raw: true, codepage: 65001 })
  const [sheet] = Object.values(book.Sheets)
  return sheet ? utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' }) : []
}
