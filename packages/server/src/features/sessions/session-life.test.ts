import {
  checkInByCode,
  endSession,
  extendSession,
  getRotatingCode,
  getSession,
  pauseSession,
  resumeSession,
  type SessionView,
  startPlannedSession,
  startSession,
} from '@app/contract'
import { LONGEST_PAUSE_MINUTES, type Policy } from '@app/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCollege, nth } from '../../testing/builders-class.ts'
import { aPlannedSession } from '../../testing/builders-planned.ts'
import {
  actionsOf,
  aRunningSession,
  checkInByShown,
  inMinutes,
  markAbsent,
  of,
  stateOf,
  waitIn,
} from '../../testing/builders-running.ts'
import { startSettlingSessions } from './index.ts'

const MINUTE_MS = 60_000

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
  await startSettlingSessions(test.deps)
})
afterAll(() => test.close())

describe('starting now', () => {
  it('needs nothing but the class: the rest is as its policy says', async () => {
    const college = await aCollege(test, { policy: { methods: ['code'], sessionMinutes: 45, lateAfterMinutes: 5 } })
    const { body } = await test.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: {},
    })
    expect(body).toMatchObject({
      state: 'open',
      methods: ['code'],
      lateAfter: inMinutes(test, 5),
      closesAt: inMinutes(test, 45),
      planned: null,
    })
  })

  it('takes the session that is planned for now, so that it is not missed beside the other', async () => {
    const college = await aCollege(test)
    const planned = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: -5, room: 'R1' })
    const { body } = await test.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: { minutes: 30, lateAfterMinutes: 10, methods: ['code'] },
    })
    expect(body).toMatchObject({ id: planned.id, room: 'R1', closesAt: inMinutes(test, 30), methods: ['code'] })
  })
})

describe('a planned session', () => {
  it.each<[string, number, { opens: number; late: number; closes: number }]>([
    ['early', 20, { opens: 0, late: 10, closes: 80 }],
    ['late', -25, { opens: 0, late: 10, closes: 35 }],
    ['after it was missed', -300, { opens: 0, late: 10, closes: 10 }],
  ])('is started %s, and tells of its plan', async (_, planned, { opens, late, closes }) => {
    const college = await aCollege(test)
    const { id } = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: planned })
    const { body } = await test.call(startPlannedSession, { as: college.teacher, params: { sessionId: id } })
    expect(body).toMatchObject({
      state: 'open',
      opensAt: inMinutes(test, opens),
      lateAfter: inMinutes(test, late),
      closesAt: inMinutes(test, closes),
      planned: { opensAt: inMinutes(test, planned), closesAt: inMinutes(test, planned + 60) },
    })
  })

  it.each([
    ['start-too-early', 61],
    ['start-too-late', -60 - 721],
  ])('is not started far from its time: %s', async (error, planned) => {
    const college = await aCollege(test)
    const { id } = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: planned })
    const ask = { as: college.teacher, params: { sessionId: id } }
    expect((await test.call(getSession, ask)).body.canStart).toBe(false)
    expect((await test.call(startPlannedSession, ask)).error).toBe(error)
  })

  it('takes no mark and shows no code before it is started', async () => {
    const college = await aCollege(test)
    const session = await aPlannedSession(test, college.class, { plannedBy: college.admin })
    const room = { ...college, session }
    const code = await test.call(getRotatingCode, { as: college.teacher, ...of(room) })
    expect(code.error).toBe('session-not-started')
    const ask = { as: nth(college.students, 0), ...of(room), body: { code: 'AAAAAA' } }
    expect((await test.call(checkInByCode, ask)).error).toBe('session-not-started')
    expect((await markAbsent(test, room, 0)).error).toBe('session-not-started')
  })

  it('is not started while the class is in another one, and only once however many start it', async () => {
    const room = await aRunningSession(test)
    const { id } = await aPlannedSession(test, room.class, { plannedBy: room.admin, inMinutes: 10 })
    const start = () => test.call(startPlannedSession, { as: room.teacher, params: { sessionId: id } })
    expect((await start()).error).toBe('session-open-already')
    await test.call(endSession, { as: room.teacher, ...of(room) })
    const replies = await Promise.all(Array.from({ length: 6 }, start))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
  })

  it('opens by itself where the policy says so, whoever looks first', async () => {
    const policy: Partial<Policy> = { autoOpen: true }
    const seen = await aCollege(test, { policy })
    const looked = await aPlannedSession(test, seen.class, { plannedBy: seen.admin, inMinutes: 2 })
    const college = await aCollege(test, { policy })
    const unseen = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: 2 })
    test.clock.advance(3 * MINUTE_MS)
    const first = await test.call(getSession, { as: nth(seen.students, 0), params: { sessionId: looked.id } })
    expect(first.body).toMatchObject({ state: 'open', opensAt: inMinutes(test, 0), lateAfter: inMinutes(test, 10) })
    await test.jobs.runAll()
    const row = await test.db.inInstitution(college.institution.id, (tx) =>
      tx.selectFrom('sessions').selectAll().where('id', '=', unseen.id).executeTakeFirstOrThrow(),
    )
    expect(row).toMatchObject({ started_at: test.clock.now(), started_by: college.admin.id })
  })

  it('waits with opening by itself for the session the class is still in', async () => {
    const room = await aRunningSession(test, { policy: { autoOpen: true } })
    const { id } = await aPlannedSession(test, room.class, { plannedBy: room.admin })
    await test.jobs.runAll()
    const ask = { as: room.teacher, params: { sessionId: id } }
    expect((await test.call(getSession, ask)).body.state).toBe('planned')
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await test.jobs.runAll()
    expect((await test.call(getSession, ask)).body.state).toBe('open')
  })

  it('stays planned, and is missed, where the policy does not say so', async () => {
    const college = await aCollege(test)
    const session = await aPlannedSession(test, college.class, { plannedBy: college.admin })
    const room = { ...college, session: { id: session.id } as SessionView }
    await test.jobs.runAll()
    expect(await stateOf(test, room)).toBe('planned')
    await waitIn(test, room, 60)
    expect(await stateOf(test, room)).toBe('missed')
  })
})

