/** The columns an import reads, in the order of its template. */
export const ROSTER_COLUMNS = ['roll_no', 'full_name', 'email', 'phone', 'batch', 'department'] as const
export type RosterColumn = (typeof ROSTER_COLUMNS)[number]

/** One cell as text; a formula or what no text can be made of without guessing is named instead. */
export type RosterCell = string | { kind: 'formula' | 'odd'; text: string }
export type RosterLine = { row: number; cells: readonly RosterCell[] }

export type RosterProblem = {
  column: RosterColumn | 'row'
  code:
    | 'missing'
    | 'too-long'
    | 'not-an-email'
    | 'formula'
    | 'duplicate-roll-no'
    | 'duplicate-email'
    | 'email-of-another-person'
    | 'not-a-student'
    | 'not-text'
  value: string
  otherRow: number | null
}

/** What a sheet says of a student; null where it says nothing. */
export type RosterDetails = {
  fullName: string
  email: string | null
  phone: string | null
  batch: string | null
  department: string | null
}
export type RosterRow = RosterDetails & { row: number; rollNo: string; problems: RosterProblem[] }

export type RosterSheet = { rows: RosterRow[]; ignoredColumns: string[] }

/** Titles and notes above the header are passed over, but not for ever. */
const HEADER_WITHIN = 20
const REQUIRED: readonly RosterColumn[] = ['roll_no', 'full_name']
const LONGEST: Record<RosterColumn, number> = {
  roll_no: 50,
  full_name: 200,
  email: 254,
  phone: 30,
  batch: 50,
  department: 100,
}

/** What schools write above these columns, reduced to letters and digits. */
const TITLES: Record<string, RosterColumn> = {
  rollno: 'roll_no',
  rollnumber: 'roll_no',
  roll: 'roll_no',
  fullname: 'full_name',
  name: 'full_name',
  studentname: 'full_name',
  email: 'email',
  emailaddress: 'email',
  emailid: 'email',
  phone: 'phone',
  phoneno: 'phone',
  phonenumber: 'phone',
  mobile: 'phone',
  batch: 'batch',
  department: 'department',
  dept: 'department',
}

