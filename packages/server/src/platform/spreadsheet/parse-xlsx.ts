import { readNumber } from './number-format.ts'
import type { Zip } from './open-zip.ts'
import { readXml } from './read-xml.ts'
import { type Batcher, CELL_CHARACTERS, type Cell, type SheetBatch, SheetError, type SheetLimits } from './sheet.ts'
import { openWorkbook, type Workbook } from './workbook.ts'

/** More than these and nobody has typed them. */
const MOST_ARRAY_FORMULAS = 1_000

/**
 * The rows of the first visible sheet of an .xlsx, as they are inflated: neither the sheet nor its XML is ever in memory
 * as a whole.
 * @throws SheetError
 */
export async function* parseXlsx(zip: Zip, limits: SheetLimits, batcher: Batcher): AsyncGenerator<SheetBatch> {
  const workbook = await openWorkbook(zip)
  const reader = createSheetHandlers(workbook, limits, batcher)
  for await (const _ of readXml(zip.stream(workbook.sheetPart), reader.handlers))
    if (batcher.isFull()) yield batcher.take('')
  if (!reader.sawSheet()) throw new SheetError('file-unreadable')
  yield batcher.take('')
}

type CellState = { column: number; type: string; style: number; isFormula: boolean; formula: string; text: string }
type Range = { from: { row: number; column: number }; to: { row: number; column: number } }

function createSheetHandlers(workbook: Workbook, { maxColumns }: SheetLimits, batcher: Batcher) {
  const arrays: Range[] = []
  let sawSheet = false
  let row = 0
  let cells: Cell[] = []
  let cell: CellState | null = null
  let nextColumn = 0
  let collects: 'text' | 'formula' | null = null
  let isPhonetic = false

  function openCell(attributes: Readonly<Record<string, string>>) {
    const column = attributes.r === undefined ? nextColumn : columnOf(attributes.r)
    nextColumn = column + 1
    const { t: type = 'n', s: style = '0' } = attributes
    cell = { column, type, style: Number(style), isFormula: false, formula: '', text: '' }
  }

  function openFormula({ t, ref }: Readonly<Record<string, string>>) {
    if (cell) cell.isFormula = true
    collects = 'formula'
    if (t !== 'array' || ref === undefined) return
    if (arrays.length === MOST_ARRAY_FORMULAS) throw new SheetError('file-unreadable')
    arrays.push(rangeOf(ref))
  }

  function closeCell() {
    if (!cell) return
    const { column } = cell
    const isOfArray = arrays.some(({ from, to }) => isWithin({ row, column }, from, to))
    if (column < maxColumns) {
      while (cells.length < column) cells.push('')
      cells[column] = readCell(isOfArray ? { ...cell, isFormula: true } : cell, workbook)
    }
    cell = null
  }

  return {
    sawSheet: () => sawSheet,
    handlers: {
      open(name: string, attributes: Readonly<Record<string, string>>) {
        if (name === 'worksheet') sawSheet = true
        else if (name === 'row') {
          row = attributes.r === undefined ? row + 1 : Number(attributes.r)
          cells = []
          nextColumn = 0
        } else if (name === 'c') openCell(attributes)
        else if (name === 'f') openFormula(attributes)
        else if (name === 'rPh') isPhonetic = true
        else if (name === 'v' || name === 't') collects = isPhonetic ? null : 'text'
      },
      text(piece: string) {
        if (!cell || collects === null || cell[collects].length >= CELL_CHARACTERS) return
        cell[collects] = (cell[collects] + piece).slice(0, CELL_CHARACTERS)
      },
      close(name: string) {
        if (name === 'c') closeCell()
        else if (name === 'rPh') isPhonetic = false
        else if (name === 'row' && cells.some((each) => typeof each !== 'string' || each.trim() !== ''))
          batcher.add({ row, cells })
        else if (name === 'f' || name === 'v' || name === 't') collects = null
        return name === 'sheetData'
      },
    },
  }
}

function readCell({ type, style, isFormula, formula, text }: CellState, workbook: Workbook): Cell {
  if (isFormula) return { kind: 'formula', text: `=${formula}` }
  switch (type) {
    case 's':
      return asText(workbook.sharedStrings[Number(text)] ?? '')
    case 'str':
    case 'inlineStr':
      return asText(text)
    case 'n':
      if (text.trim() === '') return ''
      return readNumber(Number(text), workbook.formats[style] ?? 'number', workbook.epoch)
    case 'd':
      return { kind: 'date', text: text.slice(0, 10) }
    default:
      return text === '' ? '' : { kind: 'odd', text }
  }
}

const asText = (text: string): Cell => (text.trimStart().startsWith('=') ? { kind: 'formula', text } : text)

/** `AB12` is column 27, from 0; what is no address is beyond every column. */
function columnOf(address: string): number {
  const letters = /^\$?([A-Z]{1,3})/.exec(address)?.[1]
  if (letters === undefined) return Number.MAX_SAFE_INTEGER - 1
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function rangeOf(ref: string): Range {
  const [from = '', to = from] = ref.split(':')
  const placeOf = (address: string) => ({ row: Number(/\d+$/.exec(address)?.[0] ?? 0), column: columnOf(address) })
  return { from: placeOf(from), to: placeOf(to) }
}

const isWithin = (at: Range['from'], from: Range['from'], to: Range['from']) =>
  at.row >= from.row && at.row <= to.row && at.column >= from.column && at.column <= to.column
