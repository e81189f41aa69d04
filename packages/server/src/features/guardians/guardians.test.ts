import { getGuardianHistory, listGuardianStudents, markByHand, startSession } from '@app/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson } from '../../testing/builders.ts'
import { aCollege, nth } from '../../testing/builders-class.ts'
import { aGuardianship } from '../../testing/builders-people.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

async function aFamily() {
  const college = await aCollege(app, { students: 3 })
  const guardian = await aPerson(app, college.institution, { roles: ['guardian'] })
  const [child, sibling] = [nth(college.students, 0), nth(college.students, 1)]
  for (const student of [child, sibling]) await aGuardianship(app, { guardian, student, by: college.admin })
  return { ...college, guardian, child, sibling, stranger: nth(college.students, 2) }
}

const historyOf = (as: { token: string }, studentId: string) =>
  app.call(getGuardianHistory, { as, params: { studentId } })

test('a guardian sees whether their students attend, and of nobody else', async () => {
  const family = await aFamily()
  const { body: session } = await app.call(startSession, {
    as: family.teacher,
    params: { classId: family.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
  })
  await app.call(markByHand, {
    as: family.teacher,
    params: { sessionId: session.id, studentId: family.child.id },
    body: { status: 'present', ownStatusId: null, reason: 'Seen in the room', note: '', seen: null },
  })
  const { body, raw } = await app.call(listGuardianStudents, { as: family.guardian })
  expect(body.students.map(({ personId }) => personId).sort()).toEqual([family.child.id, family.sibling.id].sort())
  const child = body.students.find(({ personId }) => personId === family.child.id)
  expect(child).toMatchObject({
    open: [{ sessionId: session.id, mark: { status: 'present' } }],
    last: [{ sessionId: session.id, status: 'present' }],
    subjects: [{ classId: family.class.id, counted: 0, percentage: null }],
  })
  expect(body.students.find(({ personId }) => personId === family.sibling.id)?.open).toMatchObject([{ mark: null }])
  expect(raw.body).not.toMatch(/face|code|method|assurance|hand/)

  const history = await historyOf(family.guardian, family.child.id)
  expect(history.body).toMatchObject({ fullName: family.child.fullName, records: [{ status: 'present' }] })
  expect((await historyOf(family.guardian, family.stranger.id)).error).toBe('not-found')
  expect((await historyOf(family.guardian, family.guardian.id)).error).toBe('not-found')
})

test('a guardian of nobody sees an empty page, and one of another institution nothing of this one', async () => {
  const [here, there] = [await aFamily(), await aFamily()]
  const lone = await aPerson(app, here.institution, { roles: ['guardian'] })
  expect((await app.call(listGuardianStudents, { as: lone })).body).toEqual({ students: [] })
  expect((await historyOf(there.guardian, here.child.id)).error).toBe('not-found')
})
