import { randomUUID } from 'node:crypto'
import {
  changeClassPolicy,
  changePolicy,
  getClassReport,
  LOW_ATTENDANCE_PER_PAGE,
  listLowAttendance,
} from '@app/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, aSession, signInAgain, type TestClass, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'

const HOUR = 3_600_000

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

type Mark = {
  status: 'present' | 'late' | 'excused' | 'absent'
  own: 'half' | 'uncounted' | null
  isHeld: boolean
} | null
const plain = (status: 'present' | 'late' | 'excused' | 'absent'): Mark => ({ status, own: null, isHeld: false })

type OwnStatuses = { half: string; uncounted: string }

async function ownStatusesOf({ institution }: TestCollege): Promise<OwnStatuses> {
  const ids = { half: randomUUID(), uncounted: randomUUID() }
  const own = (id: string, name: string, weight: string | null) => ({
    ...{ institution_id: institution.id, id, name, base: 'present' as const, weight },
    created_at: app.clock.now(),
  })
  await app.db.inInstitution(institution.id, (tx) =>
    tx
      .insertInto('statuses')
      .values([own(ids.half, 'Half', '0.55'), own(ids.uncounted, 'Trip', null)])
      .execute(),
  )
  return ids
}

/** An ended session of an hour that opens this many hours after the start of the test, with the marks of `students`. */
async function held(
  { institution, teacher }: TestCollege,
  of: TestClass,
  { hour, marks, own }: { hour: number; marks: readonly (readonly [TestPerson, Mark])[]; own?: OwnStatuses },
) {
  const opensAt = new Date(app.clock.now().getTime() + hour * HOUR)
  const { id } = await aSession(app, of, { startedBy: teacher, opensAt, endedAfterMinutes: 60 })
  const rows = marks.flatMap(([student, mark]) =>
    mark === null
      ? []
      : [
          {
            institution_id: institution.id,
            session_id: id,
            student_id: student.id,
            status: mark.status,
            method: 'hand' as const,
            assurance: 'D' as const,
            marked_at: opensAt,
            marked_by: teacher.id,
            reason: null,
            custom_status_id: mark.own === null ? null : (own?.[mark.own] ?? null),
            held_at: mark.isHeld ? opensAt : null,
          },
        ],
  )
  if (rows.length > 0)
    await app.db.inInstitution(institution.id, (tx) => tx.insertInto('records').values(rows).execute())
}

async function ask(college: TestCollege) {
  const as = await signInAgain(app, college.admin)
  const first = (await app.call(listLowAttendance, { as, query: {} })).body
  const students = [...first.students]
  for (let next = first.next; next !== null; ) {
    const page = (await app.call(listLowAttendance, { as, query: { after: next } })).body
    expect(page.total).toBe(first.total)
    students.push(...page.students)
    next = page.next
  }
  expect(students).toHaveLength(first.total)
  return students
}

it('names who is below what their class asks, the lowest first, with the sessions it comes from', async () => {
  const college = await aCollege(app, { students: 3 })
  const [often, seldom, never] = [nth(college.students, 0), nth(college.students, 1), nth(college.students, 2)]
  for (let hour = 0; hour < 4; hour++)
    await held(college, college.class, {
      hour,
      marks: [
        [often, plain('present')],
        [seldom, plain(hour < 2 ? 'late' : 'absent')],
      ],
    })
  expect(await ask(college)).toMatchObject([
    { personId: never.id, percentage: 0, presentSessions: 0, totalSessions: 4 },
    { personId: seldom.id, percentage: 50, presentSessions: 2, totalSessions: 4, minimumPercentage: 75 },
  ])
})

it('asks each class by its own policy, and nobody where there is no such rule', async () => {
  const college = await aCollege(app, { students: 1 })
  const student = nth(college.students, 0)
  const strict = await aClass(app, college.institution, { students: [student] })
  for (const of of [college.class, strict])
    for (let hour = 0; hour < 4; hour++)
      await held(college, of, { hour, marks: [[student, plain(hour === 0 ? 'absent' : 'present')]] })
  expect(await ask(college)).toEqual([])
  const { admin } = college
  await app.call(changeClassPolicy, {
    as: admin,
    params: { classId: strict.id },
    body: { changes: { minimumPercentage: 80 }, reset: [] },
  })
  expect(await ask(college)).toMatchObject([{ classId: strict.id, percentage: 75, minimumPercentage: 80 }])
  await app.call(changePolicy, { as: admin, body: { changes: { minimumPercentage: 76 }, reset: [] } })
  expect((await ask(college)).map(({ classId }) => classId).sort()).toEqual([college.class.id, strict.id].sort())
  await app.call(changePolicy, { as: admin, body: { changes: { minimumPercentage: null }, reset: [] } })
  expect((await ask(college)).map(({ classId }) => classId)).toEqual([strict.id])
})

