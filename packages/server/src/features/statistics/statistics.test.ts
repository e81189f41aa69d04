import { randomUUID } from 'node:crypto'
import { getRefusalStatistics } from '@app/contract'
import type { Action, FaceRefusal, Light } from '@app/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, anInstitution, aPerson, aSession, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { checkIn, readShownFaces } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom } from '../../testing/builders-room.ts'

const DAY = 24 * 60 * 60_000

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

type Tried = {
  outcome?: 'accepted' | 'held' | 'refused'
  because?: FaceRefusal['because']
  action?: Action
  device?: 'phone' | 'tablet' | 'computer'
  light?: Light
  daysAgo?: number
}

/** Attempts as they are kept, each of one student. */
async function tried(college: TestCollege, sessionId: string | null, student: TestPerson, each: Tried[]) {
  const institution_id = college.institution.id
  await test.db.inInstitution(institution_id, async (tx) => {
    for (const given of each) {
      const at = new Date(test.clock.now().getTime() - (given.daysAgo ?? 0) * DAY)
      const id = randomUUID()
      await tx
        .insertInto('challenges')
        .values({
          institution_id,
          id,
          purpose: sessionId === null ? 'enrolment' : 'check-in',
          person_id: student.id,
          login_id: student.loginId,
          session_id: sessionId,
          actions: ['blink', 'smile'],
          created_at: at,
          expires_at: at,
          spent_at: at,
        })
        .execute()
      await tx
        .insertInto('attempts')
        .values({
          institution_id,
          id,
          challenge_id: id,
          person_id: student.id,
          session_id: sessionId,
          at,
          outcome: given.outcome ?? 'refused',
          because: given.outcome === undefined ? (given.because ?? 'too-dark') : null,
          action: given.action ?? null,
          camera_label: '',
          device_kind: given.device ?? 'phone',
          light: given.light ?? 'normal',
        })
        .execute()
    }
  })
}

const ask = (as: TestPerson, query: { days?: number; classId?: string } = {}) =>
  test.call(getRefusalStatistics, { as, query })

it('counts each reason over all, by device and by light, the most frequent first', async () => {
  const college = await aCollege(test, { students: 6 })
  const { id } = await aSession(test, college.class, { startedBy: college.teacher })
  for (const student of college.students)
    await tried(college, id, student, [
      { because: 'too-dark', light: 'dim' },
      { because: 'too-dark', light: 'dim', device: 'computer' },
      { because: 'action-missing', action: 'blink', device: 'computer' },
      { outcome: 'accepted' },
    ])
  const { body } = await ask(college.teacher)
  const dark = { because: 'too-dark', action: null }
  const noBlink = { because: 'action-missing', action: 'blink', count: 6 }
  expect(body.totals).toEqual({ attempts: 24, accepted: 6, held: 0, refused: 18 })
  expect(body.reasons).toEqual([{ ...dark, count: 12 }, noBlink])
  expect(body.byDevice).toEqual([
    { group: 'phone', attempts: 12, refused: 6, reasons: [{ ...dark, count: 6 }] },
    { group: 'computer', attempts: 12, refused: 12, reasons: [noBlink, { ...dark, count: 6 }] },
  ])
  expect(body.byLight).toEqual([
    { group: 'dim', attempts: 12, refused: 12, reasons: [{ ...dark, count: 12 }] },
    { group: 'normal', attempts: 12, refused: 6, reasons: [noBlink] },
  ])
})

it('tells groups of fewer than five students only together with others', async () => {
  const college = await aCollege(test, { students: 10 })
  const { id } = await aSession(test, college.class, { startedBy: college.teacher })
  for (const student of college.students.slice(0, 8)) await tried(college, id, student, [{ device: 'phone' }])
  for (const student of college.students.slice(0, 5)) await tried(college, id, student, [{ device: 'computer' }])
  await tried(college, id, nth(college.students, 9), [{ device: 'tablet', because: 'no-face' }])
  const { body } = await ask(college.teacher)
  expect(body.byDevice.map(({ group, attempts }) => [group, attempts])).toEqual([
    ['phone', 8],
    ['too-few', 6],
  ])
})

it('shows a teacher the classes they teach, an admin the institution with its enrolments', async () => {
  const college = await aCollege(test, { students: 1 })
  const student = nth(college.students, 0)
  const taught = await aSession(test, college.class, { startedBy: college.teacher })
  const other = await aClass(test, college.institution, { teachers: [college.otherTeacher], students: [student] })
  const elsewhere = await aSession(test, other, { startedBy: college.otherTeacher })
  await tried(college, taught.id, student, [{}, {}])
  await tried(college, elsewhere.id, student, [{}])
  await tried(college, null, student, [{}])
  expect((await ask(college.teacher)).body.totals.attempts).toBe(2)
  expect((await ask(college.otherTeacher)).body.totals.attempts).toBe(1)
  expect((await ask(college.admin)).body.totals.attempts).toBe(4)
  expect((await ask(college.admin, { classId: other.id })).body.totals.attempts).toBe(1)
  expect((await ask(college.teacher, { classId: other.id })).error).toBe('not-allowed')
})

it('looks back ninety days and no further', async () => {
  const college = await aCollege(test, { students: 1 })
  const { id } = await aSession(test, college.class, { startedBy: college.teacher })
  await tried(college, id, nth(college.students, 0), [{ daysAgo: 6 }, { daysAgo: 89 }, { daysAgo: 91 }])
  expect((await ask(college.teacher)).body.totals.attempts).toBe(2)
  expect((await ask(college.teacher, { days: 7 })).body.totals.attempts).toBe(1)
  for (const days of [0, 91, 1.5]) expect((await ask(college.teacher, { days })).error).toBe('bad-input')
})

it('has nothing to say of another institution, and empty figures where nobody has tried', async () => {
  const there = await anInstitution(test)
  const admin = await aPerson(test, there, { roles: ['admin'] })
  const { body } = await ask(admin)
  expect(body).toMatchObject({ totals: { attempts: 0, refused: 0 }, reasons: [], byDevice: [], byLight: [] })
})

it('keeps what an upload came from, and names no student and no score', async () => {
  const room = await aRoom(test)
  await checkIn(test, room.alice, room.sessionId, { ...aliceIn(room), light: 'dim', genuine: 0.1 })
  const kept = await test.db.inInstitution(room.institution.id, (tx) =>
    tx.selectFrom('attempts').select(['light', 'device_kind']).where('outcome', '=', 'refused').execute(),
  )
  expect(kept).toEqual([{ light: 'dim', device_kind: 'unknown' }])
  const { raw, body } = await ask(room.teacher)
  expect(body.reasons).toEqual([{ because: 'spoof-suspected', action: null, count: 1 }])
  expect(raw.body).not.toMatch(new RegExp(`${room.alice.id}|${room.alice.rollNo}|score|similar|genuine`, 'i'))
})
