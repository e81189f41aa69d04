import { type ImportCell, type SheetLine, textOf } from './cell.ts'
import { SECTIONS, type Section } from './columns.ts'

/** The tables of a OneRoster 1.2 export (CSV binding, bulk) that are read. */
export const ONE_ROSTER_PARTS = [
  'manifest.csv',
  'orgs.csv',
  'academicSessions.csv',
  'courses.csv',
  'classes.csv',
  'roles.csv',
  'users.csv',
  'enrollments.csv',
] as const

/** One row in our own columns, and where in the zip it comes from. */
export type OneRosterRow = { section: Section; part: string; row: number; cells: readonly ImportCell[] }

type Record = { row: number; get: (field: string) => string }

/** Who works with classes; everybody else of a roster is not read. */
const ROLES: { readonly [role: string]: 'student' | 'teacher' | 'admin' } = {
  student: 'student',
  learner: 'student',
  teacher: 'teacher',
  instructor: 'teacher',
  administrator: 'admin',
  siteadministrator: 'admin',
  districtadministrator: 'admin',
  systemadministrator: 'admin',
}

/** The rows of a roster in the order in which they are taken; null when the zip holds no users, classes or enrolments at all. */
export function readOneRoster(
  parts: ReadonlyMap<string, readonly SheetLine[]>,
): { rows: OneRosterRow[]; ignored: string[] } | null {
  const ignored = new Map<string, number>()
  const ignore = (what: string) => void ignored.set(what, (ignored.get(what) ?? 0) + 1)
  const read = (part: string) => recordsOf(parts.get(part) ?? [], () => ignore(`${part}: to be deleted`))
  const [users, classes, enrolments] = [read('users.csv'), read('classes.csv'), read('enrollments.csv')]
  if (users.length + classes.length + enrolments.length === 0) return null
  const sessions = byId(read('academicSessions.csv'))
  const people = readPeople(users, read('roles.csv'), ignore)
  const taught = readClasses(classes, { courses: byId(read('courses.csv')), orgs: byId(read('orgs.csv')), sessions })
  const rows = [
    ...[...sessions.values()].flatMap(toTerm(taught.termIds)),
    ...people.rows,
    ...readEnrolments(enrolments, { people: people.byId, classes: taught.byId, ignore }),
    ...[...taught.byId.values()].map(({ row, cells, teachers }) => ({
      section: 'classes' as const,
      part: 'classes.csv',
      row,
      cells: [...cells.slice(0, 5), [...teachers].join('; '), cells[5] ?? ''],
    })),
  ]
  const place = (section: Section) => SECTIONS.indexOf(section)
  return {
    rows: rows.toSorted((a, b) => place(a.section) - place(b.section)),
    ignored: [...ignored].map(([what, count]) => `${what} (${count})`),
  }
}

/** Fields are known by their names, whatever their order and case. */
function recordsOf(lines: readonly SheetLine[], onDeleted: () => void): Record[] {
  const [header, ...rest] = lines
  const places = new Map(header?.cells.map((cell, i) => [textOf(cell).toLowerCase(), i]))
  return rest.flatMap(({ row, cells }) => {
    const get = (field: string) => {
      const at = places.get(field.toLowerCase())
      return at === undefined ? '' : textOf(cells[at])
    }
    if (get('status').toLowerCase() !== 'tobedeleted') return [{ row, get }]
    onDeleted()
    return []
  })
}

const byId = (records: readonly Record[]) => new Map(records.map((record) => [record.get('sourcedId'), record]))

const toTerm =
  (used: ReadonlySet<string>) =>
  ({ row, get }: Record): OneRosterRow[] =>
    used.has(get('sourcedId'))
      ? [
          {
            section: 'terms',
            part: 'academicSessions.csv',
            row,
            cells: [get('title'), get('startDate'), get('endDate')],
          },
        ]
      : []

type Person = { rollNo: string; email: string; isStudent: boolean; isTeacher: boolean }