it('leaves out who is disabled, who has left, and classes that are over; and is for admins', async () => {
  const college = await aCollege(app, { students: 2 })
  const [gone, disabled] = [nth(college.students, 0), nth(college.students, 1)]
  const old = await aClass(app, college.institution, { students: college.students })
  for (const of of [college.class, old]) await held(college, of, { hour: 1, marks: [] })
  expect(await ask(college)).toHaveLength(4)
  await app.db.inInstitution(college.institution.id, async (tx) => {
    await tx.updateTable('people').set({ status: 'disabled' }).where('id', '=', disabled.id).execute()
    await tx.updateTable('classes').set({ archived_at: app.clock.now() }).where('id', '=', old.id).execute()
  })
  expect((await ask(college)).map(({ personId }) => personId)).toEqual([gone.id])
  await app.db.inInstitution(college.institution.id, (tx) =>
    tx.updateTable('class_students').set({ left_at: app.clock.now() }).where('person_id', '=', gone.id).execute(),
  )
  expect(await ask(college)).toEqual([])
  expect((await app.call(listLowAttendance, { as: college.teacher, query: {} })).error).toBe('not-allowed')
  for (const after of ['1_2_3', 'nothing', '-1_x'])
    expect((await app.call(listLowAttendance, { as: college.admin, query: { after } })).error).toBe('bad-input')
})

it('comes a page at a time, everybody once', async () => {
  const college = await aCollege(app, { students: 0 })
  const students: TestPerson[] = []
  for (let i = 0; i <= LOW_ATTENDANCE_PER_PAGE; i++)
    students.push(await aPerson(app, college.institution, { roles: ['student'] }))
  const large = await aClass(app, college.institution, { students })
  await held(college, large, { hour: 1, marks: students.map((student) => [student, plain('absent')] as const) })
  const named = (await ask(college)).map(({ personId }) => personId)
  expect(named.toSorted()).toEqual(students.map(({ id }) => id).toSorted())
})

const Marks = fc.option(
  fc.record({
    status: fc.constantFrom('present' as const, 'late' as const, 'excused' as const, 'absent' as const),
    own: fc.option(fc.constantFrom('half' as const, 'uncounted' as const), { freq: 3 }),
    isHeld: fc.boolean(),
  }),
)
/** Stays as hours since the start, one after the other; the last one is not over. */
const Stays = fc
  .uniqueArray(fc.integer({ min: -3, max: 30 }), { minLength: 1, maxLength: 5 })
  .map((hours) => hours.toSorted((a, b) => a - b))
  .map((hours) => (hours.length % 2 === 1 ? hours : hours.slice(1)))
const Students = fc.array(Stays, { minLength: 1, maxLength: 4 })
const Sessions = fc.array(fc.tuple(fc.integer({ min: -2, max: 28 }), fc.array(Marks, { minLength: 4, maxLength: 4 })), {
  maxLength: 8,
})

it('says of everybody what the report of their class says', async () => {
  const Policies = fc.record({
    lateWeight: fc.constantFrom(0, 0.5, 0.33, 1),
    minimumPercentage: fc.constantFrom(null, 0, 33, 50, 75, 100),
  })
  await fc.assert(
    fc.asyncProperty(Policies, Students, Sessions, async (policy, stays, sessions) => {
      const college = await aCollege(app, { students: 0, policy })
      const own = await ownStatusesOf(college)
      const students: TestPerson[] = []
      for (const hours of stays) {
        const student = await aPerson(app, college.institution, { roles: ['student'] })
        students.push(student)
        await stay(college, student, hours)
      }
      for (const [hour, marks] of sessions)
        await held(college, college.class, { hour, own, marks: students.map((who, i) => [who, marks[i] ?? null]) })
      const as = await signInAgain(app, college.admin)
      const { rows } = (await app.call(getClassReport, { as, params: { classId: college.class.id } })).body
      const { minimumPercentage } = policy
      const below = rows.flatMap(({ personId, percentage, presentSessions, totalSessions }) =>
        percentage !== null && minimumPercentage !== null && percentage < minimumPercentage
          ? [{ personId, percentage, presentSessions, totalSessions }]
          : [],
      )
      const order = (a: (typeof below)[number], b: (typeof below)[number]) =>
        a.percentage - b.percentage || (a.personId < b.personId ? -1 : 1)
      const named = await ask(college)
      expect(
        named.map(({ personId, percentage, presentSessions, totalSessions }) => ({
          ...{ personId, percentage, presentSessions, totalSessions },
        })),
      ).toEqual(below.toSorted(order))
    }),
    { numRuns: 40 },
  )
}, 120_000)

/** Every two hours are a stay that is over; the last one begins one that is not. */
async function stay(
  { institution, class: { id: class_id } }: TestCollege,
  { id: person_id }: TestPerson,
  hours: number[],
) {
  const at = (hour: number) => new Date(app.clock.now().getTime() + hour * HOUR)
  const rows = hours.flatMap((hour, i) => {
    const until = hours[i + 1]
    if (i % 2 === 1) return []
    return [
      {
        institution_id: institution.id,
        class_id,
        person_id,
        joined_at: at(hour),
        left_at: until === undefined ? null : at(until),
      },
    ]
  })
  await app.db.inInstitution(institution.id, (tx) => tx.insertInto('class_students').values(rows).execute())
}
