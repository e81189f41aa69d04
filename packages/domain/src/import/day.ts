import type { Day } from '../zoned-time.ts'

/** Which of two numbers is the day in `3/4/2026`; `unclear` refuses what could be both. */
export type DayOrder = 'day-first' | 'unclear'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** 1954 and 2119 in the days of a spreadsheet: smaller numbers are something else. */
const SERIALS = { from: 20_000, to: 80_000 }
const SERIAL_ZERO = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000

/** Where both halves of the calendar write the month first. */
export const dayOrderOf = (timeZone: string): DayOrder =>
  /^(America|US|Canada)\/|^Pacific\/(Honolulu|Guam)/.test(timeZone) ? 'unclear' : 'day-first'

/** The day that serial number `serial` shows in a spreadsheet that counts from 1900. */
export const dayOfSerial = (serial: number): Day =>
  new Date(SERIAL_ZERO + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10)

/** A day in one of the ways people write it, or the number a spreadsheet keeps for it; null for anything else. */
export function parseDay(text: string, order: DayOrder): Day | null {
  const plain = text.trim().toLowerCase()
  if (/^\d{5}(\.\d+)?$/.test(plain)) {
    const serial = Number(plain)
    return serial >= SERIALS.from && serial < SERIALS.to ? dayOfSerial(serial) : null
  }
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$/.exec(plain) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(plain)
  if (iso) return dayOf(iso[1], iso[2], iso[3])
  const numbers = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/.exec(plain)
  if (numbers) return fromNumbers(numbers, order)
  const named = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3})[a-z]*\.?[-/., ]+(\d{4}|\d\d)$/.exec(plain)
  if (named) return dayOf(named[3], monthOf(named[2]), named[1])
  const american = /^([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(plain)
  return american ? dayOf(american[3], monthOf(american[1]), american[2]) : null
}

function fromNumbers([, first = '', separator, second = '', year]: RegExpExecArray, order: DayOrder): Day | null {
  if (Number(second) > 12) return dayOf(year, first, second)
  const isClear = Number(first) > 12 || first === second || separator === '.' || order === 'day-first'
  return isClear ? dayOf(year, second, first) : null
}

const monthOf = (name = ''): string => String(MONTHS.indexOf(name) + 1)

/** Null for a day the calendar does not have. */
function dayOf(year = '', month = '', day = ''): Day | null {
  const full = year.length === 2 ? `20${year}` : year
  const text = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text
}
