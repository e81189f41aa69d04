import {
  changePerson,
  changeRoles,
  endSignIns,
  getMe,
  getPerson,
  handOver,
  listClasses,
  listPersonHistory,
  lookUpInvite,
  type PersonDetails,
  type Role,
  reinvitePerson,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, aSession, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'

let app: TestApp
let college: TestCollege
let student: TestPerson
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())
beforeEach(async () => {
  college = await aCollege(app)
  student = nth(college.students, 0)
})

const look = async (person: { id: string }, as = college.admin) =>
  (await app.call(getPerson, { as, params: { personId: person.id } })).body
const history = async (person: { id: string }) =>
  (await app.call(listPersonHistory, { as: college.admin, params: { personId: person.id }, query: {} })).body.entries

describe('the page of a person', () => {
  test('tells who they are, what they belong to and where they are signed in', async () => {
    await aSession(app, college.class, { startedBy: college.teacher })
    expect(await look(student)).toMatchObject({
      fullName: student.fullName,
      roles: ['student'],
      status: 'active',
      mayChange: true,
      isYou: false,
      face: 'none',
      hasConsent: false,
      invite: null,
      teaches: [],
      stays: [{ classId: college.class.id, leftAt: null }],
      guardians: [],
    })
    expect((await look(college.teacher)).teaches).toEqual([
      {
        classId: college.class.id,
        className: college.class.name,
        subjectName: expect.any(String),
        otherTeachers: 0,
        plannedSessions: 0,
      },
    ])
    expect((await look(college.admin)).isYou).toBe(true)
  })

  test('is of nobody elsewhere, nor of one who went into another', async () => {
    const merged = await aPerson(app, college.institution, { roles: ['student'] })
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('people').set({ merged_into: student.id }).where('id', '=', merged.id).execute(),
    )
    for (const personId of [merged.id, crypto.randomUUID()])
      expect((await app.call(getPerson, { as: college.admin, params: { personId } })).error).toBe('not-found')
  })
})

describe('details', () => {
  const change = (person: TestPerson, details: Partial<PersonDetails>, as = college.admin) =>
    app.call(changePerson, {
      as,
      params: { personId: person.id },
      body: {
        fullName: person.fullName,
        email: person.email,
        phone: null,
        rollNo: person.rollNo,
        batch: null,
        department: null,
        ...details,
      },
    })

  test('are changed with what they were in the history', async () => {
    expect((await change(student, { fullName: 'New Name', phone: ' 123 ', batch: '' })).status).toBe(200)
    expect(await look(student)).toMatchObject({ fullName: 'New Name', phone: '123', batch: null })
    expect(await history(student)).toEqual([
      {
        id: expect.any(String),
        at: app.clock.now().toISOString(),
        action: 'person-changed',
        actor: { personId: college.admin.id, fullName: college.admin.fullName },
        oldValue: { fullName: student.fullName, phone: null },
        newValue: { fullName: 'New Name', phone: '123' },
        reason: null,
      },
    ])
    await change(student, { fullName: 'New Name', phone: '123' })
    expect(await history(student)).toHaveLength(1)
  })

  test('are refused where somebody else has them, and for a student without a roll number', async () => {
    const other = nth(college.students, 1)
    expect((await change(student, { email: other.email?.toUpperCase() ?? '' })).error).toBe('email-taken')
    expect((await change(student, { rollNo: other.rollNo?.toLowerCase() ?? '' })).error).toBe('roll-no-taken')
    expect((await change(student, { rollNo: ' ' })).error).toBe('bad-input')
    expect((await change(student, { fullName: ' ' })).error).toBe('bad-input')
    expect((await change(student, { rollNo: student.rollNo?.toLowerCase() ?? '' })).status).toBe(200)
  })

  test('end the invite that went to the address before', async () => {
    const invited = await aPerson(app, college.institution, { roles: ['teacher'], status: 'invited' })
    const { link } = (await app.call(reinvitePerson, { as: college.admin, params: { personId: invited.id } })).body
    const seen = () => app.call(lookUpInvite, { body: { token: link?.split('#')[1] ?? '' } })
    await change(invited, { phone: '12' })
    expect((await seen()).status).toBe(200)
    expect((await look(invited)).invite).not.toBeNull()
    await change(invited, { email: 'right@college.test', phone: '12' })
    expect((await seen()).error).toBe('invite-invalid')
    expect((await look(invited)).invite).toBeNull()
  })

  test('of an owner are changed by an owner alone', async () => {
    const owner = await aPerson(app, college.institution, { roles: ['owner', 'admin'] })
    expect((await change(owner, { email: 'mine@evil.test' })).error).toBe('not-allowed')
    expect((await look(owner)).mayChange).toBe(false)
    expect((await change(owner, { phone: '1' }, owner)).status).toBe(200)
  })
})