/** The address form that the API takes elsewhere (the practical one of zod's `email`). */
const EMAIL = /^(?!\.)(?!.*\.\.)[a-z0-9_'+\-.]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/

/** Lower case, so that `R-1` and `r-1` are one roll number, as in the database. */
export const rollNoKey = (rollNo: string): string => rollNo.toLowerCase()

/**
 * The students a sheet names, each with all that is wrong with its row; null when no row is a header with a roll number and a name.
 * @param lines in the sheet's order, empty ones left out
 */
export function readRoster(lines: readonly RosterLine[]): RosterSheet | null {
  const at = lines.slice(0, HEADER_WITHIN).findIndex((line) => {
    const { columns } = readHeader(line)
    return REQUIRED.every((column) => columns.has(column))
  })
  const header = lines[at]
  if (!header) return null
  const { columns, ignored } = readHeader(header)
  const rows = lines.slice(at + 1).map((line) => readRow(line, columns))
  nameDuplicates(rows)
  return { rows, ignoredColumns: ignored }
}

function readHeader(line: RosterLine): { columns: Map<RosterColumn, number>; ignored: string[] } {
  const columns = new Map<RosterColumn, number>()
  const ignored: string[] = []
  for (const [index, cell] of line.cells.entries()) {
    const title = cleanText(typeof cell === 'string' ? cell : cell.text)
    const column = TITLES[title.toLowerCase().replaceAll(/[^a-z0-9]/g, '')]
    if (column && !columns.has(column)) columns.set(column, index)
    else if (title !== '') ignored.push(title.slice(0, 100))
  }
  return { columns, ignored }
}

function readRow({ row, cells }: RosterLine, columns: Map<RosterColumn, number>): RosterRow {
  const problems: RosterProblem[] = []
  const read = (column: RosterColumn): string => {
    const index = columns.get(column)
    const cell = (index === undefined ? undefined : cells[index]) ?? ''
    const text = cleanText(typeof cell === 'string' ? cell : cell.text)
    const code = faultOf(column, cell, text)
    if (code) problems.push({ column, code, value: text.slice(0, 100), otherRow: null })
    return text
  }
  const optional = (column: RosterColumn) => read(column) || null
  const rollNo = read('roll_no')
  const fullName = read('full_name')
  const email = optional('email')?.toLowerCase() ?? null
  const [phone, batch, department] = [optional('phone'), optional('batch'), optional('department')]
  return { row, rollNo, fullName, email, phone, batch, department, problems }
}

function faultOf(column: RosterColumn, cell: RosterCell, text: string): RosterProblem['code'] | null {
  if (typeof cell !== 'string') return cell.kind === 'formula' ? 'formula' : 'not-text'
  if (text === '') return REQUIRED.includes(column) ? 'missing' : null
  if (text.startsWith('=')) return 'formula'
  if (text.length > LONGEST[column]) return 'too-long'
  if (column === 'email' && !EMAIL.test(text.toLowerCase())) return 'not-an-email'
  return null
}

/** The first row with a roll number or an address keeps it; later ones are told which row that was. */
function nameDuplicates(rows: readonly RosterRow[]): void {
  const rollNos = new Map<string, number>()
  const emails = new Map<string, number>()
  for (const { row, rollNo, email, problems } of rows) {
    const sameRollNo = rollNos.get(rollNoKey(rollNo))
    if (sameRollNo !== undefined)
      problems.push({ column: 'roll_no', code: 'duplicate-roll-no', value: rollNo.slice(0, 100), otherRow: sameRollNo })
    else if (rollNo !== '') rollNos.set(rollNoKey(rollNo), row)
    if (email === null) continue
    const sameEmail = emails.get(email)
    if (sameEmail !== undefined)
      problems.push({ column: 'email', code: 'duplicate-email', value: email.slice(0, 100), otherRow: sameEmail })
    else emails.set(email, row)
  }
}

/**
 * NFC; every kind of white space one plain space; no control characters, no half letters (which no
 * database takes), and nothing without width that could make two names look like one.
 */
function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\u200b\u2060\ufeff]/gu, '')
    .trim()
}

/** Someone who has the roll number of a row already. */
export type KnownStudent = RosterDetails & {
  personId: string
  isStudent: boolean
  /** Holds another role too: an import lets them join, their details are not a class list's to change. */
  isStaff: boolean
  inClass: boolean
}

export type RosterOutcome =
  | { outcome: 'added' }
  | { outcome: 'joined' | 'same'; personId: string }
  | { outcome: 'changed'; personId: string; details: RosterDetails }
  | { outcome: 'error'; problems: RosterProblem[] }

/**
 * What taking a row means.
 * @param known whoever has its roll number now
 * @param emailOwnerId whoever has its e-mail address now
 */
export function outcomeOf(row: RosterRow, known: KnownStudent | null, emailOwnerId: string | null): RosterOutcome {
  const problems = [...row.problems]
  if (known && !known.isStudent)
    problems.push({ column: 'roll_no', code: 'not-a-student', value: row.rollNo, otherRow: null })
  if (emailOwnerId !== null && emailOwnerId !== known?.personId)
    problems.push({ column: 'email', code: 'email-of-another-person', value: row.email ?? '', otherRow: null })
  if (problems.length > 0) return { outcome: 'error', problems }
  if (!known) return { outcome: 'added' }
  if (!known.inClass) return { outcome: 'joined', personId: known.personId }
  const details = mergeDetails(known, row)
  const isSame = known.isStaff || DETAILS.every((detail) => details[detail] === known[detail])
  return isSame
    ? { outcome: 'same', personId: known.personId }
    : { outcome: 'changed', personId: known.personId, details }
}

const DETAILS = ['fullName', 'email', 'phone', 'batch', 'department'] as const

/** An empty cell says nothing: it does not empty what is known. */
function mergeDetails(known: RosterDetails, row: RosterDetails): RosterDetails {
  return {
    fullName: row.fullName,
    email: row.email ?? known.email,
    phone: row.phone ?? known.phone,
    batch: row.batch ?? known.batch,
    department: row.department ?? known.department,
  }
}
