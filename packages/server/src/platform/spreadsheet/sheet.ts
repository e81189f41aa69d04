/**
 * One cell as text. `odd` is what no text can be made of without guessing: a truth value, an error, a number that has
 * lost digits; a `date` is given as `YYYY-MM-DD`.
 */
export type Cell = string | { kind: 'formula' | 'odd' | 'date'; text: string }

/** A row that has anything in it; `row` is the number the spreadsheet program shows, from 1. */
export type SheetRow = { row: number; cells: Cell[] }

/** Some rows in their order. `part` names the text file of a zip that they are of; it is empty for a single table. */
export type SheetBatch = { part: string; rows: SheetRow[] }

export type SheetLimits = {
  /** Rows with something in them, the header included. */
  maxRows: number
  /** Further columns are not read. */
  maxColumns: number
  /** What the parts of a zip may come to when inflated. */
  maxInflatedBytes: number
  /** The text files that are read of a zip that is no workbook, in this order; those that are not there are passed over. */
  textParts: readonly string[]
}

export type SheetProblem = 'file-unreadable' | 'file-too-many-rows' | 'too-large' | 'file-empty'

/** Rows that are handed over at a time: few enough to be small, enough to be worth a statement. */
const ROWS_A_BATCH = 250

/** What is kept of a cell: longer than any value that is taken, short enough for a cell of ten megabytes to be harmless. */
export const CELL_CHARACTERS = 2_000

/** Why a file gives no rows; crosses from the worker by its `problem`. */
export class SheetError extends Error {
  readonly problem: SheetProblem

  constructor(problem: SheetProblem) {
    super(problem)
    this.name = 'SheetError'
    this.problem = problem
  }
}

/** Passes rows on in batches; counts them over all the parts of a file. */
export function createBatcher({ maxRows }: SheetLimits) {
  let count = 0
  let waiting: SheetRow[] = []
  return {
    add(row: SheetRow): void {
      if (count === maxRows) throw new SheetError('file-too-many-rows')
      count += 1
      waiting.push(row)
    },
    isFull: () => waiting.length >= ROWS_A_BATCH,
    take(part: string): SheetBatch {
      const rows = waiting
      waiting = []
      return { part, rows }
    },
  }
}

export type Batcher = ReturnType<typeof createBatcher>
