import { endSession, getBoard, getSession, listClassSessions, startSession } from '@app/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { startSettlingSessions } from './index.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

const HOUR = { minutes: 60, lateAfterMinutes: 10, methods: ['face' as const, 'code' as const] }

async function start(college: TestCollege, body: Partial<typeof HOUR> = {}) {
  const params = { classId: college.class.id }
  return test.call(startSession, { as: college.teacher, params, body: { ...HOUR, ...body } })
}

async function auditOf(college: TestCollege, sessionId: string) {
  return test.db.inInstitution(college.institution.id, (tx) =>
    tx.selectFrom('audit_log').selectAll().where('session_id', '=', sessionId).orderBy('id').execute(),
  )
}

describe('starting a session', () => {
  it('opens a window by the server’s clock', async () => {
    const college = await aCollege(test)
    const { status, body } = await start(college)
    const at = test.clock.now().getTime()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      isOpen: true,
      endedAt: null,
      opensAt: new Date(at).toISOString(),
      lateAfter: new Date(at + 600_000).toISOString(),
      closesAt: new Date(at + 3_600_000).toISOString(),
      methods: ['face', 'code'],
    })
  })

  it('leaves one open session per class, however many start at once', async () => {
    const college = await aCollege(test)
    const replies = await Promise.all(Array.from({ length: 12 }, () => start(college)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'session-open-already')).toHaveLength(11)
  })

  it('is for the class’s own teachers', async () => {
    const college = await aCollege(test)
    const ask = { params: { classId: college.class.id }, body: HOUR }
    expect((await test.call(startSession, { ...ask, as: college.otherTeacher })).error).toBe('not-allowed')
    expect((await test.call(startSession, { ...ask, as: college.admin })).error).toBe('not-allowed')
    expect((await test.call(startSession, { ...ask, as: nth(college.students, 0) })).error).toBe('not-allowed')
    const elsewhere = await aCollege(test)
    expect((await test.call(startSession, { ...ask, as: elsewhere.teacher })).error).toBe('not-found')
  })

  it('refuses to be late only after it has closed', async () => {
    const college = await aCollege(test)
    const { error, raw } = await start(college, { minutes: 5, lateAfterMinutes: 6 })
    expect(error).toBe('bad-input')
    expect(raw.json().error.fields[0].path).toBe('body.lateAfterMinutes')
  })

  it('allows no method that the institution’s policy leaves out', async () => {
    const college = await aCollege(test, { policy: { methods: ['code'] } })
    expect((await start(college, { methods: ['face'] })).error).toBe('method-not-allowed-here')
    expect((await start(college)).body.methods).toEqual(['code'])
  })

  it('is possible again once the last one’s time is up, which ends then and not now', async () => {
    const college = await aCollege(test)
    const first = await start(college)
    test.clock.advance(3 * 3_600_000)
    college.teacher = { ...college.teacher, ...(await signInAgain(test, college.teacher)) }
    expect((await start(college)).status).toBe(200)
    const { body } = await test.call(getSession, { as: college.teacher, params: { sessionId: first.body.id } })
    expect(body.endedAt).toBe(first.body.closesAt)
  })
})

