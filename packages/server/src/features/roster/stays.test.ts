import {
  archiveClass,
  getBoard,
  getClassReport,
  getStudentHome,
  listClassStudents,
  listStays,
  moveStudent,
  startSession,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, aSession, signInAgain, type TestClass, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { auditOf } from '../../testing/read-audit.ts'

const DAY_MS = 86_400_000

let app: TestApp
let college: TestCollege
let student: TestPerson
let other: TestClass
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app)
  student = nth(college.students, 0)
  other = await aClass(app, college.institution, { teachers: [college.teacher] })
})

/** The day of the clock, so many days later, in Kolkata. */
const day = (later = 0) =>
  new Date(app.clock.now().getTime() + 5.5 * 3_600_000 + later * DAY_MS).toISOString().slice(0, 10)
const admin = async () => ({ ...college.admin, ...(await signInAgain(app, college.admin)) })
const move = async (firstDay: string, given: { as?: { token: string }; from?: TestClass; to?: TestClass } = {}) =>
  app.call(moveStudent, {
    as: given.as ?? (await admin()),
    params: { personId: student.id },
    body: { fromClassId: (given.from ?? college.class).id, toClassId: (given.to ?? other).id, firstDay },
  })
const studentsOf = async (of: TestClass) =>
  (await app.call(listClassStudents, { as: await admin(), params: { classId: of.id } })).body.students.map(
    ({ personId }) => personId,
  )
const endedSession = (of: TestClass) => aSession(app, of, { startedBy: college.teacher, endedAfterMinutes: 50 })

describe('a student who moves', () => {
  test('is in the other class from the first moment of the day, and no longer in the first', async () => {
    app.clock.advance(3 * DAY_MS)
    const { body } = await move(day())
    expect(await studentsOf(college.class)).not.toContain(student.id)
    expect(await studentsOf(other)).toEqual([student.id])
    expect(body).toMatchObject({ noLongerCounted: 0, nowCounted: 0 })
    expect(body.stays.map(({ classId, firstDay, lastDay }) => [classId, firstDay, lastDay])).toEqual([
      [other.id, day(), null],
      [college.class.id, day(-3), day(-1)],
    ])
    expect(await auditOf(app, college.institution, student.id)).toMatchObject([
      {
        action: 'student-moved',
        old: { classId: college.class.id },
        new: { classId: other.id, firstDay: day(), noLongerCounted: 0, nowCounted: 0 },
      },
    ])
  })

  test('is counted in each class for the days they belonged, also when the day is in the past', async () => {
    for (let i = 0; i < 4; i++) {
      await endedSession(college.class)
      await endedSession(other)
      app.clock.advance(DAY_MS)
    }
    const { body } = await move(day(-2))
    // Each class met on four days; two of them lie before the move.
    expect([body.noLongerCounted, body.nowCounted]).toEqual([2, 2])
    const { subjects } = (await app.call(getStudentHome, { as: await signInAgain(app, student) })).body
    expect(subjects.map(({ classId, counted }) => [classId, counted])).toEqual([[other.id, 2]])
    const report = await app.call(getClassReport, { as: await admin(), params: { classId: other.id } })
    expect(report.body.rows).toMatchObject([{ personId: student.id, totalSessions: 2 }])
  })

  test('back again goes on with both stays', async () => {
    app.clock.advance(2 * DAY_MS)
    await move(day())
    app.clock.advance(2 * DAY_MS)
    const { body } = await move(day(), { from: other, to: college.class })
    expect(body.stays.map(({ classId, firstDay, lastDay }) => [classId, firstDay, lastDay])).toEqual([
      [college.class.id, day(), null],
      [other.id, day(-2), day(-1)],
      [college.class.id, day(-4), day(-3)],
    ])
  })

  test('on the day they came was never in the first class', async () => {
    const { body } = await move(day())
    expect(body.stays.map(({ classId }) => classId)).toEqual([other.id])
  })

  test('stays in a class of theirs that they move into from another', async () => {
    const third = await aClass(app, college.institution, { teachers: [college.teacher], students: [student] })
    app.clock.advance(2 * DAY_MS)
    const { body } = await move(day(), { to: third })
    expect(body.stays.map(({ classId, firstDay, lastDay }) => [classId, firstDay, lastDay])).toEqual(
      expect.arrayContaining([
        [third.id, day(-2), null],
        [college.class.id, day(-2), day(-1)],
      ]),
    )
  })

  test('appears on the board of the session that is open there', async () => {
    const as = { ...college.teacher, ...(await signInAgain(app, college.teacher)) }
    const { body } = await app.call(startSession, {
      as,
      params: { classId: other.id },
      body: { minutes: 30, lateAfterMinutes: 10, methods: ['code'] },
    })
    const board = async () => (await app.call(getBoard, { as, params: { sessionId: body.id } })).body
    const before = await board()
    await move(day())
    expect((await board()).tiles.map(({ studentId }) => studentId)).toEqual([student.id])
    expect((await board()).seq).toBe(before.seq + 1)
  })
})

describe('a move is refused', () => {
  test('on a day that has not come in the institution’s zone', async () => {
    expect((await move(day(1))).error).toBe('day-in-future')
    expect((await move('9999-01-01')).error).toBe('bad-input')
  })

  test('into the same class, out of one they are not in, into an archived one', async () => {
    expect((await move(day(), { to: college.class })).error).toBe('bad-input')
    expect((await move(day(), { from: other, to: college.class })).error).toBe('not-found')
    const as = await admin()
    await app.call(archiveClass, { as, params: { classId: other.id }, body: { archived: true } })
    expect((await move(day())).error).toBe('class-archived')
    expect(await studentsOf(college.class)).toContain(student.id)
  })

  test('to who does not manage both classes', async () => {
    const theirs = await aClass(app, college.institution, { teachers: [college.otherTeacher] })
    expect((await move(day(), { as: await signInAgain(app, college.teacher), to: theirs })).error).toBe('not-allowed')
    expect((await move(day(), { as: await signInAgain(app, college.teacher) })).status).toBe(200)
  })

  test('for all but one of those who ask for it at once', async () => {
    const as = await admin()
    const third = await aClass(app, college.institution, { teachers: [college.teacher] })
    const replies = await Promise.all([other, third, other, third, other].map((to) => move(day(), { as, to })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'not-found')).toHaveLength(4)
    const classes = [...(await studentsOf(other)), ...(await studentsOf(third))]
    expect(classes).toEqual([student.id])
  })
})

test('stays are seen by an admin, and by a teacher those of their classes', async () => {
  await aClass(app, college.institution, { teachers: [college.otherTeacher], students: [student] })
  const see = (as: { token: string }, personId = student.id) => app.call(listStays, { as, params: { personId } })
  expect((await see(await admin())).body.stays).toHaveLength(2)
  expect((await see(await signInAgain(app, college.teacher))).body.stays).toHaveLength(1)
  const stranger = await aPerson(app, college.institution, { roles: ['teacher'] })
  expect((await see(stranger)).error).toBe('not-allowed')
  expect((await see(await admin(), college.teacher.id)).error).toBe('not-found')
})
