import { type CellObject, read, utils, write } from '@e965/xlsx'

/** A formula, a formatted number or an error is given as the cell that it is. */
export type Cell = string | number | CellObject

/** A workbook of one sheet, as a spreadsheet program saves it. */
export function toXlsx(rows: readonly (readonly Cell[])[]): Buffer {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Students')
  return write(book, { type: 'buffer', bookType: 'xlsx' })
}

/** The rows of the first sheet, header first, every cell as it is shown; of .csv in UTF-8, too. */
export function readRows(file: Buffer): string[][] {
  const isZip = file.subarray(0, 2).toString('latin1') === 'PK'
  const book = isZip
    ? read(file, { type: 'buffer' })
    : read(new TextDecoder().decode(file), { type: 'string', raw: true })
  const [sheet] = Object.values(book.Sheets)
  return sheet ? utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' }) : []
}
