import type { Day } from '../zoned-time.ts'
import { type ImportCell, SHOWN_CHARACTERS, textOf } from './cell.ts'
import { COLUMNS, type ImportColumn, type Mapping, type Section } from './columns.ts'
import { type DayOrder, parseDay } from './day.ts'

/** Each has one sentence for people; the order is that of the list of them. */
export const PROBLEM_CODES = [
  'missing',
  'too-long',
  'formula',
  'not-text',
  'not-an-email',
  'not-a-date',
  'not-a-role',
  'until-before-from',
  'duplicate-roll-no',
  'duplicate-email',
  'duplicate-class',
  'duplicate-enrolment',
  'duplicate-term',
  'email-of-another-person',
  'not-a-student',
  'merged-away',
  'no-such-student',
  'no-such-class',
  'no-such-term',
  'no-such-teacher',
  'class-archived',
  'subject-name-needed',
  'subject-named-otherwise',
  'stay-overlaps',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

export type ImportProblem = {
  column: ImportColumn
  code: ProblemCode
  value: string
  /** For what is there twice: the row that has it first. */
  otherRow: number | null
  /** What may have been meant. */
  suggestion: string | null
}

/** What a row says, column by column; an absent text says nothing. Days are ISO, addresses in lower case. */
export type RowReading = {
  texts: { readonly [Column in ImportColumn]?: string }
  emails: readonly string[]
  roles: readonly ('teacher' | 'admin')[]
  problems: readonly ImportProblem[]
}

export const problem = (
  column: ImportColumn,
  code: ProblemCode,
  value = '',
  more: { otherRow?: number; suggestion?: string | null } = {},
): ImportProblem => ({
  column,
  code,
  value: value.slice(0, SHOWN_CHARACTERS).toWellFormed().trim(),
  otherRow: more.otherRow ?? null,
  suggestion: more.suggestion ?? null,
})

/** The address form that the API takes elsewhere (the practical one of zod's `email`). */
const EMAIL = /^(?!\.)(?!.*\.\.)[a-z0-9_'+\-.]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/
const DAYS: readonly ImportColumn[] = ['from', 'until', 'starts_on', 'ends_on']
const ROLE_WORDS: Record<string, 'teacher' | 'admin'> = {
  teacher: 'teacher',
  lecturer: 'teacher',
  professor: 'teacher',
  faculty: 'teacher',
  instructor: 'teacher',
  admin: 'admin',
  administrator: 'admin',
}

/** Reads one row by what its columns mean, and names all that is wrong with it by itself. */
export function readRow(section: Section, mapping: Mapping, cells: readonly ImportCell[], order: DayOrder): RowReading {
  const problems: ImportProblem[] = []
  const texts: { [Column in ImportColumn]?: string } = {}
  const emails: string[] = []
  const roles: ('teacher' | 'admin')[] = []
  for (const { column, isRequired, longest } of COLUMNS[section]) {
    const index = mapping.indexOf(column)
    const cell = (index < 0 ? undefined : cells[index]) ?? ''
    const text = textOf(cell)
    const fault = faultOf(column, cell, text, longest)
    if (fault) problems.push(problem(column, fault, text))
    else if (text === '' && isRequired) problems.push(problem(column, 'missing'))
    else if (text !== '') problems.push(...take(column, text))
  }
  if (isBefore(texts.until, texts.from)) problems.push(problem('until', 'until-before-from', texts.until))
  if (isBefore(texts.ends_on, texts.starts_on)) problems.push(problem('ends_on', 'until-before-from', texts.ends_on))
  return { texts, emails, roles, problems }

  function take(column: ImportColumn, text: string): ImportProblem[] {
    if (DAYS.includes(column)) {
      const day = parseDay(text, order)
      if (day === null) return [problem(column, 'not-a-date', text)]
      texts[column] = day
      return []
    }
    if (column === 'role') return takeWords(text, (word) => addTo(roles, ROLE_WORDS[word]), 'role', 'not-a-role')
    if (column === 'teachers') return takeWords(text, (word) => addTo(emails, addressOf(word)), column, 'not-an-email')
    if (column === 'email' && addressOf(text) === undefined) return [problem(column, 'not-an-email', text)]
    texts[column] = column === 'email' ? text.toLowerCase() : text
    return []
  }
}

function takeWords(text: string, take: (word: string) => boolean, column: ImportColumn, code: ProblemCode) {
  const words = text.split(/[;,/|]/).map((word) => word.trim().toLowerCase())
  return words.filter((word) => word !== '' && !take(word)).map((word) => problem(column, code, word))
}

function addTo<Item>(list: Item[], item: Item | undefined): boolean {
  if (item === undefined) return false
  if (!list.includes(item)) list.push(item)
  return true
}

function addressOf(text: string): string | undefined {
  const address = text.toLowerCase()
  return address.length <= 254 && EMAIL.test(address) ? address : undefined
}

function faultOf(column: ImportColumn, cell: ImportCell, text: string, longest: number): ProblemCode | null {
  if (typeof cell !== 'string' && cell.kind === 'formula') return 'formula'
  if (typeof cell !== 'string' && !(cell.kind === 'date' && DAYS.includes(column))) return 'not-text'
  if (text.startsWith('=')) return 'formula'
  return text.length > longest ? 'too-long' : null
}

const isBefore = (day: Day | undefined, other: Day | undefined) =>
  day !== undefined && other !== undefined && day < other