describe('roles', () => {
  const set = (person: TestPerson, roles: Role[], as = college.admin) =>
    app.call(changeRoles, { as, params: { personId: person.id }, body: { roles } })

  test('are given and taken, with both in the history', async () => {
    expect((await set(college.otherTeacher, ['teacher', 'admin'])).status).toBe(200)
    expect((await look(college.otherTeacher)).roles).toEqual(['admin', 'teacher'])
    await set(college.otherTeacher, ['admin'])
    expect((await look(college.otherTeacher)).roles).toEqual(['admin'])
    expect((await history(college.otherTeacher)).map(({ newValue }) => newValue)).toEqual([
      { roles: ['admin'] },
      { roles: ['admin', 'teacher'] },
    ])
  })

  test('leave an admin, whoever takes them and however many at once', async () => {
    expect((await set(college.admin, ['teacher'])).error).toBe('last-admin')
    const second = await aPerson(app, college.institution, { roles: ['admin'] })
    const replies = await Promise.all([set(second, ['teacher']), set(college.admin, ['teacher'], second)])
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    const refused = replies.find(({ status }) => status !== 200)
    // Refused at the door when the other was quicker than that.
    expect(['last-admin', 'not-allowed']).toContain(refused?.error)
  })

  test('are not taken from whoever still teaches or attends a class', async () => {
    expect((await set(college.teacher, ['admin'])).error).toBe('still-teaches')
    expect((await set(student, ['guardian'])).error).toBe('still-in-class')
    expect((await set(college.otherTeacher, ['student'])).error).toBe('bad-input')
  })

  test('make no owner but by an owner, who stays one', async () => {
    expect((await set(college.otherTeacher, ['teacher', 'owner'])).error).toBe('not-allowed')
    const owner = await aPerson(app, college.institution, { roles: ['owner', 'admin'] })
    expect((await set(owner, ['admin'])).error).toBe('not-allowed')
    expect((await set(owner, ['admin'], owner)).error).toBe('not-allowed')
    expect((await set(college.otherTeacher, ['teacher', 'owner'], owner)).status).toBe(200)
    expect((await set(college.otherTeacher, ['teacher'], owner)).status).toBe(200)
  })
})

test('an admin ends every sign-in of somebody, who is out at once', async () => {
  const end = () => app.call(endSignIns, { as: college.admin, params: { personId: student.id } })
  expect((await end()).body).toEqual({ ended: 1 })
  expect((await app.call(getMe, { as: student })).error).toBe('not-signed-in')
  expect((await end()).body).toEqual({ ended: 0 })
  expect((await history(student)).map(({ action }) => action)).toEqual(['sign-ins-ended'])
})

describe('a teacher who leaves', () => {
  const give = (classes: { classId: string; teacherIds: string[] }[], disable = true, as = college.admin) =>
    app.call(handOver, { as, params: { personId: college.teacher.id }, body: { classes, disable } })
  const toOther = () => [{ classId: college.class.id, teacherIds: [college.otherTeacher.id] }]

  test('hands each class over with what is planned for it, and is out', async () => {
    const at = app.clock.now()
    const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx
        .insertInto('sessions')
        .values({
          institution_id: college.institution.id,
          id: crypto.randomUUID(),
          class_id: college.class.id,
          opens_at: later(60),
          late_after: later(70),
          closes_at: later(120),
          methods: ['code'],
          planned_by: college.teacher.id,
        })
        .execute(),
    )
    expect((await look(college.teacher)).teaches).toMatchObject([{ plannedSessions: 1 }])
    expect((await give(toOther())).body).toEqual({ done: true })
    expect((await app.call(getMe, { as: college.teacher })).error).toBe('not-signed-in')
    expect(await look(college.teacher)).toMatchObject({ status: 'disabled', teaches: [] })
    const { classes } = (await app.call(listClasses, { as: college.otherTeacher })).body
    expect(classes.map(({ id }) => id)).toEqual([college.class.id])
    expect((await look(college.otherTeacher)).teaches).toMatchObject([{ plannedSessions: 1 }])
    expect((await history(college.teacher)).map(({ action }) => action)).toEqual(['person-disabled', 'class-given-up'])
    expect((await history(college.otherTeacher)).map(({ action }) => action)).toEqual(['class-taken-over'])
  })

  test('may stay, and may leave a class to nobody', async () => {
    expect((await give([{ classId: college.class.id, teacherIds: [] }], false)).status).toBe(200)
    expect(await look(college.teacher)).toMatchObject({ status: 'active', teaches: [] })
  })

  test('hands over all classes or none, to teachers alone', async () => {
    expect((await give([])).error).toBe('already-done')
    expect((await give([...toOther(), { classId: crypto.randomUUID(), teacherIds: [] }])).error).toBe('already-done')
    for (const id of [student.id, college.teacher.id, crypto.randomUUID()])
      expect((await give([{ classId: college.class.id, teacherIds: [id] }])).error).toBe('bad-input')
    expect((await look(college.teacher)).teaches).toHaveLength(1)
    expect((await app.call(getMe, { as: college.teacher })).status).toBe(200)
  })

  test('is not disabled by themselves', async () => {
    const self = await aPerson(app, college.institution, { roles: ['admin', 'teacher'] })
    const reply = await app.call(handOver, {
      as: self,
      params: { personId: self.id },
      body: { classes: [], disable: true },
    })
    expect(reply.error).toBe('not-allowed')
  })
})
