/** One cell as text. `odd` is what no text can be made of without guessing: a date, a truth value, an error, a number that has lost digits. */
export type Cell = string | { kind: 'formula' | 'odd'; text: string }

/** A row that has anything in it; `row` is the number the spreadsheet program shows, from 1. */
export type SheetRow = { row: number; cells: Cell[] }

export type SheetLimits = {
  /** Rows with something in them, the header included. */
  maxRows: number
  /** Cells of a workbook, the empty ones included: each costs memory while it is parsed. */
  maxCells: number
  /** Further columns are not read. */
  maxColumns: number
  /** What the parts of a workbook may come to when inflated. */
  maxInflatedBytes: number
}

export type SheetProblem = 'file-unreadable' | 'file-too-many-rows' | 'too-large' | 'file-empty'

/** Why a file gives no rows; crosses from the worker by its `problem`. */
export class SheetError extends Error {
  readonly problem: SheetProblem

  constructor(problem: SheetProblem) {
    super(problem)
    this.name = 'SheetError'
    this.problem = problem
  }
}
