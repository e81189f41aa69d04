import type { Cell } from './sheet.ts'

/** Numbers of more digits than these have lost some when the spreadsheet program read them. */
const EXACT_DIGITS = 15
const DAY_MS = 86_400_000
const DAY_ZERO = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }
/** The last day a spreadsheet knows: 31 December 9999. */
const LAST_SERIAL = 2_958_465

/** The formats every program knows by number alone (ECMA-376, 18.8.30), those of East Asia included. */
const DATE_IDS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
const TIME_IDS = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])

/** What a number is meant as: `zeros` pads it to as many digits. */
export type NumberFormat = 'date' | 'time' | 'number' | { zeros: number }

/** @param code of a format of the workbook's own; undefined for one that is known by its number */
export function numberFormatOf(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return DATE_IDS.has(id) ? 'date' : TIME_IDS.has(id) ? 'time' : 'number'
  if (/^0+$/.test(code)) return { zeros: code.length }
  // What stands in quotes or brackets, or behind a backslash, is shown and means nothing; `[h]` counts hours.
  const letters = code.replaceAll(/"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
  if (/general/i.test(letters)) return 'number'
  if (/[yd]/i.test(letters)) return 'date'
  if (/[hs]/i.test(letters)) return 'time'
  return /m/i.test(letters) ? 'date' : 'number'
}

/** The digits as they are, never `9.87E+09`; a format of zeros alone (`00000`) is part of the number. */
export function readNumber(value: number, format: NumberFormat, epoch: 1900 | 1904): Cell {
  const text = String(value)
  if (format === 'date' && value >= 1 && value <= LAST_SERIAL) {
    const day = new Date(DAY_ZERO[epoch] + Math.floor(value) * DAY_MS)
    return { kind: 'date', text: day.toISOString().slice(0, 10) }
  }
  const isExact = Number.isFinite(value) && !text.includes('e') && text.replaceAll(/\D/g, '').length <= EXACT_DIGITS
  if (format === 'date' || format === 'time' || !isExact) return { kind: 'odd', text }
  return typeof format === 'object' && Number.isInteger(value) ? text.padStart(format.zeros, '0') : text
}
