import {
  cancelSession,
  checkInByCode,
  endSession,
  extendSession,
  getBoard,
  getRotatingCode,
  pauseSession,
  reopenSession,
  restoreSession,
  resumeSession,
  startPlannedSession,
  startSession,
} from '@app/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aPlannedSession } from '../../testing/builders-planned.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ maxConnections: 20 })
})
afterAll(() => test.close())

async function start(college: TestCollege): Promise<string> {
  const params = { classId: college.class.id }
  return (await test.call(startSession, { as: college.teacher, params, body: { methods: ['code'] } })).body.id
}

const answerOf = (reply: { status: number; error: string | undefined }) =>
  [reply.status, reply.error].filter(Boolean).join(' ')

const recordsOf = (college: TestCollege, sessionId: string) =>
  test.db.inInstitution(college.institution.id, (tx) =>
    tx.selectFrom('records').selectAll().where('session_id', '=', sessionId).execute(),
  )

it.each([
  ['paused', 'session-paused'],
  ['cancelled', 'session-cancelled'],
] as const)('is %s before or after each check-in in flight, never between', async (how, refused) => {
  const college = await aCollege(test, { students: 20 })
  for (let round = 0; round < 4; round++) {
    const params = { sessionId: await start(college) }
    test.clock.advance(1000)
    const { code } = (await test.call(getRotatingCode, { as: college.teacher, params })).body
    const stop = () =>
      how === 'paused'
        ? test.call(pauseSession, { as: college.teacher, params })
        : test.call(cancelSession, { as: college.teacher, params, body: { reason: 'Fire drill' } })
    const replies = await Promise.all(
      college.students.flatMap((as, i) => {
        const checkingIn = test.call(checkInByCode, { as, params, body: { code } })
        return i === 10 ? [checkingIn, stop()] : [checkingIn]
      }),
    )
    const answers = replies.map(answerOf)
    expect(answers.filter((answer) => answer !== '200' && answer !== `409 ${refused}`)).toEqual([])
    const marked = answers.filter((answer) => answer === '200').length - 1
    expect(await recordsOf(college, params.sessionId)).toHaveLength(marked)
    const { body: board } = await test.call(getBoard, { as: college.teacher, params })
    // One event a mark, and the one that stopped it.
    expect(board.seq).toBe(marked + 1)
    if (how === 'paused') {
      await test.call(resumeSession, { as: college.teacher, params })
      await test.call(endSession, { as: college.teacher, params })
    }
    test.clock.advance(10_000)
  }
})

it('leaves a class at most one session that runs, whatever opens them', async () => {
  const college = await aCollege(test)
  const params = { sessionId: await start(college) }
  await test.call(endSession, { as: college.teacher, params })
  const cancelled = { sessionId: await start(college) }
  await test.call(cancelSession, { as: college.teacher, params: cancelled, body: { reason: 'Wrong class' } })
  const planned = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: 20 })
  test.clock.advance(1000)
  for (let round = 0; round < 4; round++) {
    const replies = await Promise.all([
      test.call(reopenSession, { as: college.teacher, params, body: { minutes: 10 } }),
      test.call(restoreSession, { as: college.teacher, params: cancelled }),
      test.call(startPlannedSession, { as: college.teacher, params: { sessionId: planned.id } }),
      test.call(startSession, { as: college.teacher, params: { classId: college.class.id }, body: {} }),
    ])
    const answers = replies.map(answerOf)
    const ways = ['200', '409 session-open-already', '409 restore-too-late', '409 session-closed', '409 already-done']
    expect(answers.filter((answer) => !ways.includes(answer))).toEqual([])
    const running = await test.db.inInstitution(college.institution.id, (tx) =>
      tx
        .selectFrom('sessions')
        .select('id')
        .where('started_at', 'is not', null)
        .where('ended_at', 'is', null)
        .where('cancelled_at', 'is', null)
        .execute(),
    )
    expect(running).toHaveLength(1)
    test.clock.advance(1000)
    await test.call(endSession, { as: college.teacher, params: { sessionId: nth(running, 0).id } })
    test.clock.advance(1000)
  }
})

it('extends once where two teachers extend from the same board, and ends before or after it', async () => {
  const college = await aCollege(test)
  for (let round = 0; round < 10; round++) {
    const params = { sessionId: await start(college) }
    const { session } = (await test.call(getBoard, { as: college.teacher, params })).body
    const closesAt = new Date(Date.parse(session.closesAt) + 300_000).toISOString()
    test.clock.advance(1000)
    const extend = () => test.call(extendSession, { as: college.admin, params, body: { closesAt } })
    const replies = await Promise.all([extend(), test.call(endSession, { as: college.teacher, params }), extend()])
    expect(answerOf(nth(replies, 1))).toBe('200')
    for (const reply of replies) expect(['200', '409 session-closed']).toContain(answerOf(reply))
    const audit = await test.db.inInstitution(college.institution.id, (tx) =>
      tx.selectFrom('audit_log').select('action').where('session_id', '=', params.sessionId).orderBy('id').execute(),
    )
    expect(audit.filter(({ action }) => action === 'session-extended').length).toBeLessThan(2)
    expect(audit.findLastIndex(({ action }) => action === 'session-extended')).toBeLessThan(
      audit.findIndex(({ action }) => action === 'session-ended'),
    )
    test.clock.advance(1000)
  }
})

it('never leaves an absence behind when a session is ended and opened again at once', async () => {
  const college = await aCollege(test, { students: 10 })
  const params = { sessionId: await start(college) }
  test.clock.advance(1000)
  for (let round = 0; round < 6; round++) {
    const replies = await Promise.all([
      test.call(endSession, { as: college.teacher, params }),
      test.call(reopenSession, { as: college.teacher, params, body: { minutes: 30 } }),
      test.call(endSession, { as: college.teacher, params }),
      test.call(reopenSession, { as: college.teacher, params, body: { minutes: 30 } }),
    ])
    for (const reply of replies) expect(['200', '409 session-closed', '409 already-done']).toContain(answerOf(reply))
    const { session } = (await test.call(getBoard, { as: college.teacher, params })).body
    expect(await recordsOf(college, params.sessionId)).toHaveLength(session.isOpen ? 0 : 10)
    test.clock.advance(1000)
  }
})
