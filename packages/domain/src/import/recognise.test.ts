import { describe, expect, test } from 'vitest'
import type { ImportCell } from './cell.ts'
import { columnsOf } from './columns.ts'
import { headerKey, recogniseColumns, recogniseSheet } from './recognise.ts'

const sheet = (...lines: ImportCell[][]) => lines.map((cells, i) => ({ row: i + 1, cells }))

describe('a header', () => {
  test.each([
    ['as in the template', ['roll_no', 'full_name', 'email', 'phone', 'batch', 'department'], columnsOf('students')],
    ['in another order', ['Department', 'Full Name', 'Roll No.'], ['department', 'full_name', 'roll_no']],
    [
      'in other words',
      ['Reg. No', 'Student Name', 'E-Mail ID', 'Mobile No'],
      ['roll_no', 'full_name', 'email', 'phone'],
    ],
    ['misspelt by a letter', ['Roll Nummber', 'Studnet Name'], ['roll_no', 'full_name']],
    ['with a formula’s text in it', [{ kind: 'formula', text: 'Roll No' } as const, 'Name'], ['roll_no', 'full_name']],
    ['with titles that nobody knows', ['Hobby', 'Roll No', 'Name', ''], [null, 'roll_no', 'full_name', null]],
  ])('is known %s', (_, header, mapping) => {
    expect(recogniseSheet(sheet(header, ['1', 'Ana']))).toEqual({
      kind: 'students',
      headerAt: 0,
      mapping,
      isComplete: true,
    })
  })

  test('is looked for below titles, but not for ever', () => {
    const titles = (count: number) => Array.from({ length: count }, () => ['Physics 1'])
    const header = ['roll_no', 'full_name']
    expect(recogniseSheet(sheet(...titles(19), header, ['1', 'Ana']))).toMatchObject({ headerAt: 19 })
    expect(recogniseSheet(sheet(...titles(20), header, ['1', 'Ana']))).toBeNull()
  })

  test('must have what its kind cannot be without', () => {
    expect(recogniseSheet(sheet(['roll_no', 'email'], ['1', 'a@b.cd']))).toMatchObject({ isComplete: false })
    expect(recogniseSheet([])).toBeNull()
  })

  test('explains most of a list, even where a title it needs is not known', () => {
    const students = ['Kennung', 'Full name', 'E-mail', 'Batch', 'Department']
    expect(recogniseSheet(sheet(students))).toMatchObject({ kind: 'students', isComplete: false })
  })

  test('twice the same column: the first is read', () => {
    expect(recogniseColumns('students', ['roll_no', 'full_name', 'Email', 'E-Mail'])).toEqual([
      'roll_no',
      'full_name',
      'email',
      null,
    ])
  })

  test('tells which kind of list it is', () => {
    const kindOf = (...titles: string[]) => recogniseSheet(sheet(titles))?.kind
    expect(kindOf('Name', 'E-mail', 'Phone', 'Role')).toBe('teachers')
    expect(kindOf('Subject code', 'Subject name', 'Section', 'Term', 'Room', 'Teacher e-mails')).toBe('classes')
    expect(kindOf('Roll no', 'Course code', 'Section', 'Start date', 'End date')).toBe('enrolments')
    expect(kindOf('USN', 'Name of the student', 'Branch')).toBe('students')
  })

  test('is the same header again, whatever its spaces and case', () => {
    expect(headerKey(['Roll No', 'Name '])).toBe(headerKey(['roll_no', ' NAME']))
    expect(headerKey(['Roll No', 'Name'])).not.toBe(headerKey(['Name', 'Roll No']))
  })
})
