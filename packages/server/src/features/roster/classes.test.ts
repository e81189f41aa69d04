import { createClass, getClass, listClasses, listSubjects } from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, aSession } from '../../testing/builders.ts'
import { aCollege, type TestCollege } from '../../testing/builders-class.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app)
})

const NEW = { name: 'Section A', subjectCode: 'PH101', subjectName: 'Physics', teacherIds: [] as string[] }
const create = (as: { token: string }, body: Partial<typeof NEW> = {}) =>
  app.call(createClass, { as, body: { ...NEW, ...body } })
const namesFor = async (as: { token: string }) =>
  (await app.call(listClasses, { as })).body.classes.map(({ name }) => name)

describe('a new class', () => {
  test('of a teacher is taught by them', async () => {
    const { body } = await create(college.teacher)
    expect(body).toEqual({
      id: expect.any(String),
      name: 'Section A',
      subject: { id: expect.any(String), code: 'PH101', name: 'Physics' },
      term: null,
      room: '',
      archivedAt: null,
      studentCount: 0,
      teachers: [{ personId: college.teacher.id, fullName: 'Tara Teacher' }],
      openSessionId: null,
    })
  })

  test('of an admin is taught by those they name', async () => {
    const teacherIds = [college.teacher.id, college.otherTeacher.id]
    const { body } = await create(college.admin, { teacherIds })
    expect(new Set(body.teachers.map(({ personId }) => personId))).toEqual(new Set(teacherIds))
  })

  test('needs somebody who teaches it', async () => {
    expect((await create(college.admin)).error).toBe('bad-input')
    for (const notATeacher of [college.students[0]?.id ?? '', crypto.randomUUID()])
      expect((await create(college.admin, { teacherIds: [college.teacher.id, notATeacher] })).error).toBe('bad-input')
    const elsewhere = await aCollege(app)
    expect((await create(college.admin, { teacherIds: [elsewhere.teacher.id] })).error).toBe('bad-input')
    expect(await namesFor(college.admin)).toEqual([college.class.name])
  })

  test('of a lone teacher, who is admin as well, is their own', async () => {
    const lone = await aPerson(app, college.institution, { roles: ['admin', 'teacher'] })
    expect((await create(lone)).body.teachers).toMatchObject([{ personId: lone.id }])
  })

  test('cannot be given to somebody else by a teacher', async () => {
    expect((await create(college.teacher, { teacherIds: [college.otherTeacher.id] })).error).toBe('not-allowed')
  })

  test('takes the subject that has its code, whatever the case', async () => {
    const first = (await create(college.teacher)).body
    const second = (await create(college.teacher, { name: 'Section B', subjectCode: 'ph101', subjectName: 'Other' }))
      .body
    expect(second.subject).toEqual(first.subject)
    const { subjects } = (await app.call(listSubjects, { as: college.teacher })).body
    expect(subjects.filter(({ code }) => code.toLowerCase() === 'ph101')).toHaveLength(1)
  })

  test('needs a name of its own among those of its subject', async () => {
    await create(college.teacher)
    expect((await create(college.admin, { name: 'section a', teacherIds: [college.teacher.id] })).error).toBe(
      'class-name-taken',
    )
    expect((await create(college.teacher, { subjectCode: 'CH101', subjectName: 'Chemistry' })).status).toBe(200)
  })

  test('made by ten at once is made once, and so is its subject', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => create(college.teacher)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'class-name-taken')).toHaveLength(9)
  })
})

describe('the list of classes', () => {
  test('of a teacher is their own; of an admin all of the institution', async () => {
    await create(college.otherTeacher)
    expect(await namesFor(college.teacher)).toEqual([college.class.name])
    expect(await namesFor(college.otherTeacher)).toEqual(['Section A'])
    expect(new Set(await namesFor(college.admin))).toEqual(new Set([college.class.name, 'Section A']))
    expect(await namesFor((await aCollege(app)).admin)).not.toContain('Section A')
  })

  test('says how many students there are now and which session is open now', async () => {
    const session = await aSession(app, college.class, { startedBy: college.teacher, minutes: 30 })
    const look = async () =>
      (await app.call(getClass, { as: college.teacher, params: { classId: college.class.id } })).body
    expect(await look()).toMatchObject({ studentCount: 2, openSessionId: session.id })
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx
        .updateTable('sessions')
        .set({ closes_at: new Date(app.clock.now().getTime() + 1) })
        .execute(),
    )
    app.clock.advance(1)
    expect((await look()).openSessionId).toBeNull()
  })
})

test('one class is shown to its teachers and to admins of its institution', async () => {
  const params = { classId: college.class.id }
  expect((await app.call(getClass, { as: college.admin, params })).status).toBe(200)
  expect((await app.call(getClass, { as: college.otherTeacher, params })).error).toBe('not-allowed')
  expect((await app.call(getClass, { as: (await aCollege(app)).admin, params })).error).toBe('not-found')
})
