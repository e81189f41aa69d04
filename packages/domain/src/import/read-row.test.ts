import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ImportCell } from './cell.ts'
import { columnsOf, SECTIONS, type Section } from './columns.ts'
import { readRow } from './read-row.ts'

const read = (section: Section, ...cells: ImportCell[]) => readRow(section, columnsOf(section), cells, 'day-first')
const faultsOf = (section: Section, ...cells: ImportCell[]) =>
  read(section, ...cells).problems.map(({ column, code }) => `${column}: ${code}`)

describe('a row of students', () => {
  test('that says all is read as it is', () => {
    expect(read('students', '007', 'Ana', 'Ana@B.cd', '+91 98765', '2026', 'Physics')).toEqual({
      texts: {
        roll_no: '007',
        full_name: 'Ana',
        email: 'ana@b.cd',
        phone: '+91 98765',
        batch: '2026',
        department: 'Physics',
      },
      emails: [],
      roles: [],
      problems: [],
    })
  })

  test('says nothing where its cells are empty or missing', () => {
    expect(read('students', '1', 'Ana', ' ').texts).toEqual({ roll_no: '1', full_name: 'Ana' })
  })

  test('with half a letter in it is read with a sign for it', () => {
    expect(read('students', '1', 'An\ud800a\u0000').texts.full_name).toBe('An\ufffda')
  })

  test.each([
    ['nothing in it', ['', ' '], ['roll_no: missing', 'full_name: missing']],
    ['a formula', ['1', { kind: 'formula', text: '=A1' } as const], ['full_name: formula']],
    ['a formula as text', ['1', '=A1'], ['full_name: formula']],
    ['a date', ['1', 'Ana', '', '', { kind: 'date', text: '2026-01-01' } as const], ['batch: not-text']],
    ['a truth value', ['1', { kind: 'odd', text: 'TRUE' } as const], ['full_name: not-text']],
    ['a long roll number', ['1'.repeat(51), 'Ana'], ['roll_no: too-long']],
    ['an address without a dot', ['1', 'Ana', 'ana@college'], ['email: not-an-email']],
    ['two addresses', ['1', 'Ana', 'ana@b.cd, ana@e.fg'], ['email: not-an-email']],
  ])('with %s says what is wrong', (_, cells, faults) => {
    expect(faultsOf('students', ...cells)).toEqual(faults)
  })
})

test('roles are words, in any number', () => {
  expect(read('teachers', 'Tara', 't@b.cd', '', '', 'Teacher; Admin').roles).toEqual(['teacher', 'admin'])
  expect(faultsOf('teachers', 'Tara', 't@b.cd', '', '', 'king')).toEqual(['role: not-a-role'])
})

test('a class names its teachers by their addresses', () => {
  const row = read('classes', 'CS1', 'Computing', 'A', '', '', 'A@b.cd; c@d.ef;a@b.cd')
  expect(row.emails).toEqual(['a@b.cd', 'c@d.ef'])
  expect(faultsOf('classes', 'CS1', '', 'A', '', '', 'Tara')).toEqual(['teachers: not-an-email'])
})

test('days are read in several ways, and must come in their order', () => {
  const { texts } = read('enrolments', '1', 'CS1', 'A', { kind: 'date', text: '2026-04-03' }, '30.6.2026')
  expect(texts).toMatchObject({ from: '2026-04-03', until: '2026-06-30' })
  expect(faultsOf('enrolments', '1', 'CS1', 'A', 'soon')).toEqual(['from: not-a-date'])
  expect(faultsOf('enrolments', '1', 'CS1', 'A', '2026-04-03', '2026-04-02')).toEqual(['until: until-before-from'])
})

test('whatever is in a row, it is read without failing and holds nothing a database or a list would choke on', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.record({ kind: fc.constantFrom('formula' as const, 'odd' as const, 'date' as const), text: fc.string() }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...SECTIONS), fc.array(cell, { maxLength: 8 }), (section, cells) => {
      const { texts, problems } = read(section, ...cells)
      const shown = [...Object.values(texts), ...problems.map(({ value }) => value)]
      expect(shown.filter((text) => text !== text.trim() || /\p{Cc}/u.test(text) || !text.isWellFormed())).toEqual([])
    }),
  )
})
