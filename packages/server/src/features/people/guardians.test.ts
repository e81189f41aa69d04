import { changeRoles, getPerson, inviteGuardian, listPersonHistory, unlinkGuardian } from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import type { TestPerson } from '../../testing/builders.ts'
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

describe('a guardian', () => {
  const link = (email: string, of = student) =>
    app.call(inviteGuardian, {
      as: college.admin,
      params: { personId: of.id },
      body: { fullName: 'Gita Guardian', email },
    })

  test('is made and invited for an address that nobody has, and unlinked again', async () => {
    const email = `${crypto.randomUUID()}@home.test`
    const { body } = await link(email)
    expect(body.link).toContain('/invite#')
    expect((await look(student)).guardians).toEqual([
      { personId: body.personId, fullName: 'Gita Guardian', email, status: 'invited' },
    ])
    expect(await look({ id: body.personId })).toMatchObject({
      roles: ['guardian'],
      students: [{ personId: student.id }],
    })
    expect((await link(email)).error).toBe('already-done')
    const second = nth(college.students, 1)
    expect((await link(email, second)).body.personId).toBe(body.personId)

    const unlink = () =>
      app.call(unlinkGuardian, {
        as: college.admin,
        params: { personId: student.id, guardianId: body.personId },
      })
    expect((await unlink()).status).toBe(200)
    expect((await unlink()).error).toBe('not-found')
    expect((await look({ id: body.personId })).students).toMatchObject([{ personId: second.id }])
    expect((await history(student)).map(({ action }) => action)).toEqual(['guardian-unlinked', 'guardian-linked'])
  })

  test('may be a teacher here already, who keeps being one and is sent nothing', async () => {
    const { body } = await link(college.teacher.email ?? '')
    expect(body).toEqual({ personId: college.teacher.id, sentTo: null, link: null, code: null })
    expect((await look(college.teacher)).roles).toEqual(['guardian', 'teacher'])
  })

  test('is of a student, and not oneself', async () => {
    expect((await link(student.email ?? '')).error).toBe('bad-input')
    expect((await link('new@home.test', college.teacher)).error).toBe('bad-input')
  })

  test('who stops being one sees nobody any more', async () => {
    await link(college.otherTeacher.email ?? '')
    await app.call(changeRoles, {
      as: college.admin,
      params: { personId: college.otherTeacher.id },
      body: { roles: ['teacher'] },
    })
    expect((await look(student)).guardians).toEqual([])
  })
})
