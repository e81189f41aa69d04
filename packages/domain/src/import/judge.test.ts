import { describe, expect, test } from 'vitest'
import { columnsOf, type Section } from './columns.ts'
import { judgeStudent, judgeTeacher, type KnownPerson, type StudentFacts } from './judge-people.ts'
import { type EnrolmentFacts, judgeClass, judgeEnrolment } from './judge-structure.ts'
import { readRow } from './read-row.ts'

const row = (section: Section, ...cells: string[]) => readRow(section, columnsOf(section), cells, 'day-first')

describe('a student', () => {
  const known: KnownPerson = {
    personId: 'p',
    fullName: 'Ana',
    email: 'ana@b.cd',
    phone: null,
    batch: '2026',
    department: null,
    roles: ['student'],
    isMerged: false,
    isActive: false,
    isInClass: true,
    isElsewhere: false,
  }
  const nobody: StudentFacts = {
    known: null,
    emailOwnerId: null,
    rollNoInRow: null,
    emailInRow: null,
    joinsClass: 'Physics 1',
    by: 'teacher',
  }
  const judge = (facts: Partial<StudentFacts>, ...cells: string[]) =>
    judgeStudent(row('students', ...(cells.length > 0 ? cells : ['1', 'Ana', 'ana@b.cd', '', '2026'])), {
      ...nobody,
      ...facts,
    })
  const joining = [{ column: 'class', from: null, to: 'Physics 1' }]

  test.each<[string, Partial<StudentFacts>, object]>([
    ['nobody knows is new and joins', {}, { outcome: 'new', changes: joining }],
    ['of another class joins', { known: { ...known, isInClass: false } }, { outcome: 'changed', changes: joining }],
    ['who is in and the same stays so', { known, emailOwnerId: 'p' }, { outcome: 'same' }],
    ['who is in and different is changed', { known: { ...known, fullName: 'Anna' } }, { outcome: 'changed' }],
    ['may get an address', { known: { ...known, email: null } }, { changes: [{ column: 'email', from: null }] }],
    ['keeps what the row is silent on', { known: { ...known, phone: '12' } }, { outcome: 'same' }],
    ['with somebody else’s address is an error', { known, emailOwnerId: 'q' }, { outcome: 'error', values: null }],
    ['who is no student is an error', { known: { ...known, roles: ['teacher'] } }, { outcome: 'error' }],
    ['who went into another is an error', { known: { ...known, isMerged: true } }, { outcome: 'error' }],
  ])('%s', (_, facts, judgement) => {
    expect(judge(facts)).toMatchObject(judgement)
  })

  const different = { ...known, fullName: 'Anna', isInClass: false }
  test.each<[string, Partial<StudentFacts>, string | null]>([
    [
      'whom others teach keeps it from a teacher',
      { known: { ...different, isElsewhere: true } },
      'ask-an-administrator',
    ],
    ['who signs in keeps it from a teacher', { known: { ...different, isActive: true } }, 'ask-an-administrator'],
    ['only this teacher knows is changed', { known: different }, null],
    ['who signs in is changed by an administrator', { known: { ...different, isActive: true }, by: 'admin' }, null],
    [
      'who works here keeps it from everybody',
      { known: { ...different, roles: ['student', 'teacher'] }, by: 'admin' },
      'works-here',
    ],
  ])('%s, and joins', (_, facts, because) => {
    const judgement = judge(facts)
    expect(judgement.outcome).toBe('changed')
    expect(judgement.kept?.because ?? null).toBe(because)
    expect(judgement.values?.joins).toBe(true)
    expect(judgement.values?.fullName).toBe(because === null ? 'Ana' : 'Anna')
  })

  test('with a fault is never taken, whoever is known', () => {
    for (const person of [null, known]) expect(judge({ known: person }, '1', '')).toMatchObject({ outcome: 'error' })
  })
})

describe('a teacher', () => {
  const known = {
    personId: 'p',
    fullName: 'Tara',
    email: 't@b.cd',
    phone: null,
    batch: null,
    department: null,
    isMerged: false,
    isActive: true,
    isInClass: false,
    isElsewhere: false,
  }
  test('is a teacher unless the row says otherwise, and never loses a role', () => {
    const judge = (role: string, roles: string[] | null) =>
      judgeTeacher(row('teachers', 'Tara', 't@b.cd', '', '', role), {
        known: roles && { ...known, roles },
        emailInRow: null,
      })
    expect(judge('', null)).toMatchObject({ outcome: 'new', values: { addRoles: ['teacher'] } })
    expect(judge('', ['admin', 'teacher'])).toMatchObject({ outcome: 'same' })
    expect(judge('admin', ['teacher'])).toMatchObject({
      outcome: 'changed',
      values: { addRoles: ['admin'] },
      changes: [{ column: 'role', from: 'teacher', to: 'admin, teacher' }],
    })
  })
})

test('a class of a new subject needs the subject’s name, and what one row says binds the next', () => {
  const facts = {
    known: null,
    inRow: null,
    term: null,
    termNearMiss: null,
    teacherIds: new Map(),
    teacherNearMiss: () => null,
  }
  expect(judgeClass(row('classes', 'CS1', '', 'A'), { ...facts, subject: null }).problems).toMatchObject([
    { column: 'subject_name', code: 'subject-name-needed', value: 'CS1' },
  ])
  const subject = { id: 's', code: 'CS1', name: 'Computing', department: null, saidInRow: 2 }
  expect(judgeClass(row('classes', 'CS1', 'Computers', 'A'), { ...facts, subject }).problems).toMatchObject([
    { code: 'subject-named-otherwise', otherRow: 2, suggestion: 'Computing' },
  ])
  expect(judgeClass(row('classes', 'CS1', '', 'A'), { ...facts, subject }).outcome).toBe('new')
})

describe('a stay', () => {
  const facts: EnrolmentFacts = {
    student: { id: 'p', isStudent: true },
    studentNearMiss: null,
    class: { id: 'c', isArchived: false },
    classNearMiss: null,
    stays: [],
    inRow: null,
    today: '2026-03-02',
  }
  const open = { joinedAt: 'x', from: '2026-01-05', until: null }
  const over = { joinedAt: 'w', from: '2025-01-05', until: '2025-06-30' }
  const judge = (stays: EnrolmentFacts['stays'], from = '', until = '') =>
    judgeEnrolment(row('enrolments', '1', 'CS1', 'A', from, until), { ...facts, stays })

  test.each<[string, EnrolmentFacts['stays'], string, string, object]>([
    ['begins when there is none', [], '', '', { outcome: 'new', values: { from: null, joinedAt: null } }],
    ['begins anew when the last is over', [over], '', '', { outcome: 'new' }],
    ['goes on', [over, open], '', '', { outcome: 'same' }],
    ['goes on from the same day', [open], '2026-01-05', '', { outcome: 'same' }],
    ['gets another first day', [open], '2026-01-01', '', { outcome: 'changed', values: { joinedAt: 'x' } }],
    ['gets its last day', [open], '', '2026-03-31', { changes: [{ column: 'until', from: null, to: '2026-03-31' }] }],
    ['is of the past', [open], '2024-01-01', '2024-12-31', { outcome: 'new' }],
    ['would be over before it begins', [], '', '2026-03-01', { outcome: 'error' }],
    ['would end before it began', [open], '', '2026-01-01', { outcome: 'error' }],
    ['touches two', [over, open], '2025-06-01', '', { problems: [{ code: 'stay-overlaps' }] }],
  ])('%s', (_, stays, from, until, judgement) => {
    expect(judge(stays, from, until)).toMatchObject(judgement)
  })
})
