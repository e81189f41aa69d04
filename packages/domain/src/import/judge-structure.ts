import type { Day } from '../zoned-time.ts'
import { added, compared, differences, faulty, type ImportChange, type Judgement } from './judgement.ts'
import { type ImportProblem, problem, type RowReading } from './read-row.ts'

export type TermValues = { name: string; startsOn: Day; endsOn: Day }
export type TermFacts = { known: { id: string; startsOn: Day; endsOn: Day } | null; inRow: number | null }

export function judgeTerm(row: RowReading, { known, inRow }: TermFacts): Judgement<TermValues> {
  const { term: name = '', starts_on: startsOn = '', ends_on: endsOn = '' } = row.texts
  const problems = [
    ...row.problems,
    ...(inRow === null ? [] : [problem('term', 'duplicate-term', name, { otherRow: inRow })]),
  ]
  if (problems.length > 0) return faulty(problems)
  const values = { name, startsOn, endsOn }
  if (!known) return added(values)
  return compared(
    known.id,
    values,
    differences([
      { column: 'starts_on', from: known.startsOn, to: startsOn },
      { column: 'ends_on', from: known.endsOn, to: endsOn },
    ]),
  )
}

export type KnownClass = {
  id: string
  name: string
  term: string | null
  room: string | null
  isArchived: boolean
  teachers: readonly { id: string; email: string | null }[]
}

/** A subject that is there, or that an earlier row makes; what a row of the sheet says of it binds the later ones. */
export type SubjectFacts = {
  id: string | null
  code: string
  name: string
  department: string | null
  saidInRow: number | null
}

export type ClassFacts = {
  subject: SubjectFacts | null
  known: KnownClass | null
  inRow: number | null
  /** The term the row names: there, or made by an earlier row. */
  term: { id: string; name: string } | null
  termNearMiss: string | null
  /** By address: those who teach here, or who will by an earlier row. */
  teacherIds: ReadonlyMap<string, string>
  teacherNearMiss: (email: string) => string | null
}

export type ClassValues = {
  /** Null for a subject that this row makes. */
  subjectId: string | null
  subjectCode: string
  subjectName: string
  name: string
  termId: string | null
  room: string | null
  department: string | null
  addTeacherIds: readonly string[]
}

/** A class by its subject's code and its own name. Teachers are only ever added. */
export function judgeClass(row: RowReading, facts: ClassFacts): Judgement<ClassValues> {
  const { subject, known, term } = facts
  const problems = [...row.problems, ...classProblems(row, facts)]
  if (problems.length > 0) return faulty(problems)
  const { subject_code: code = '', subject_name: subjectName, class: name = '', room, department } = row.texts
  const teacherIds = row.emails.flatMap((email) => facts.teacherIds.get(email) ?? [])
  const there = new Set(known?.teachers.map(({ id }) => id))
  const addTeacherIds = teacherIds.filter((id) => !there.has(id))
  const values: ClassValues = {
    subjectId: subject?.id ?? null,
    subjectCode: subject?.code ?? code,
    subjectName: subjectName ?? subject?.name ?? '',
    name: known?.name ?? name,
    termId: term?.id ?? null,
    room: room ?? known?.room ?? null,
    department: department ?? null,
    addTeacherIds,
  }
  const ofSubject: ImportChange[] =
    subject && subject.saidInRow === null
      ? differences([
          { column: 'subject_name', from: subject.name, to: subjectName },
          { column: 'department', from: subject.department, to: department },
        ])
      : []
  if (!known) return added(values, ofSubject)
  const changes = [
    ...ofSubject,
    ...differences([
      { column: 'term', from: known.term, to: term?.name },
      { column: 'room', from: known.room, to: room },
    ]),
    ...(addTeacherIds.length > 0 ? [teacherChange(row, known)] : []),
  ]
  return compared(known.id, values, changes)
}

function teacherChange(row: RowReading, known: KnownClass): ImportChange {
  const before = known.teachers.flatMap(({ email }) => email ?? [])
  const after = [...new Set([...before, ...row.emails])]
  return { column: 'teachers', from: before.join('; ') || null, to: after.join('; ') }
}