describe('extending', () => {
  it('moves the end, which the other teacher’s board is told', async () => {
    const room = await aRunningSession(test)
    const ask = { as: room.admin, ...of(room), body: { closesAt: inMinutes(test, 70) } }
    expect((await test.call(extendSession, ask)).body.closesAt).toBe(inMinutes(test, 70))
    expect((await test.call(extendSession, ask)).status).toBe(200)
    const events = await test.db.inInstitution(room.institution.id, (tx) =>
      tx.selectFrom('session_events').select('event').where('session_id', '=', room.session.id).execute(),
    )
    expect(events).toMatchObject([{ event: { kind: 'session', session: { closesAt: inMinutes(test, 70) } } }])
    expect(await actionsOf(test, room)).toEqual(['session-started', 'session-extended'])
  })

  it.each([
    ['to an earlier time', 50],
    ['out of sight', 481],
  ])('is refused %s', async (_, closes) => {
    const room = await aRunningSession(test)
    const reply = await test.call(extendSession, {
      as: room.teacher,
      ...of(room),
      body: { closesAt: inMinutes(test, closes) },
    })
    expect(reply.raw.json().error.fields[0].path).toBe('body.closesAt')
  })

  it('comes too late once the time is up', async () => {
    const room = await aRunningSession(test)
    await waitIn(test, room, 60)
    const ask = { as: room.teacher, ...of(room), body: { closesAt: inMinutes(test, 5) } }
    expect((await test.call(extendSession, ask)).error).toBe('session-closed')
  })
})

describe('a pause', () => {
  it('takes no marks, shows no code, and moves lateness and the end by its length', async () => {
    const room = await aRunningSession(test)
    test.clock.advance(5 * MINUTE_MS)
    const { code } = (await test.call(getRotatingCode, { as: room.teacher, ...of(room) })).body
    expect((await test.call(pauseSession, { as: room.teacher, ...of(room) })).body).toMatchObject({
      state: 'paused',
      isOpen: false,
    })
    expect((await test.call(getRotatingCode, { as: room.teacher, ...of(room) })).error).toBe('session-paused')
    const tried = await test.call(checkInByCode, { as: nth(room.students, 0), ...of(room), body: { code } })
    expect(tried.error).toBe('session-paused')
    await waitIn(test, room, 10)
    const { body } = await test.call(resumeSession, { as: room.teacher, ...of(room) })
    expect(body).toMatchObject({
      state: 'open',
      lateAfter: inMinutes(test, 5),
      closesAt: inMinutes(test, 55),
      pausedAt: null,
    })
    expect((await checkInByShown(test, room)).body).toMatchObject({ status: 'present' })
    expect(await actionsOf(test, room)).toEqual(['session-started', 'session-paused', 'session-resumed', 'record-made'])
  })

  it('does not end with the session’s time, but by itself once it has been forgotten', async () => {
    const room = await aRunningSession(test)
    await test.call(pauseSession, { as: room.teacher, ...of(room) })
    await waitIn(test, room, 90)
    await test.jobs.runAll()
    expect(await stateOf(test, room)).toBe('paused')
    await waitIn(test, room, LONGEST_PAUSE_MINUTES - 90)
    const due = inMinutes(test, 0)
    await waitIn(test, room, 3)
    await test.jobs.runAll()
    expect((await test.call(getSession, { as: room.teacher, ...of(room) })).body).toMatchObject({
      state: 'ended',
      endedAt: due,
    })
  })

  it('is not paused twice nor gone on with twice', async () => {
    const room = await aRunningSession(test)
    const ask = { as: room.teacher, ...of(room) }
    expect((await test.call(resumeSession, ask)).error).toBe('already-done')
    await test.call(pauseSession, ask)
    expect((await test.call(pauseSession, ask)).error).toBe('session-paused')
  })
})
