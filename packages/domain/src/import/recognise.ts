import { type ImportCell, SHOWN_CHARACTERS, type SheetLine, textOf } from './cell.ts'
import { COLUMNS, type ImportColumn, type Mapping, missingColumns, SHEET_KINDS, type SheetKind } from './columns.ts'
import { editDistance, plainKey } from './near-miss.ts'

/** Titles and notes above the header are passed over, but not for ever. */
export const HEADER_WITHIN = 20
/** A title shorter than this is too easily mistaken for another when one letter of it may be wrong. */
const MISSPELT_FROM = 6

export type Recognised = {
  kind: SheetKind
  /** Where the header stands in the lines that were looked at. */
  headerAt: number
  mapping: Mapping
  /** Whether all that the kind needs is there; if not, somebody has to say what the other columns are. */
  isComplete: boolean
}

/** What a header is known by when the same one comes again: its titles reduced to letters and digits. */
export const headerKey = (cells: readonly ImportCell[]): string => JSON.stringify(titlesOf(cells).map(plainKey))

/** The titles of a header as people see them. */
export const titlesOf = (cells: readonly ImportCell[]): string[] =>
  cells.map((cell) => textOf(cell).slice(0, SHOWN_CHARACTERS))

/**
 * The kind and the header that explain most of the first lines, also where something it needs is not among the titles
 * that are known: a list of students whose roll numbers have an unknown title is no list of teachers. Null when no title
 * is known at all.
 * @param kinds those that are allowed; of equals the complete one, then the first, is taken
 */
export function recogniseSheet(
  lines: readonly SheetLine[],
  kinds: readonly SheetKind[] = SHEET_KINDS,
): Recognised | null {
  let best: (Recognised & { score: number }) | null = null
  for (const [headerAt, line] of lines.slice(0, HEADER_WITHIN).entries())
    for (const kind of kinds) {
      const mapping = recogniseColumns(kind, line.cells)
      const isComplete = missingColumns(kind, mapping).length === 0
      const score = mapping.filter((column) => column !== null).length + (isComplete ? 0.5 : 0)
      if (score >= 1 && (best === null || score > best.score)) best = { kind, headerAt, mapping, isComplete, score }
    }
  return best && { kind: best.kind, headerAt: best.headerAt, mapping: best.mapping, isComplete: best.isComplete }
}

/** What each title of a header means for this kind; the first of two that mean the same is taken. */
export function recogniseColumns(kind: SheetKind, cells: readonly ImportCell[]): (ImportColumn | null)[] {
  const keys = titlesOf(cells).map(plainKey)
  const mapping: (ImportColumn | null)[] = keys.map(() => null)
  const take = (matches: (key: string, title: string) => boolean) => {
    for (const { column, titles } of COLUMNS[kind]) {
      if (mapping.includes(column)) continue
      const at = titles
        .map((title) => keys.findIndex((key, i) => mapping[i] === null && matches(key, title)))
        .find((index) => index >= 0)
      if (at !== undefined) mapping[at] = column
    }
  }
  take((key, title) => key === title)
  take((key, title) => key.length >= MISSPELT_FROM && editDistance(key, title, 1) <= 1)
  return mapping
}
