import {
  archiveClass,
  cancelSession,
  endSession,
  getStudentHistory,
  getStudentHome,
  markByHand,
  pauseSession,
  startSession,
} from '@app/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, signInAgain, type TestClass, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { decided } from '../../testing/builders-marks.ts'
import { aPlannedSession } from '../../testing/builders-planned.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

async function start(college: TestCollege, of: TestClass = college.class): Promise<string> {
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: of.id },
    body: { minutes: 10, lateAfterMinutes: 5, methods: ['code'] },
  })
  return body.id
}

/** A session that has ended, in which one student has a mark by hand. */
async function aPastSession(
  college: TestCollege,
  student: TestPerson,
  status: 'present' | 'late' | 'excused' | 'absent',
  of?: TestClass,
): Promise<string> {
  const sessionId = await start(college, of)
  await test.call(markByHand, {
    as: college.teacher,
    params: { sessionId, studentId: student.id },
    body: decided(status),
  })
  test.clock.advance(1000)
  await test.call(endSession, { as: college.teacher, params: { sessionId } })
  test.clock.advance(1000)
  return sessionId
}

it('shows the open sessions of one’s own classes only, with one’s own mark', async () => {
  const college = await aCollege(test)
  const elsewhere = await aCollege(test)
  const [alice, bob] = [nth(college.students, 0), nth(college.students, 1)]
  const othersClass = await aClass(test, college.institution, { teachers: [college.teacher], students: [bob] })
  const sessionId = await start(college)
  await start(college, othersClass)
  await start(elsewhere)
  const before = await test.call(getStudentHome, { as: alice })
  expect(before.body.open).toMatchObject([{ session: { id: sessionId, isOpen: true }, mark: null }])
  expect(before.body).toMatchObject({ face: 'none', hasConsent: false })
  await test.call(markByHand, {
    as: college.teacher,
    params: { sessionId, studentId: alice.id },
    body: decided('late', { reason: 'secret reason', note: 'secret note' }),
  })
  const { body, raw } = await test.call(getStudentHome, { as: alice })
  expect(body.open).toMatchObject([{ mark: { status: 'late', method: 'hand' } }])
  expect(raw.body).not.toContain('secret')
  expect((await test.call(getStudentHome, { as: bob })).body.open).toHaveLength(2)
})

it('shows no session whose time is up, and counts it as missed at once', async () => {
  const college = await aCollege(test)
  const alice = nth(college.students, 0)
  await start(college)
  test.clock.advance(10 * 60_000)
  const { body } = await test.call(getStudentHome, { as: await signInAgain(test, alice) })
  expect(body.open).toEqual([])
  expect(body.subjects).toMatchObject([{ attended: 0, counted: 1, percentage: 0, canMiss: 0 }])
})

it('sums up each class over its ended sessions', async () => {
  const college = await aCollege(test, { policy: { minimumPercentage: 50 } })
  const alice = nth(college.students, 0)
  for (const status of ['present', 'late', 'excused', 'absent', 'present'] as const)
    await aPastSession(college, alice, status)
  await start(college)
  const { body } = await test.call(getStudentHome, { as: alice })
  expect(body.subjects).toMatchObject([
    { classId: college.class.id, className: college.class.name, attended: 3, counted: 4, percentage: 75, canMiss: 2 },
  ])
})

it('shows no percentage before anything counted, and no limit where there is no rule', async () => {
  const college = await aCollege(test, { policy: { minimumPercentage: null } })
  const { body } = await test.call(getStudentHome, { as: nth(college.students, 0) })
  expect(body.subjects).toMatchObject([{ attended: 0, counted: 0, percentage: null, canMiss: null }])
})

it('does not count what was before one joined, nor while one was away', async () => {
  const college = await aCollege(test)
  const [alice, bob] = [nth(college.students, 0), nth(college.students, 1)]
  const stays = (changes: object) =>
    test.db.inInstitution(college.institution.id, (tx) =>
      tx
        .updateTable('class_students')
        .set(changes)
        .where('person_id', '=', alice.id)
        .where('left_at', 'is', null)
        .execute(),
    )
  await aPastSession(college, alice, 'present')
  await stays({ left_at: test.clock.now() })
  test.clock.advance(1000)
  await aPastSession(college, bob, 'present')
  await test.db.inInstitution(college.institution.id, (tx) =>
    tx
      .insertInto('class_students')
      .values({
        institution_id: college.institution.id,
        class_id: college.class.id,
        person_id: alice.id,
        joined_at: test.clock.now(),
        left_at: null,
      })
      .execute(),
  )
  test.clock.advance(1000)
  await aPastSession(college, alice, 'absent')
  expect((await test.call(getStudentHome, { as: alice })).body.subjects).toMatchObject([{ attended: 1, counted: 2 }])
  expect((await test.call(getStudentHome, { as: bob })).body.subjects).toMatchObject([{ attended: 1, counted: 3 }])
})

