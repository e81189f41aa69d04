import {
  type ImportRow,
  inviteImported,
  listClasses,
  listImportRows,
  listStaff,
  sentenceOf,
  startImport,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aDraft, anImport } from '../../testing/builders-imports.ts'
import { aCsv, anXlsx, aZip, type SheetCell } from '../../testing/builders-sheets.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 2 })
  await app.db.inInstitution(college.institution.id, (tx) =>
    tx
      .insertInto('terms')
      .values({
        institution_id: college.institution.id,
        id: crypto.randomUUID(),
        name: 'Spring 2026',
        starts_on: '2026-01-05',
        ends_on: '2026-06-30',
        archived_at: null,
        created_at: app.clock.now(),
      })
      .execute(),
  )
})

const take = (rows: SheetCell[][]) => anImport(app, { as: college.admin, bytes: anXlsx(rows) })
const rowsOf = async (importId: string) =>
  (await app.call(listImportRows, { as: college.admin, params: { importId }, query: {} })).body.rows
const sentences = (row: ImportRow) => row.problems.map((each) => `${each.cell}: ${sentenceOf(each)}`)
const stays = () =>
  app.db.inInstitution(college.institution.id, (tx) =>
    tx
      .selectFrom('class_students')
      .innerJoin('people', 'people.id', 'class_students.person_id')
      .select(['people.roll_no', 'class_id', 'joined_at', 'left_at'])
      .orderBy('people.roll_no')
      .orderBy('joined_at')
      .execute(),
  )

describe('teachers', () => {
  test('are made with their roles, invited, and known again by their address', async () => {
    const header = ['Name', 'E-mail', 'Phone', 'Department', 'Role']
    const first = await take([
      header,
      ['Tim Tutor', 'TIM@college.edu', '', 'Physics', ''],
      ['Olga Office', 'olga@college.edu', '', '', 'admin'],
      [college.teacher.fullName, college.teacher.email, '', '', 'teacher, admin'],
    ])
    expect(first).toMatchObject({ kind: 'teachers', counts: { new: 2, changed: 1 }, made: ['Physics'] })
    const { body } = await app.call(listStaff, { as: college.admin })
    const rolesOf = (email: string | null) => body.staff.find((each) => each.email === email)?.roles
    expect(rolesOf('tim@college.edu')).toEqual(['teacher'])
    expect(rolesOf('olga@college.edu')).toEqual(['admin'])
    expect(rolesOf(college.teacher.email)).toEqual(['admin', 'teacher'])
    const invites = await app.call(inviteImported, { as: college.admin, params: { importId: first.id } })
    expect(invites.body.links.map(({ fullName }) => fullName)).toEqual(['Tim Tutor', 'Olga Office'])
    const again = await take([header, ['Tim Tutor', 'tim@college.edu', '', 'Physics', 'teacher']])
    expect(again.counts).toMatchObject({ same: 1 })
  })
})