describe('ending a session', () => {
  it('marks the rest absent with an audit line each and tells the boards', async () => {
    const college = await aCollege(test, { students: 3 })
    const { body: session } = await start(college)
    test.clock.advance(60_000)
    const params = { sessionId: session.id }
    const { body } = await test.call(endSession, { as: college.teacher, params })
    expect(body).toMatchObject({ isOpen: false, endedAt: test.clock.now().toISOString() })

    const { body: board } = await test.call(getBoard, { as: college.teacher, params })
    expect(board.tiles.map(({ status, method, assurance }) => [status, method, assurance])).toEqual(
      Array(3).fill(['absent', 'closing', null]),
    )
    expect(board.seq).toBe(2)
    const audit = await auditOf(college, session.id)
    expect(audit.map(({ action }) => action)).toEqual([
      'session-started',
      'session-ended',
      'record-made',
      'record-made',
      'record-made',
    ])
    expect(audit[1]).toMatchObject({ actor_id: college.teacher.id, new_value: { markedAbsent: 3 } })
  })

  it('ends once, however many ask at once', async () => {
    const college = await aCollege(test)
    const { body: session } = await start(college)
    test.clock.advance(60_000)
    const replies = await Promise.all(
      Array.from({ length: 10 }, () =>
        test.call(endSession, { as: college.teacher, params: { sessionId: session.id } }),
      ),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'session-closed')).toHaveLength(9)
    expect((await auditOf(college, session.id)).filter(({ action }) => action === 'session-ended')).toHaveLength(1)
  })

  it('does not count whoever joined after it had ended', async () => {
    const college = await aCollege(test)
    const { body: session } = await start(college)
    test.clock.advance(60_000)
    await test.call(endSession, { as: college.teacher, params: { sessionId: session.id } })
    test.clock.advance(60_000)
    const late = await aPerson(test, college.institution, { roles: ['student'], rollNo: 'R9' })
    await test.db.inInstitution(college.institution.id, (tx) =>
      tx
        .insertInto('class_students')
        .values({
          institution_id: college.institution.id,
          class_id: college.class.id,
          person_id: late.id,
          joined_at: test.clock.now(),
          left_at: null,
        })
        .execute(),
    )
    const { body } = await test.call(getBoard, { as: college.teacher, params: { sessionId: session.id } })
    expect(body.tiles.map(({ rollNo }) => rollNo)).toEqual(['R1', 'R2'])
  })

  it('happens by itself when its time is up, as of then', async () => {
    const college = await aCollege(test)
    const { body: session } = await start(college)
    await startSettlingSessions(test.deps)
    test.clock.advance(3_600_000 + 45_000)
    await test.jobs.runAll()
    const { rows } = await test.db.inInstitution(college.institution.id, (tx) =>
      sql<{ ended_at: Date; absent: string }>`
        select s.ended_at, count(*) as absent from sessions s join records r on r.session_id = s.id and r.status = 'absent'
        where s.id = ${session.id} group by s.ended_at`.execute(tx),
    )
    expect(rows).toEqual([{ ended_at: new Date(session.closesAt), absent: '2' }])
    expect((await auditOf(college, session.id)).at(1)).toMatchObject({ action: 'session-ended', actor_id: null })
  })

  it('happens by itself also where nobody had looked before somebody opens it', async () => {
    const college = await aCollege(test)
    const { body: session } = await start(college)
    test.clock.advance(3_600_000)
    const teacher = await signInAgain(test, college.teacher)
    const { body } = await test.call(listClassSessions, { as: teacher, params: { classId: college.class.id } })
    expect(body.sessions[0]).toMatchObject({ id: session.id, endedAt: session.closesAt, absent: 2, present: 0 })
    expect((await test.call(endSession, { as: teacher, params: { sessionId: session.id } })).error).toBe(
      'session-closed',
    )
  })
})

describe('seeing a session', () => {
  it('is for its teachers, its students and the admins', async () => {
    const college = await aCollege(test)
    const { body: session } = await start(college)
    const params = { sessionId: session.id }
    for (const as of [college.teacher, college.admin, nth(college.students, 0)])
      expect((await test.call(getSession, { as, params })).body.id).toBe(session.id)
    const stranger = await aPerson(test, college.institution, { roles: ['student'] })
    for (const as of [college.otherTeacher, stranger])
      expect((await test.call(getSession, { as, params })).error).toBe('not-allowed')
    const elsewhere = await aCollege(test)
    for (const as of [elsewhere.teacher, elsewhere.admin, nth(elsewhere.students, 0)])
      expect((await test.call(getSession, { as, params })).error).toBe('not-found')
  })
})