it('leaves archived classes out, and keeps their marks in the history', async () => {
  const college = await aCollege(test)
  const student = nth(college.students, 0)
  await aPastSession(college, student, 'present')
  const params = { classId: college.class.id }
  await test.call(archiveClass, { as: college.admin, params, body: { archived: true } })
  expect((await test.call(getStudentHome, { as: student })).body.subjects).toEqual([])
  expect((await test.call(getStudentHistory, { as: student, query: {} })).body.records).toHaveLength(1)
})

it('lists one’s own marks, the newest first, of one class where asked', async () => {
  const college = await aCollege(test)
  const [alice, bob] = [nth(college.students, 0), nth(college.students, 1)]
  const second = await aClass(test, college.institution, { teachers: [college.teacher], students: [alice] })
  test.clock.advance(1000)
  const first = await aPastSession(college, alice, 'present')
  const ofBob = await aPastSession(college, bob, 'present')
  const inSecond = await aPastSession(college, alice, 'late', second)
  const { body } = await test.call(getStudentHistory, { as: alice, query: {} })
  expect(
    body.records.map(({ sessionId, status, method, assurance }) => [sessionId, status, method, assurance]),
  ).toEqual([
    [inSecond, 'late', 'hand', 'D'],
    [ofBob, 'absent', 'closing', null],
    [first, 'present', 'hand', 'D'],
  ])
  const ofClass = await test.call(getStudentHistory, { as: alice, query: { classId: second.id } })
  expect(ofClass.body.records).toMatchObject([{ sessionId: inSecond, className: second.name }])
  const elsewhere = await aCollege(test)
  const stranger = nth(elsewhere.students, 0)
  expect((await test.call(getStudentHistory, { as: stranger, query: { classId: second.id } })).body.records).toEqual([])
})

it('is a student’s page', async () => {
  const college = await aCollege(test)
  expect((await test.call(getStudentHome, { as: college.teacher })).error).toBe('not-allowed')
  expect((await test.call(getStudentHistory, { as: college.admin, query: {} })).error).toBe('not-allowed')
})

it('shows a paused session as paused, what is planned today, and what of it is cancelled', async () => {
  const college = await aCollege(test)
  const student = nth(college.students, 0)
  const sessionId = await start(college)
  await test.call(pauseSession, { as: college.teacher, params: { sessionId } })
  const planned = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: 30, room: 'R1' })
  const off = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: 95 })
  await test.call(cancelSession, {
    as: college.teacher,
    params: { sessionId: off.id },
    body: { reason: 'Sports day' },
  })
  const others = await aClass(test, college.institution, {})
  await aPlannedSession(test, others, { plannedBy: college.admin, inMinutes: 30 })
  const { body } = await test.call(getStudentHome, { as: student })
  expect(body.open).toMatchObject([{ session: { id: sessionId, state: 'paused', isOpen: false } }])
  expect(body.today).toMatchObject([
    { id: planned.id, state: 'planned', room: 'R1' },
    { id: off.id, state: 'cancelled', cancelled: { because: 'Sports day' } },
  ])
})

it('keeps the marks of a cancelled session in the history, where they count for nothing', async () => {
  const college = await aCollege(test)
  const student = nth(college.students, 0)
  await aPastSession(college, student, 'present')
  const sessionId = await start(college)
  await test.call(markByHand, {
    as: college.teacher,
    params: { sessionId, studentId: student.id },
    body: { status: 'absent', ownStatusId: null, reason: '', note: '', seen: null },
  })
  await test.call(cancelSession, { as: college.teacher, params: { sessionId }, body: { reason: 'Fire drill' } })
  const history = await test.call(getStudentHistory, { as: student, query: {} })
  expect(history.body.records.map(({ status, isCancelled }) => [status, isCancelled])).toEqual([
    ['absent', true],
    ['present', false],
  ])
  const home = await test.call(getStudentHome, { as: student })
  expect(home.body.subjects).toMatchObject([{ attended: 1, counted: 1, percentage: 100 }])
  expect(home.body.open).toEqual([])
})
