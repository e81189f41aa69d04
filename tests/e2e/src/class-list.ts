import type { Cell } from './spreadsheet.ts'

/** What a school's office hands in: its own titles in its own order, one of them unknown, one of no use here. */
export const HEADER = ['Student name', 'Seat', 'Mobile no.', 'E-mail ID', 'Dept', 'Blood group']
/** How the columns of the header are used below. */
const COLUMNS = { name: 0, rollNo: 1, phone: 2, email: 3 } as const
type Row = readonly Cell[]

const FIRST_NAMES = `Aarav Ananya Bilal Chitra Deepa Élodie Farhan Gauri Harish Imran
  Jaya Kabir Leela Meera Nikhil Ojas Priya Rahul Sana Tara`.split(/\s+/)
const LAST_NAMES = `Ahmed Bose Chandra D’Souza Eapen Fernandes Ghosh Hegde Iyer Joshi Khan Lakshmi
  Menon Nair Oommen Patel Qureshi Rao Sen Thomas Uppal Varma Wadia Zachariah`.split(/\s+/)

export const GOOD_STUDENTS = FIRST_NAMES.flatMap((first) => LAST_NAMES.map((last) => `${first} ${last}`)).map(
  (name, i) => ({ name, rollNo: `S${String(i + 1).padStart(3, '0')}` }),
)
const rowOf = ({ name, rollNo }: { name: string; rollNo: string }): Row => [
  name,
  rollNo,
  9_845_000_000 + Number(rollNo.slice(1)),
  `${rollNo.toLowerCase()}@lake.example`,
  'Science',
  'O+',
]

const formula = (f: string, v: string): Cell => ({ t: 's', f, v })
const date = (serial: number): Cell => ({ t: 'n', v: serial, z: 'd.m.yyyy' })
const notAvailable: Cell = { t: 'e', v: 0x2a }
const family = 'Maria Antonia Josefa Teresa Isabella '.repeat(6).trim()
const village = 'Krishna Venkata Subramanian of the third house by the tank '.repeat(4).trim()
const shown = (text: string) => text.slice(0, 100).trim()

type Fault = { in: keyof typeof COLUMNS; cell: Cell; says: string }

/** Each leaves its row wrong in one cell; `says` is what the office reads about it. */
const KINDS: Record<string, readonly Fault[]> = {
  'no roll number': [
    { in: 'rollNo', cell: '', says: 'Roll number is empty. Fill it in.' },
    { in: 'rollNo', cell: '   ', says: 'Roll number is empty. Fill it in.' },
  ],
  'no name': [
    { in: 'name', cell: '', says: 'Name is empty. Fill it in.' },
    { in: 'name', cell: '\u00a0', says: 'Name is empty. Fill it in.' },
  ],
  'a name without end': [
    { in: 'name', cell: family, says: `Name is too long: “${shown(family)}”. Shorten it.` },
    { in: 'name', cell: village, says: `Name is too long: “${shown(village)}”. Shorten it.` },
  ],
  'several phones in one cell': [
    {
      in: 'phone',
      cell: '98450 12345 / 98450 67890 / 080 2345 6789',
      says: 'Phone is too long: “98450 12345 / 98450 67890 / 080 2345 6789”. Shorten it.',
    },
    {
      in: 'phone',
      cell: '98860 11111 (father), 98860 22222 (mother)',
      says: 'Phone is too long: “98860 11111 (father), 98860 22222 (mother)”. Shorten it.',
    },
  ],
  'a formula': [
    {
      in: 'name',
      cell: formula('CONCATENATE("Ravi"," ","Iyer")', 'Ravi Iyer'),
      says: 'Name holds a formula: “=CONCATENATE("Ravi"," ","Iyer")”. Replace it with its result.',
    },
    {
      in: 'email',
      cell: formula('LOWER("RAVI@LAKE.EXAMPLE")', 'ravi@lake.example'),
      says: 'E-mail holds a formula: “=LOWER("RAVI@LAKE.EXAMPLE")”. Replace it with its result.',
    },
  ],
  'no text': [
    {
      in: 'rollNo',
      cell: date(45_000),
      says: 'Roll number cannot be read as text: “2023-03-15”. Type it in again.',
    },
    { in: 'name', cell: notAvailable, says: 'Name cannot be read as text: “#N/A”. Type it in again.' },
  ],
  'half an address': [
    { in: 'email', cell: 'pia at lake', says: '“pia at lake” is not a complete e-mail address.' },
    { in: 'email', cell: 'omar@lake', says: '“omar@lake” is not a complete e-mail address.' },
    { in: 'email', cell: 'noor@@lake.example', says: '“noor@@lake.example” is not a complete e-mail address.' },
  ],
  'a roll number twice': [
    { in: 'rollNo', cell: 'S001', says: 'Roll number “S001” is in row 2 too. Each student needs their own.' },
    { in: 'rollNo', cell: 's002', says: 'Roll number “s002” is in row 3 too. Each student needs their own.' },
  ],
  'an address twice': [
    {
      in: 'email',
      cell: 's003@lake.example',
      says: 'E-mail “s003@lake.example” is in row 4 too. Each person needs their own.',
    },
    {
      in: 'email',
      cell: 'S004@Lake.Example',
      says: 'E-mail “s004@lake.example” is in row 5 too. Each person needs their own.',
    },
  ],
  'the address of the administrator': [
    {
      in: 'email',
      cell: 'ada@lake.example',
      says: 'E-mail “ada@lake.example” belongs to someone else here. Check it.',
    },
  ],
}
export const KINDS_OF_FAULTS = Object.keys(KINDS).length
const FAULTS = Object.values(KINDS).flat()
/** So many good rows stand before each faulty one. */
const GOOD_BETWEEN = GOOD_STUDENTS.length / FAULTS.length

/** The rows below the header, faults among the good ones; and for each faulty one its cell and what is said of it. */
export function makeClassList(): { rows: Row[]; faults: { row: number; says: string }[] } {
  const rows: Row[] = []
  const faults = FAULTS.map((fault, i) => {
    rows.push(...GOOD_STUDENTS.slice(i * GOOD_BETWEEN, (i + 1) * GOOD_BETWEEN).map(rowOf))
    const at = COLUMNS[fault.in]
    rows.push(rowOf({ name: `Faulty ${i + 1}`, rollNo: `X${i + 1}` }).with(at, fault.cell))
    const row = rows.length + 1
    return { row, says: `Cell ${'ABCD'[at]}${row}: ${fault.says}` }
  })
  return { rows, faults }
}
