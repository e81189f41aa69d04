import { endSession, getBoard, markByHand, startSession } from '@app/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { decided } from '../../testing/builders-marks.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

async function start(college: TestCollege): Promise<string> {
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
  })
  return body.id
}

const mark = (
  as: { token: string },
  sessionId: string,
  studentId: string,
  status: 'present' | 'excused',
  given: { reason?: string; seen?: number | null } = {},
) => test.call(markByHand, { as, params: { sessionId, studentId }, body: decided(status, given) })

it('says who marked, when and why, and keeps every earlier value', async () => {
  const college = await aCollege(test)
  const sessionId = await start(college)
  const student = nth(college.students, 0)
  const first = (await mark(college.teacher, sessionId, student.id, 'present')).body
  expect(first).toMatchObject({
    studentId: student.id,
    status: 'present',
    method: 'hand',
    assurance: 'D',
    markedBy: 'Tara Teacher',
    reason: null,
  })
  test.clock.advance(60_000)
  const { body } = await mark(college.teacher, sessionId, student.id, 'excused', {
    reason: ' at the doctor ',
    seen: first.version,
  })
  expect(body).toMatchObject({
    status: 'excused',
    reason: 'at the doctor',
    markedAt: test.clock.now().toISOString(),
  })
  const audit = await test.db.inInstitution(college.institution.id, (tx) =>
    tx.selectFrom('audit_log').selectAll().where('subject_id', '=', student.id).orderBy('id').execute(),
  )
  expect(audit).toMatchObject([
    { action: 'record-made', actor_id: college.teacher.id, old_value: null, new_value: { status: 'present' } },
    {
      action: 'record-changed',
      actor_id: college.teacher.id,
      old_value: { status: 'present', method: 'hand' },
      new_value: { status: 'excused', reason: 'at the doctor' },
      reason: 'at the doctor',
    },
  ])
})

it('changes what the end of the session marked', async () => {
  const college = await aCollege(test)
  const sessionId = await start(college)
  test.clock.advance(60_000)
  await test.call(endSession, { as: college.teacher, params: { sessionId } })
  const student = nth(college.students, 1)
  expect((await mark(college.teacher, sessionId, student.id, 'excused', { reason: 'note' })).body.status).toBe(
    'excused',
  )
  const { body } = await test.call(getBoard, { as: college.teacher, params: { sessionId } })
  expect(body.tiles.map(({ status }) => status)).toEqual(['absent', 'excused'])
})

it('takes only students whom the session counts for', async () => {
  const college = await aCollege(test)
  const sessionId = await start(college)
  const stranger = await aPerson(test, college.institution, { roles: ['student'] })
  const elsewhere = await aCollege(test)
  for (const person of [stranger, college.teacher, nth(elsewhere.students, 0)])
    expect((await mark(college.teacher, sessionId, person.id, 'present')).error).toBe('not-in-class')
})

it('still takes a student who left the class after the session had opened', async () => {
  const college = await aCollege(test)
  const sessionId = await start(college)
  const leaver = nth(college.students, 0)
  test.clock.advance(60_000)
  await test.db.inInstitution(college.institution.id, (tx) =>
    tx.updateTable('class_students').set({ left_at: test.clock.now() }).where('person_id', '=', leaver.id).execute(),
  )
  expect((await mark(college.teacher, sessionId, leaver.id, 'present')).status).toBe(200)
})

it('is for the class’s own teachers', async () => {
  const college = await aCollege(test)
  const sessionId = await start(college)
  const student = nth(college.students, 0)
  for (const as of [college.otherTeacher, college.admin, student])
    expect((await mark(as, sessionId, student.id, 'present')).error).toBe('not-allowed')
  const elsewhere = await aCollege(test)
  expect((await mark(elsewhere.teacher, sessionId, student.id, 'present')).error).toBe('not-found')
})

it('ends a session first whose time was up, so that the mark is a change of the absence', async () => {
  const college = await aCollege(test)
  const sessionId = await start(college)
  test.clock.advance(2 * 3_600_000)
  const teacher = await signInAgain(test, college.teacher)
  await mark(teacher, sessionId, nth(college.students, 0).id, 'present')
  const { body } = await test.call(getBoard, { as: teacher, params: { sessionId } })
  expect(body.session.endedAt).toBe(body.session.closesAt)
  expect(body.tiles.map(({ status }) => status)).toEqual(['present', 'absent'])
})