/** Version 1.2 keeps roles in a table of their own, 1.1 in the user's row. */
function readPeople(users: readonly Record[], roles: readonly Record[], ignore: (what: string) => void) {
  const rolesOf = new Map<string, string[]>()
  for (const { get } of roles)
    rolesOf.set(get('userSourcedId'), [...(rolesOf.get(get('userSourcedId')) ?? []), get('role')])
  const byId = new Map<string, Person>()
  const rows: OneRosterRow[] = []
  for (const { row, get } of users) {
    const named = rolesOf.get(get('sourcedId')) ?? [get('role')]
    const known = named.flatMap((role) => ROLES[role.toLowerCase().replaceAll(/[^a-z]/g, '')] ?? [])
    if (known.length === 0) {
      ignore(`users.csv: ${named.join(', ') || 'no role'}`)
      continue
    }
    const isStudent = known.includes('student')
    const staffRoles = [...new Set(known.filter((role) => role !== 'student'))]
    const rollNo = get('identifier') || get('username') || get('sourcedId')
    const fullName = [get('givenName'), get('middleName'), get('familyName')].filter((name) => name !== '').join(' ')
    const [email, phone] = [get('email'), get('sms') || get('phone')]
    byId.set(get('sourcedId'), { rollNo, email, isStudent, isTeacher: staffRoles.includes('teacher') })
    const at = { part: 'users.csv', row }
    if (isStudent) rows.push({ section: 'students', ...at, cells: [rollNo, fullName, email, phone, get('grades'), ''] })
    else rows.push({ section: 'teachers', ...at, cells: [fullName, email, phone, '', staffRoles.join(', ')] })
  }
  return { byId, rows }
}

type Taught = { row: number; cells: string[]; code: string; name: string; teachers: Set<string> }
type Around = { [Table in 'courses' | 'orgs' | 'sessions']: ReadonlyMap<string, Record> }

function readClasses(classes: readonly Record[], { courses, orgs, sessions }: Around) {
  const termIds = new Set<string>()
  const taught = new Map<string, Taught>()
  for (const { row, get } of classes) {
    const course = courses.get(get('courseSourcedId'))
    const org = orgs.get(course?.get('orgSourcedId') ?? '')
    const termId = get('termSourcedIds').split(',')[0]?.trim() ?? ''
    if (sessions.has(termId)) termIds.add(termId)
    const code = course?.get('courseCode') || get('courseSourcedId') || get('classCode')
    const name = get('title') || get('classCode')
    const department = org?.get('type').toLowerCase() === 'department' ? org.get('name') : ''
    const term = sessions.get(termId)?.get('title') ?? termId
    const cells = [code, course?.get('title') || code, name, term, get('location'), department]
    taught.set(get('sourcedId'), { row, cells, code, name, teachers: new Set() })
  }
  return { byId: taught, termIds }
}

type Known = {
  people: ReadonlyMap<string, Person>
  classes: ReadonlyMap<string, Taught>
  ignore: (what: string) => void
}

/** Students' stays; whoever teaches is noted at the class. What names nobody stays a row, so that its fault is seen. */
function readEnrolments(enrolments: readonly Record[], { people, classes, ignore }: Known): OneRosterRow[] {
  return enrolments.flatMap(({ row, get }) => {
    const role = ROLES[get('role').toLowerCase()]
    const person = people.get(get('userSourcedId'))
    const taught = classes.get(get('classSourcedId'))
    if (role === 'teacher' && person && taught) {
      taught.teachers.add(person.email)
      return []
    }
    if (role !== 'student') {
      ignore(`enrollments.csv: ${get('role') || 'no role'}`)
      return []
    }
    const cells = [
      person?.rollNo ?? get('userSourcedId'),
      taught?.code ?? '?',
      taught?.name ?? get('classSourcedId'),
      get('beginDate'),
      get('endDate'),
    ]
    return [{ section: 'enrolments', part: 'enrollments.csv', row, cells }]
  })
}