function classProblems(row: RowReading, facts: ClassFacts): ImportProblem[] {
  const { subject, known, inRow, term, termNearMiss } = facts
  const { subject_code: code = '', subject_name: subjectName, class: name = '', term: termName, department } = row.texts
  const otherwise =
    subject !== null && subject.saidInRow !== null
      ? [
          ...(subjectName !== undefined && subjectName !== subject.name
            ? [problem('subject_name', 'subject-named-otherwise', subjectName, said(subject, subject.name))]
            : []),
          ...(department !== undefined && department !== subject.department && subject.department !== null
            ? [problem('department', 'subject-named-otherwise', department, said(subject, subject.department))]
            : []),
        ]
      : []
  return [
    ...(inRow === null ? [] : [problem('class', 'duplicate-class', name, { otherRow: inRow })]),
    ...(known?.isArchived ? [problem('class', 'class-archived', name)] : []),
    ...(subject === null && subjectName === undefined && code !== ''
      ? [problem('subject_name', 'subject-name-needed', code)]
      : []),
    ...otherwise,
    ...(termName !== undefined && term === null
      ? [problem('term', 'no-such-term', termName, { suggestion: termNearMiss })]
      : []),
    ...row.emails.flatMap((email) =>
      facts.teacherIds.has(email)
        ? []
        : [problem('teachers', 'no-such-teacher', email, { suggestion: facts.teacherNearMiss(email) })],
    ),
  ]
}

const said = ({ saidInRow }: SubjectFacts, suggestion: string) => ({ otherRow: saidInRow ?? 0, suggestion })

/** One stay as days of the institution's calendar, the last one included; null while it goes on. */
export type KnownStay = { joinedAt: string; from: Day; until: Day | null }

export type EnrolmentFacts = {
  student: { id: string; isStudent: boolean } | null
  studentNearMiss: string | null
  class: { id: string; isArchived: boolean } | null
  classNearMiss: string | null
  stays: readonly KnownStay[]
  inRow: number | null
  today: Day
}

export type EnrolmentValues = {
  personId: string
  classId: string
  /** Null begins at the moment it is taken. */
  from: Day | null
  until: Day | null
  /** The beginning of the stay that is changed. */
  joinedAt: string | null
}

/** A student's stay in a class. Without a first day it is the one that goes on, or one that begins now. */
export function judgeEnrolment(row: RowReading, facts: EnrolmentFacts): Judgement<EnrolmentValues> {
  const { from, until } = row.texts
  const { student, class: taught } = facts
  const meant = staysMeant(facts.stays, from, until)
  const problems = [...row.problems, ...enrolmentProblems(row, facts, meant.length)]
  if (problems.length > 0 || !student || !taught) return faulty(problems)
  const key = { personId: student.id, classId: taught.id }
  const stay = meant[0]
  if (!stay) {
    const isOver = from === undefined && until !== undefined && until < facts.today
    if (isOver) return faulty([problem('until', 'until-before-from', until)])
    return added({ ...key, from: from ?? null, until: until ?? null, joinedAt: null })
  }
  const changes = differences([
    { column: 'from', from: stay.from, to: from },
    { column: 'until', from: stay.until, to: until },
  ])
  const values = { ...key, from: from ?? stay.from, until: until ?? stay.until, joinedAt: stay.joinedAt }
  if (values.until !== null && values.until < values.from)
    return faulty([problem('until', 'until-before-from', until ?? from)])
  return compared(student.id, values, changes)
}

const LAST_DAY: Day = '9999-12-31'

function staysMeant(stays: readonly KnownStay[], from: Day | undefined, until: Day | undefined): KnownStay[] {
  if (from === undefined) return stays.filter((stay) => stay.until === null)
  return stays.filter((stay) => stay.from <= (until ?? LAST_DAY) && (stay.until ?? LAST_DAY) >= from)
}

function enrolmentProblems(row: RowReading, facts: EnrolmentFacts, meant: number): ImportProblem[] {
  const { roll_no: rollNo = '', class: name = '', from = '' } = row.texts
  const { student, class: taught, inRow } = facts
  return [
    ...(rollNo !== '' && student === null
      ? [problem('roll_no', 'no-such-student', rollNo, { suggestion: facts.studentNearMiss })]
      : []),
    ...(student && !student.isStudent ? [problem('roll_no', 'not-a-student', rollNo)] : []),
    ...(name !== '' && taught === null
      ? [problem('class', 'no-such-class', name, { suggestion: facts.classNearMiss })]
      : []),
    ...(taught?.isArchived ? [problem('class', 'class-archived', name)] : []),
    ...(inRow === null ? [] : [problem('roll_no', 'duplicate-enrolment', rollNo, { otherRow: inRow })]),
    ...(meant > 1 ? [problem('from', 'stay-overlaps', from)] : []),
  ]
}
