import { expect, test } from 'vitest'
import type { SheetLine } from './cell.ts'
import { readOneRoster } from './one-roster.ts'

const table = (...lines: string[]): SheetLine[] => lines.map((line, i) => ({ row: i + 1, cells: line.split('|') }))
const cellsOf = (roster: ReturnType<typeof readOneRoster>, section: string) =>
  roster?.rows.filter((row) => row.section === section).map(({ cells }) => cells)

test('a roster becomes rows in our own columns, in the order in which they are taken', () => {
  const roster = readOneRoster(
    new Map([
      ['orgs.csv', table('sourcedId|name|type', 'o1|Science|department')],
      [
        'academicSessions.csv',
        table(
          'sourcedId|title|type|startDate|endDate',
          't1|Spring|term|2026-01-05|2026-06-30',
          't2|Old|term|2020-01-01|2020-06-30',
        ),
      ],
      ['courses.csv', table('sourcedId|title|courseCode|orgSourcedId', 'k1|Biology|BIO1|o1')],
      ['classes.csv', table('sourcedId|title|courseSourcedId|termSourcedIds|location', 'c1|Section A|k1|t1|R 12')],
      ['roles.csv', table('userSourcedId|role', 'u1|student', 'u2|teacher', 'u3|guardian')],
      [
        'users.csv',
        table(
          'sourcedId|status|givenName|familyName|identifier|email|grades',
          'u1|active|Ana|Romero|R1|ana@b.cd|11',
          'u2|active|Tara|Teacher||tara@b.cd|',
          'u3|active|Gus|Guard||g@b.cd|',
          'u4|tobedeleted|Old|One|R4||',
        ),
      ],
      [
        'enrollments.csv',
        table(
          'classSourcedId|userSourcedId|role|beginDate|endDate',
          'c1|u1|student|2026-01-05|',
          'c1|u2|teacher||',
          'c1|u9|student||',
        ),
      ],
    ]),
  )
  expect(roster?.rows.map(({ section }) => section)).toEqual([
    'terms',
    'teachers',
    'students',
    'classes',
    'enrolments',
    'enrolments',
  ])
  expect(cellsOf(roster, 'terms')).toEqual([['Spring', '2026-01-05', '2026-06-30']])
  expect(cellsOf(roster, 'teachers')).toEqual([['Tara Teacher', 'tara@b.cd', '', '', 'teacher']])
  expect(cellsOf(roster, 'students')).toEqual([['R1', 'Ana Romero', 'ana@b.cd', '', '11', '']])
  expect(cellsOf(roster, 'classes')).toEqual([
    ['BIO1', 'Biology', 'Section A', 'Spring', 'R 12', 'tara@b.cd', 'Science'],
  ])
  expect(cellsOf(roster, 'enrolments')).toEqual([
    ['R1', 'BIO1', 'Section A', '2026-01-05', ''],
    ['u9', 'BIO1', 'Section A', '', ''],
  ])
  expect(roster?.ignored).toEqual(['users.csv: to be deleted (1)', 'users.csv: guardian (1)'])
})

test('version 1.1 keeps the role in the user’s row', () => {
  const roster = readOneRoster(
    new Map([['users.csv', table('sourcedId|role|username|givenName|familyName', 'u1|student|ana|Ana|R')]]),
  )
  expect(cellsOf(roster, 'students')).toEqual([['ana', 'Ana R', '', '', '', '']])
})

test('a zip without a roster in it is none', () => {
  expect(readOneRoster(new Map([['manifest.csv', table('propertyName|value')]]))).toBeNull()
})
