import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type KnownStudent,
  outcomeOf,
  ROSTER_COLUMNS,
  type RosterCell,
  type RosterRow,
  readRoster,
} from './roster-import.ts'

const sheet = (...lines: RosterCell[][]) => readRoster(lines.map((cells, i) => ({ row: i + 1, cells })))
const rowsOf = (...lines: RosterCell[][]) => sheet([...ROSTER_COLUMNS], ...lines)?.rows ?? []
const faultsOf = (...line: RosterCell[]) => rowsOf(line)[0]?.problems.map(({ column, code }) => `${column}: ${code}`)

describe('the header', () => {
  test.each([
    ['as in the template', ['roll_no', 'full_name']],
    ['as in the report', ['Roll No', 'Full Name']],
    ['in capitals', ['ROLL NO.', 'FULL NAME']],
    ['in other words', ['Roll Number', 'Student Name']],
    ['with a formula’s text in it', [{ kind: 'formula', text: 'Roll No' } as const, 'Name']],
  ])('is known %s', (_, header) => {
    expect(sheet(header, ['1', 'Ana'])?.rows).toMatchObject([{ row: 2, rollNo: '1', fullName: 'Ana' }])
  })

  test('is looked for below titles, but not for ever', () => {
    const titles = (count: number) => Array.from({ length: count }, () => ['Physics 1'])
    expect(sheet(...titles(19), ['roll_no', 'full_name'], ['1', 'Ana'])?.rows).toHaveLength(1)
    expect(sheet(...titles(20), ['roll_no', 'full_name'], ['1', 'Ana'])).toBeNull()
  })

  test('must have a roll number and a name', () => {
    expect(sheet(['roll_no', 'email'], ['1', 'a@b.cd'])).toBeNull()
    expect(sheet()).toBeNull()
  })

  test('twice the same column: the first is read, the second ignored with those nobody knows', () => {
    const found = sheet(['roll_no', 'full_name', 'Email', 'E-Mail', 'Hobby', ''], ['1', 'Ana', 'a@b.cd', 'x@y.zz'])
    expect(found?.ignoredColumns).toEqual(['E-Mail', 'Hobby'])
    expect(found?.rows).toMatchObject([{ email: 'a@b.cd' }])
  })
})

describe('a row', () => {
  test('that says all is read as it is', () => {
    expect(rowsOf(['007', 'Ana', 'Ana@B.cd', '+91 98765', '2026', 'Physics'])).toEqual([
      {
        row: 2,
        rollNo: '007',
        fullName: 'Ana',
        email: 'ana@b.cd',
        phone: '+91 98765',
        batch: '2026',
        department: 'Physics',
        problems: [],
      },
    ])
  })

  test('with half a letter in it is read with a sign for it', () => {
    expect(rowsOf(['1', 'An\ud800a\u0000'])).toMatchObject([{ fullName: 'An\ufffda', problems: [] }])
  })

  test('that is shorter than the header says nothing of the rest', () => {
    expect(rowsOf(['1', 'Ana'])).toMatchObject([{ email: null, phone: null, batch: null, department: null }])
  })

  test.each([
    ['nothing in it', ['', ' '], ['roll_no: missing', 'full_name: missing']],
    ['a formula', ['1', { kind: 'formula', text: '=A1' } as const], ['full_name: formula']],
    ['a formula as text', ['1', '=A1'], ['full_name: formula']],
    ['a date', ['1', 'Ana', '', '', { kind: 'odd', text: '2026-01-01' } as const], ['batch: not-text']],
    ['a long roll number', ['1'.repeat(51), 'Ana'], ['roll_no: too-long']],
    ['an address without a dot', ['1', 'Ana', 'ana@college'], ['email: not-an-email']],
    ['two addresses', ['1', 'Ana', 'ana@b.cd, ana@e.fg'], ['email: not-an-email']],
  ])('with %s says what is wrong', (_, cells, faults) => {
    expect(faultsOf(...cells)).toEqual(faults)
  })

  test('that repeats a roll number or an address is told where it stood first', () => {
    const rows = rowsOf(['A1', 'Ana', 'a@b.cd'], ['B1', 'Ben', 'b@b.cd'], ['a1', 'Cem', 'B@b.cd'], ['A1', 'Dan'])
    expect(rows.map(({ problems }) => problems.map(({ code, otherRow }) => [code, otherRow]))).toEqual([
      [],
      [],
      [
        ['duplicate-roll-no', 2],
        ['duplicate-email', 3],
      ],
      [['duplicate-roll-no', 2]],
    ])
  })

  test('whatever is in it, is read without failing and holds nothing a database or a list would choke on', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.record({ kind: fc.constantFrom('formula' as const, 'odd' as const), text: fc.string() }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 5 }), (lines) => {
        for (const row of rowsOf(...lines)) {
          const texts = [
            row.rollNo,
            row.fullName,
            row.email ?? '',
            row.phone ?? '',
            row.batch ?? '',
            row.department ?? '',
          ]
          for (const text of texts) {
            expect(text).toBe(text.trim())
            expect(text).not.toMatch(/\p{Cc}/u)
          }
        }
      }),
    )
  })
})

describe('what taking a row means', () => {
  const row: RosterRow = {
    row: 2,
    rollNo: '1',
    fullName: 'Ana',
    email: 'ana@b.cd',
    phone: null,
    batch: '2026',
    department: null,
    problems: [],
  }
  const known: KnownStudent = { ...row, personId: 'p', isStudent: true, isStaff: false, inClass: true }
  test.each<[string, KnownStudent | null, string | null, object]>([
    ['a stranger is added', null, null, { outcome: 'added' }],
    ['a student of another class joins', { ...known, inClass: false, fullName: 'X' }, 'p', { outcome: 'joined' }],
    ['one who is in and the same stays so', known, 'p', { outcome: 'same' }],
    ['one who is in and different is changed', { ...known, fullName: 'Anna' }, 'p', { outcome: 'changed' }],
    ['an address may be new', { ...known, email: null }, null, { outcome: 'changed', details: { email: 'ana@b.cd' } }],
    ['silence keeps what is known', { ...known, phone: '12' }, 'p', { outcome: 'same' }],
    ['staff is not changed', { ...known, isStaff: true, fullName: 'X', email: 'x@b.cd' }, null, { outcome: 'same' }],
    ['somebody else’s address is an error', known, 'q', { problems: [{ code: 'email-of-another-person' }] }],
    ['a stranger with a known address is an error', null, 'q', { problems: [{ code: 'email-of-another-person' }] }],
    ['who is no student is an error', { ...known, isStudent: false }, 'p', { problems: [{ code: 'not-a-student' }] }],
  ])('%s', (_, student, emailOwner, outcome) => {
    expect(outcomeOf(row, student, emailOwner)).toMatchObject(outcome)
  })

  test('a row with a fault is never taken, whoever is known', () => {
    const faulty: RosterRow = {
      ...row,
      problems: [{ column: 'email', code: 'not-an-email', value: 'x', otherRow: null }],
    }
    for (const student of [null, known, { ...known, inClass: false }])
      expect(outcomeOf(faulty, student, null).outcome).toBe('error')
  })
})
