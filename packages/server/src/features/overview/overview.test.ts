import {
  actOnPeople,
  getOverview,
  giveConsent,
  listLackingClasses,
  listMissedSessions,
  listPeople,
  type Silence,
} from '@app/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, anInstitution, aPerson, aSession, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth } from '../../testing/builders-class.ts'
import { readShownFaces } from '../../testing/builders-faces.ts'
import { aRoom } from '../../testing/builders-room.ts'

const DAY = 86_400_000

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => app?.close())

const overview = async (as: { token: string }) => (await app.call(getOverview, { as })).body

test('counts students by account, face and consent, those who are out not at all', async () => {
  const room = await aRoom(app, { students: 3 })
  await aPerson(app, room.institution, { roles: ['student'], status: 'invited' })
  await aPerson(app, room.institution, { roles: ['student'], status: 'disabled' })
  await aPerson(app, room.institution, { roles: ['student', 'teacher'] })
  expect((await overview(room.admin)).students).toEqual({
    total: 5,
    active: 4,
    invited: 1,
    enrolled: 2,
    consented: 2,
  })
  expect((await app.call(giveConsent, { as: nth(room.students, 2), body: { version: 'never' } })).error).toBe(
    'consent-outdated',
  )
})

test('counts who is silent by the age of their invite, as the directory lists them', async () => {
  const college = await aCollege(app)
  const invited: TestPerson[] = []
  for (let i = 0; i < 4; i++)
    invited.push(await aPerson(app, college.institution, { roles: ['student'], status: 'invited' }))
  for (const [index, daysAgo] of [2, 20, 50].entries()) {
    const who = { personIds: [nth(invited, index).id] }
    await app.call(actOnPeople, { as: college.admin, body: { action: 'invite', who } })
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx
        .updateTable('invites')
        .set({ created_at: new Date(app.clock.now().getTime() - daysAgo * DAY) })
        .where('person_id', '=', nth(invited, index).id)
        .execute(),
    )
  }
  const { silent } = await overview(college.admin)
  expect(silent).toEqual({ neverInvited: 1, week: 1, month: 1, longer: 1 })
  for (const age of ['never-invited', 'week', 'month', 'longer'] satisfies Silence[])
    expect((await app.call(listPeople, { as: college.admin, query: { silent: age } })).body.total, age).toBe(1)
})

test('names classes that nobody who is still there teaches or attends, but no archived one', async () => {
  const college = await aCollege(app)
  const gone = await aPerson(app, college.institution, { roles: ['teacher'], status: 'disabled' })
  const left = await aClass(app, college.institution, { teachers: [gone], students: college.students })
  const empty = await aClass(app, college.institution, { teachers: [college.teacher] })
  const archived = await aClass(app, college.institution)
  await app.db.inInstitution(college.institution.id, (tx) =>
    tx.updateTable('classes').set({ archived_at: app.clock.now() }).where('id', '=', archived.id).execute(),
  )
  expect((await overview(college.admin)).classes).toEqual({ total: 3, withoutTeacher: 1, withoutStudents: 1 })
  const lacking = async (lacks: 'teacher' | 'students') =>
    (await app.call(listLackingClasses, { as: college.admin, query: { lacks } })).body.classes
  expect((await lacking('teacher')).map(({ classId }) => classId)).toEqual([left.id])
  expect((await lacking('students')).map(({ classId }) => classId)).toEqual([empty.id])
})

test('names sessions that were planned and never started: not cancelled, not still to come, not long ago', async () => {
  const college = await aCollege(app)
  await aSession(app, college.class, { startedBy: college.teacher })
  const plan = (hours: number, more: { cancelled_at?: Date } = {}) => {
    const opensAt = new Date(app.clock.now().getTime() + hours * 3_600_000)
    const closesAt = new Date(opensAt.getTime() + 1_800_000)
    return app.db.inInstitution(college.institution.id, (tx) =>
      tx
        .insertInto('sessions')
        .values({
          institution_id: college.institution.id,
          id: crypto.randomUUID(),
          class_id: college.class.id,
          opens_at: opensAt,
          late_after: closesAt,
          closes_at: closesAt,
          methods: ['code'],
          ...more,
        })
        .execute(),
    )
  }
  await plan(-3)
  await plan(-30)
  await plan(2)
  await plan(-5, { cancelled_at: app.clock.now() })
  await plan(-31 * 24)
  expect((await overview(college.admin)).missedSessions).toBe(2)
  const { sessions } = (await app.call(listMissedSessions, { as: college.admin })).body
  expect(sessions).toHaveLength(2)
  expect(sessions[0]).toMatchObject({ classId: college.class.id, teachers: ['Tara Teacher'] })
})

test('counts who waits for an admin, and nothing of another institution', async () => {
  const college = await aCollege(app)
  await aPerson(app, college.institution, { roles: ['teacher'], status: 'awaiting-approval' })
  expect(await overview(college.admin)).toMatchObject({ waitingTeachers: 1, enrolmentHolds: 0 })
  const elsewhere = await aPerson(app, await anInstitution(app), { roles: ['admin'] })
  expect(await overview(elsewhere)).toEqual({
    students: { total: 0, active: 0, invited: 0, enrolled: 0, consented: 0 },
    silent: { neverInvited: 0, week: 0, month: 0, longer: 0 },
    classes: { total: 0, withoutTeacher: 0, withoutStudents: 0 },
    missedSessions: 0,
    waitingTeachers: 0,
    enrolmentHolds: 0,
  })
})
