import { added, compared, differences, faulty, type ImportChange, type Judgement, type Kept } from './judgement.ts'
import { type ImportProblem, problem, type RowReading } from './read-row.ts'

export type PersonDetails = {
  fullName: string
  email: string | null
  phone: string | null
  batch: string | null
  department: string | null
}

/** Somebody whom the institution knows already. */
export type KnownPerson = PersonDetails & {
  personId: string
  roles: readonly string[]
  /** Went into another person: nothing is written to this one. */
  isMerged: boolean
  isActive: boolean
  /** In the class the sheet was dropped on, now. */
  isInClass: boolean
  /** In a class, now, that the teacher who imports does not teach. */
  isElsewhere: boolean
}

export type StudentValues = PersonDetails & { rollNo: string; joins: boolean }

export type StudentFacts = {
  known: KnownPerson | null
  emailOwnerId: string | null
  /** Earlier rows with the same roll number and the same address. */
  rollNoInRow: number | null
  emailInRow: number | null
  /** The class the sheet was dropped on. */
  joinsClass: string | null
  by: 'admin' | 'teacher'
}

/** A student by roll number. A teacher's sheet lets somebody whom others teach, or who signs in already, join and no more. */
export function judgeStudent(row: RowReading, facts: StudentFacts): Judgement<StudentValues> {
  const { known, joinsClass } = facts
  const problems = [...row.problems, ...studentProblems(row, facts)]
  if (problems.length > 0) return faulty(problems)
  const { roll_no: rollNo = '', full_name: fullName = '', email, phone, batch, department } = row.texts
  const said = { fullName, email, phone, batch, department }
  if (!known) {
    const values = { ...merged(null, said), rollNo, joins: joinsClass !== null }
    return added(values, joinsClass === null ? [] : [{ column: 'class', from: null, to: joinsClass }])
  }
  const joins = joinsClass !== null && !known.isInClass
  const joining: ImportChange[] = joins ? [{ column: 'class', from: null, to: joinsClass }] : []
  const changes = detailChanges(known, said)
  const because = keptBecause(known, facts.by)
  if (because !== null && changes.length > 0) {
    const kept: Kept = { because, changes }
    return compared(known.personId, { ...merged(known, {}), rollNo, joins }, joining, kept)
  }
  return compared(known.personId, { ...merged(known, said), rollNo, joins }, [...changes, ...joining])
}

function studentProblems(row: RowReading, facts: StudentFacts): ImportProblem[] {
  const { known, emailOwnerId, rollNoInRow, emailInRow } = facts
  const { roll_no: rollNo = '', email = '' } = row.texts
  return [
    ...(rollNoInRow === null ? [] : [problem('roll_no', 'duplicate-roll-no', rollNo, { otherRow: rollNoInRow })]),
    ...(emailInRow === null ? [] : [problem('email', 'duplicate-email', email, { otherRow: emailInRow })]),
    ...(known && !known.isMerged && !known.roles.includes('student')
      ? [problem('roll_no', 'not-a-student', rollNo)]
      : []),
    ...(known?.isMerged ? [problem('roll_no', 'merged-away', rollNo)] : []),
    ...(emailOwnerId !== null && emailOwnerId !== known?.personId
      ? [problem('email', 'email-of-another-person', email)]
      : []),
  ]
}

function keptBecause(known: KnownPerson, by: 'admin' | 'teacher'): Kept['because'] | null {
  if (known.roles.some((role) => role !== 'student')) return 'works-here'
  return by === 'teacher' && (known.isActive || known.isElsewhere) ? 'ask-an-administrator' : null
}

type Said = { [Name in keyof PersonDetails]?: string | undefined }

const detailChanges = (known: PersonDetails, said: Said): ImportChange[] =>
  differences([
    { column: 'full_name', from: known.fullName, to: said.fullName },
    { column: 'email', from: known.email, to: said.email },
    { column: 'phone', from: known.phone, to: said.phone },
    { column: 'batch', from: known.batch, to: said.batch },
    { column: 'department', from: known.department, to: said.department },
  ])

const merged = (known: PersonDetails | null, said: Said): PersonDetails => ({
  fullName: said.fullName ?? known?.fullName ?? '',
  email: said.email ?? known?.email ?? null,
  phone: said.phone ?? known?.phone ?? null,
  batch: said.batch ?? known?.batch ?? null,
  department: said.department ?? known?.department ?? null,
})

export type TeacherValues = PersonDetails & { addRoles: readonly string[] }
export type TeacherFacts = { known: KnownPerson | null; emailInRow: number | null }

/** A teacher or an administrator by e-mail address. Roles are only ever added. */
export function judgeTeacher(row: RowReading, { known, emailInRow }: TeacherFacts): Judgement<TeacherValues> {
  const { full_name: fullName, email = '', phone, department } = row.texts
  const problems = [
    ...row.problems,
    ...(emailInRow === null ? [] : [problem('email', 'duplicate-email', email, { otherRow: emailInRow })]),
    ...(known?.isMerged ? [problem('email', 'merged-away', email)] : []),
  ]
  if (problems.length > 0) return faulty(problems)
  const wanted = row.roles.length > 0 ? row.roles : (['teacher'] as const)
  const said = { fullName, email, phone, department }
  if (!known) return added({ ...merged(null, said), addRoles: wanted })
  const addRoles = wanted.filter((role) => !known.roles.includes(role))
  const roles = known.roles.toSorted().join(', ')
  const roleChange: ImportChange[] =
    addRoles.length > 0
      ? [{ column: 'role', from: roles, to: [...known.roles, ...addRoles].toSorted().join(', ') }]
      : []
  return compared(known.personId, { ...merged(known, said), addRoles }, [...detailChanges(known, said), ...roleChange])
}