describe('classes', () => {
  const header = ['Subject code', 'Subject name', 'Class', 'Term', 'Room', 'Teacher e-mails', 'Department']

  test('are made with their subject, department, term, room and teachers', async () => {
    const { teacher, otherTeacher } = college
    const both = `${teacher.email}; ${otherTeacher.email}`
    const taken = await take([
      header,
      ['CS201', 'Data structures', 'Section A', 'spring 2026', 'R 12', both, 'Computing'],
      ['cs201', '', 'Section B', '', '', teacher.email ?? '', ''],
    ])
    expect(taken).toMatchObject({ kind: 'classes', counts: { new: 2 }, made: ['Computing', 'CS201'] })
    const { body } = await app.call(listClasses, { as: teacher })
    const made = body.classes.filter(({ subject }) => subject.code === 'CS201')
    expect(made.map(({ name, teachers }) => [name, teachers.length])).toEqual([
      ['Section A', 2],
      ['Section B', 1],
    ])
    const again = await take([
      header,
      ['CS201', 'Data Structures', 'Section A', 'Spring 2026', 'R 13', '', 'Computing'],
    ])
    expect(nth(await rowsOf(again.id), 0).changes).toEqual([
      { column: 'subject_name', from: 'Data structures', to: 'Data Structures' },
      { column: 'room', from: 'R 12', to: 'R 13' },
    ])
  })

  test('name what is wrong in words, and suggest what may have been meant', async () => {
    const draft = await aDraft(app, {
      as: college.admin,
      bytes: anXlsx([
        header,
        ['CS201', 'Data structures', 'A', 'Sprin 2026', '', '', ''],
        ['CS202', '', 'A', '', '', '', ''],
        ['CS203', 'Logic', 'A', '', '', 'nobody@college.edu', ''],
        ['CS204', 'Graphs', 'A', '', '', '', ''],
        ['CS204', 'Graph theory', 'B', '', '', '', ''],
        ['CS204', 'Graphs', 'a', '', '', '', ''],
        ['CS205', 'Sets', 'A', '', '', (college.teacher.email ?? '').replace('example', 'exampel'), ''],
      ]),
    })
    expect((await rowsOf(draft.id)).map(sentences)).toEqual([
      ['D2: There is no term “Sprin 2026”. Make it first, or correct the name. Did you mean “Spring 2026”?'],
      ['B3: Subject “CS202” is new. Say its name in the column subject_name.'],
      ['F4: No teacher here has the e-mail “nobody@college.edu”. Invite them first.'],
      [],
      ['B6: Row 5 says “Graphs” of the same subject, this one “Graph theory”. Use one.'],
      ['C7: Class “a” of this subject is in row 5 too. Keep one of the two rows.'],
      [expect.stringContaining(`Did you mean “${college.teacher.email}”?`)],
    ])
  })
})

describe('enrolments', () => {
  const header = ['Roll no', 'Subject code', 'Section', 'From', 'Until']
  let code: string
  beforeEach(async () => {
    code = `S${crypto.randomUUID().slice(0, 6)}`
    await aClass(app, college.institution, { name: 'CS A', subjectCode: code })
  })

  test('begin and end stays by days in the institution’s zone, however they are written', async () => {
    const taken = await take([
      header,
      ['R1', code, 'CS A', { number: 46_027, format: 'd/m/yyyy' }, ''],
      ['R2', code, 'cs a', '5 Jan 2026', '30.6.2026'],
    ])
    expect(taken).toMatchObject({ kind: 'enrolments', counts: { new: 2 } })
    const made = (await stays()).filter(({ class_id }) => class_id !== college.class.id)
    // Kolkata is five and a half hours ahead.
    expect(made).toMatchObject([
      { roll_no: 'R1', joined_at: new Date('2026-01-04T18:30:00Z'), left_at: null },
      { roll_no: 'R2', joined_at: new Date('2026-01-04T18:30:00Z'), left_at: new Date('2026-06-30T18:30:00Z') },
    ])
    const again = await take([
      header,
      ['R1', code, 'CS A', '2026-01-01', '2026-03-31'],
      ['R2', code, 'CS A', '5-1-2026', ''],
    ])
    expect((await rowsOf(again.id)).map(({ outcome, changes }) => [outcome, changes])).toEqual([
      [
        'changed',
        [
          { column: 'from', from: '2026-01-05', to: '2026-01-01' },
          { column: 'until', from: null, to: '2026-03-31' },
        ],
      ],
      ['same', []],
    ])
    const moved = (await stays()).filter(({ class_id, roll_no }) => class_id !== college.class.id && roll_no === 'R1')
    expect(moved).toMatchObject([
      { joined_at: new Date('2025-12-31T18:30:00Z'), left_at: new Date('2026-03-31T18:30:00Z') },
    ])
  })

  test('without days begin now, and say what is wrong in words', async () => {
    await aPerson(app, college.institution, { roles: ['student'], rollNo: 'CS-101' })
    const draft = await aDraft(app, {
      as: college.admin,
      bytes: anXlsx([
        header,
        ['R1', code, 'CS-A', '', ''],
        ['CS101', code, 'CS A', '', ''],
        ['R9', code, 'Nowhere', '', ''],
        ['R1', code, 'CS A', '', ''],
        ['R1', code, 'CS A', '', ''],
        ['R2', code, 'CS A', '32.1.2026', ''],
      ]),
    })
    expect((await rowsOf(draft.id)).map(sentences)).toEqual([
      ['C2: There is no class “CS-A” in this subject. Did you mean “CS A”?'],
      ['A3: No student has roll number “CS101”. Did you mean “CS-101”?'],
      ['A4: No student has roll number “R9”.', 'C4: There is no class “Nowhere” in this subject.'],
      [],
      ['A6: Row 5 puts “R1” into this class already. Keep one of the two rows.'],
      ['D7: “32.1.2026” cannot be read as one date. Write it like 2026-04-03.'],
    ])
  })
})

