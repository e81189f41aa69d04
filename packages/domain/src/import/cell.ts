/** One cell as text. A formula is never evaluated; `odd` is what no text can be made of without guessing. */
export type ImportCell = string | { kind: 'formula' | 'odd' | 'date'; text: string }

export type SheetLine = { row: number; cells: readonly ImportCell[] }

/** Longer values are cut where they are shown. */
export const SHOWN_CHARACTERS = 100

export const textOf = (cell: ImportCell | undefined): string =>
  cleanText(cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text)

/**
 * NFC; every kind of white space one plain space; no control characters, no half letters (which no
 * database takes), and nothing without width that could make two names look like one.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\u200b\u2060\ufeff]/gu, '')
    .trim()
}

/** A column's name as spreadsheets show it, from 0: A, B, … Z, AA. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? columnLetters(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}
