import { checkInByCode, getRotatingCode, startSession } from '@app/contract'
import type { Policy } from '@app/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

const start = (college: TestCollege, methods: ('face' | 'code')[] = ['face', 'code']) =>
  test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods },
  })

/** What is decided on a page, decided at once. */
const decide = ({ institution }: TestCollege, policy: Partial<Policy>) =>
  test.db.inInstitution(institution.id, (tx) =>
    tx
      .updateTable('institutions')
      .set({ policy: JSON.stringify(policy) })
      .execute(),
  )

describe('what a session asks', () => {
  it('is nothing beside the method, until a policy says so', async () => {
    const { body } = await start(await aCollege(test))
    expect(body).toMatchObject({ assurance: 'D', presence: { proofs: [], needs: 'all' }, methods: ['face', 'code'] })
  })

  it('leaves out the methods that cannot reach the level demanded', async () => {
    const policy = { assurance: 'A', presenceProofs: ['room-code'] } as const
    const { body } = await start(await aCollege(test, { policy }))
    expect(body).toMatchObject({ ...{ assurance: 'A', methods: ['face'] }, presence: { proofs: ['room-code'] } })
  })

  it('refuses to start by code alone where a face is demanded', async () => {
    expect((await start(await aCollege(test, { policy: { assurance: 'B' } }), ['code'])).error).toBe('face-needed')
  })

  it('refuses to start under a policy that nobody could satisfy', async () => {
    const college = await aCollege(test, { policy: { assurance: 'A' } })
    expect((await start(college)).error).toBe('policy-assurance-needs-presence')
  })

  it('is decided for its class before its institution', async () => {
    const college = await aCollege(test, { policy: { assurance: 'B', codeSeconds: 10 } })
    await test.db.inInstitution(college.institution.id, (tx) =>
      tx
        .updateTable('classes')
        .set({ policy: JSON.stringify({ assurance: 'C' }) })
        .where('id', '=', college.class.id)
        .execute(),
    )
    const { body } = await start(college)
    expect(body).toMatchObject({ assurance: 'C', methods: ['face', 'code'] })
    const { body: code } = await test.call(getRotatingCode, { as: college.teacher, params: { sessionId: body.id } })
    expect(code.periodMs).toBe(10_000)
  })

  it('stays as it was when it started', async () => {
    const college = await aCollege(test, { policy: { codeSeconds: 20 } })
    const { body: session } = await start(college)
    const params = { sessionId: session.id }
    const shown = await test.call(getRotatingCode, { as: college.teacher, params })
    await decide(college, { codeSeconds: 3, assurance: 'B' })
    const after = await test.call(getRotatingCode, { as: college.teacher, params })
    expect(after.body).toMatchObject({ code: shown.body.code, periodMs: 20_000 })
    test.clock.advance(20_000)
    const type = (as: { token: string }) => test.call(checkInByCode, { as, params, body: { code: shown.body.code } })
    expect((await type(nth(college.students, 0))).body).toMatchObject({ outcome: 'accepted' })
    test.clock.advance(20_000)
    expect((await type(nth(college.students, 1))).error).toBe('code-expired')
  })
})

describe('a face demanded', () => {
  it('is not stood in for by a good code', async () => {
    const college = await aCollege(test, { policy: { assurance: 'B', presenceProofs: ['room-code'] } })
    const { body: session } = await start(college)
    const params = { sessionId: session.id }
    const { body: shown } = await test.call(getRotatingCode, { as: college.teacher, params })
    const as = nth(college.students, 0)
    expect((await test.call(checkInByCode, { as, params, body: { code: shown.code } })).error).toBe('face-needed')
  })
})