describe('a OneRoster zip', () => {
  const part = (name: string, ...lines: string[]) => ({ name, bytes: aCsv(lines) })
  const zip = () =>
    aZip([
      part('manifest.csv', 'propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2'),
      part('orgs.csv', 'sourcedId,status,name,type', 'o1,,Science,department'),
      part(
        'academicSessions.csv',
        'sourcedId,status,title,type,startDate,endDate',
        't1,active,Autumn 2026,term,2026-08-03,2026-12-18',
      ),
      part('courses.csv', 'sourcedId,status,title,courseCode,orgSourcedId', 'k1,,Biology,BIO1,o1'),
      part(
        'classes.csv',
        'sourcedId,status,title,courseSourcedId,termSourcedIds,location',
        'c1,active,Section A,k1,t1,R 12',
      ),
      part(
        'roles.csv',
        'sourcedId,userSourcedId,role',
        'x1,u1,student',
        'x2,u2,teacher',
        'x3,u3,parent',
        'x4,u4,student',
      ),
      part(
        'users.csv',
        'sourcedId,status,givenName,familyName,identifier,email,grades',
        'u1,active,Ana,Romero,OR1,ana@b.edu,11',
        'u2,active,Tara,Teachwell,,tara@b.edu,',
        'u3,active,Pat,Parent,,pat@b.edu,',
        'u4,active,Bad,Mail,OR4,not an address,11',
      ),
      part(
        'enrollments.csv',
        'sourcedId,status,classSourcedId,userSourcedId,role,beginDate,endDate',
        'e1,active,c1,u1,student,2026-08-03,',
        'e2,active,c1,u2,teacher,,',
        'e3,active,c1,u4,student,,',
      ),
    ])

  test('makes terms, people, classes and stays that name each other, and is known again', async () => {
    const draft = await aDraft(app, { as: college.admin, bytes: zip() })
    expect(draft).toMatchObject({
      kind: 'oneroster',
      counts: { new: 5, error: 2 },
      made: ['Science', 'BIO1'],
      ignored: ['users.csv: parent (1)'],
    })
    expect(
      (await rowsOf(draft.id)).flatMap(({ part: file, row, problems }) =>
        problems.map(({ code }) => [file, row, code]),
      ),
    ).toEqual([
      ['users.csv', 5, 'not-an-email'],
      ['enrollments.csv', 4, 'no-such-student'],
    ])
    const taken = await anImport(app, { as: college.admin, bytes: zip() })
    expect(taken).toMatchObject({ state: 'taken', differing: 0, counts: { new: 5, error: 2 } })
    const { body } = await app.call(listClasses, { as: college.admin })
    expect(body.classes.find(({ subject }) => subject.code === 'BIO1')).toMatchObject({
      name: 'Section A',
      studentCount: 1,
      teachers: [{ fullName: 'Tara Teachwell' }],
    })
    expect((await aDraft(app, { as: college.admin, bytes: zip() })).counts).toMatchObject({ same: 5, error: 2 })
  })

  test('is for administrators, and must hold a roster', async () => {
    const ask = { query: { classId: college.class.id }, file: { bytes: zip() } }
    expect((await app.call(startImport, { as: college.teacher, ...ask })).error).toBe('not-allowed')
    const empty = aZip([part('users.csv', 'sourcedId')])
    expect((await app.call(startImport, { as: college.admin, query: {}, file: { bytes: empty } })).error).toBe(
      'file-no-users',
    )
  })
})
