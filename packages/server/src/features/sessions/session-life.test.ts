import {
  cancelSession,
  checkInByCode,
  endSession,
  extendSession,
  getBoard,
  getRotatingCode,
  getSession,
  markByHand,
  pauseSession,
  reopenSession,
  restoreSession,
  resumeSession,
  type SessionView,
  startPlannedSession,
  startSession,
  unlockMarks,
} from '@app/contract'
import { LONGEST_PAUSE_MINUTES, type Policy } from '@app/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aPlannedSession } from '../../testing/builders-planned.ts'
import { startSettlingSessions } from './index.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
  await startSettlingSessions(test.deps)
})
afterAll(() => test.close())

const MINUTE_MS = 60_000
const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * MINUTE_MS).toISOString()

type Room = TestCollege & { session: SessionView }

/** An hour that is late after ten minutes and has just begun. */
async function aRunningSession(given: Parameters<typeof aCollege>[1] = {}): Promise<Room> {
  const college = await aCollege(test, given)
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
  })
  return { ...college, session: body }
}

const of = (room: { session: { id: string } }) => ({ params: { sessionId: room.session.id } })

/** After hours the access tokens of the builders have run out. */
async function wait(minutes: number, room: TestCollege): Promise<void> {
  test.clock.advance(minutes * MINUTE_MS)
  room.teacher = { ...room.teacher, ...(await signInAgain(test, room.teacher)) }
  room.admin = { ...room.admin, ...(await signInAgain(test, room.admin)) }
  for (const [i, student] of room.students.entries())
    room.students[i] = { ...student, ...(await signInAgain(test, student)) }
}

const stateOf = async (room: Room) => (await test.call(getSession, { as: room.teacher, ...of(room) })).body.state

async function checkIn(room: Room, student = 0) {
  const { body } = await test.call(getRotatingCode, { as: room.teacher, ...of(room) })
  return test.call(checkInByCode, { as: nth(room.students, student), ...of(room), body: { code: body.code } })
}

const markAbsent = (room: TestCollege & { session: { id: string } }, student: number) =>
  test.call(markByHand, {
    as: room.teacher,
    params: { sessionId: room.session.id, studentId: nth(room.students, student).id },
    body: { status: 'absent', ownStatusId: null, reason: 'Seen leaving', note: '', seen: null },
  })

async function actionsOf(room: Room): Promise<string[]> {
  const rows = await test.db.inInstitution(room.institution.id, (tx) =>
    tx.selectFrom('audit_log').select('action').where('session_id', '=', room.session.id).orderBy('id').execute(),
  )
  return rows.map(({ action }) => action)
}

const marksOf = async (room: Room) => {
  const { body } = await test.call(getBoard, { as: room.teacher, ...of(room) })
  return body.tiles.map(({ status, method }) => (status === null ? null : `${status} by ${method}`))
}

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
      lateAfter: inMinutes(5),
      closesAt: inMinutes(45),
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
    expect(body).toMatchObject({ id: planned.id, room: 'R1', closesAt: inMinutes(30), methods: ['code'] })
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
      opensAt: inMinutes(opens),
      lateAfter: inMinutes(late),
      closesAt: inMinutes(closes),
      planned: { opensAt: inMinutes(planned), closesAt: inMinutes(planned + 60) },
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
    expect((await markAbsent(room, 0)).error).toBe('session-not-started')
  })

  it('is not started while the class is in another one, and only once however many start it', async () => {
    const room = await aRunningSession()
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
    expect(first.body).toMatchObject({ state: 'open', opensAt: inMinutes(0), lateAfter: inMinutes(10) })
    await test.jobs.runAll()
    const row = await test.db.inInstitution(college.institution.id, (tx) =>
      tx.selectFrom('sessions').selectAll().where('id', '=', unseen.id).executeTakeFirstOrThrow(),
    )
    expect(row).toMatchObject({ started_at: test.clock.now(), started_by: college.admin.id })
  })

  it('waits with opening by itself for the session the class is still in', async () => {
    const room = await aRunningSession({ policy: { autoOpen: true } })
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
    expect(await stateOf(room)).toBe('planned')
    await wait(60, room)
    expect(await stateOf(room)).toBe('missed')
  })
})

describe('extending', () => {
  it('moves the end, which the other teacher’s board is told', async () => {
    const room = await aRunningSession()
    const ask = { as: room.admin, ...of(room), body: { closesAt: inMinutes(70) } }
    expect((await test.call(extendSession, ask)).body.closesAt).toBe(inMinutes(70))
    expect((await test.call(extendSession, ask)).status).toBe(200)
    const events = await test.db.inInstitution(room.institution.id, (tx) =>
      tx.selectFrom('session_events').select('event').where('session_id', '=', room.session.id).execute(),
    )
    expect(events).toMatchObject([{ event: { kind: 'session', session: { closesAt: inMinutes(70) } } }])
    expect(await actionsOf(room)).toEqual(['session-started', 'session-extended'])
  })

  it.each([
    ['to an earlier time', 50],
    ['out of sight', 481],
  ])('is refused %s', async (_, closes) => {
    const room = await aRunningSession()
    const reply = await test.call(extendSession, {
      as: room.teacher,
      ...of(room),
      body: { closesAt: inMinutes(closes) },
    })
    expect(reply.raw.json().error.fields[0].path).toBe('body.closesAt')
  })

  it('comes too late once the time is up', async () => {
    const room = await aRunningSession()
    await wait(60, room)
    const ask = { as: room.teacher, ...of(room), body: { closesAt: inMinutes(5) } }
    expect((await test.call(extendSession, ask)).error).toBe('session-closed')
  })
})

describe('a pause', () => {
  it('takes no marks, shows no code, and moves lateness and the end by its length', async () => {
    const room = await aRunningSession()
    test.clock.advance(5 * MINUTE_MS)
    const { code } = (await test.call(getRotatingCode, { as: room.teacher, ...of(room) })).body
    expect((await test.call(pauseSession, { as: room.teacher, ...of(room) })).body).toMatchObject({
      state: 'paused',
      isOpen: false,
    })
    expect((await test.call(getRotatingCode, { as: room.teacher, ...of(room) })).error).toBe('session-paused')
    const tried = await test.call(checkInByCode, { as: nth(room.students, 0), ...of(room), body: { code } })
    expect(tried.error).toBe('session-paused')
    await wait(10, room)
    const { body } = await test.call(resumeSession, { as: room.teacher, ...of(room) })
    expect(body).toMatchObject({ state: 'open', lateAfter: inMinutes(5), closesAt: inMinutes(55), pausedAt: null })
    expect((await checkIn(room)).body).toMatchObject({ status: 'present' })
    expect(await actionsOf(room)).toEqual(['session-started', 'session-paused', 'session-resumed', 'record-made'])
  })

  it('does not end with the session’s time, but by itself once it has been forgotten', async () => {
    const room = await aRunningSession()
    await test.call(pauseSession, { as: room.teacher, ...of(room) })
    await wait(90, room)
    await test.jobs.runAll()
    expect(await stateOf(room)).toBe('paused')
    await wait(LONGEST_PAUSE_MINUTES - 90, room)
    const due = inMinutes(0)
    await wait(3, room)
    await test.jobs.runAll()
    expect((await test.call(getSession, { as: room.teacher, ...of(room) })).body).toMatchObject({
      state: 'ended',
      endedAt: due,
    })
  })

  it('is not paused twice nor gone on with twice', async () => {
    const room = await aRunningSession()
    const ask = { as: room.teacher, ...of(room) }
    expect((await test.call(resumeSession, ask)).error).toBe('already-done')
    await test.call(pauseSession, ask)
    expect((await test.call(pauseSession, ask)).error).toBe('session-paused')
  })
})

describe('cancelling', () => {
  it('keeps the marks and takes no more; taken back, all is as before', async () => {
    const room = await aRunningSession()
    await checkIn(room)
    const ask = { as: room.teacher, ...of(room) }
    const { body } = await test.call(cancelSession, { ...ask, body: { reason: 'Fire drill' } })
    expect(body).toMatchObject({ state: 'cancelled', cancelled: { because: 'Fire drill' }, endedAt: null })
    expect((await test.call(getRotatingCode, ask)).error).toBe('session-cancelled')
    expect((await test.call(endSession, ask)).error).toBe('session-cancelled')
    expect((await markAbsent(room, 1)).error).toBe('session-cancelled')
    expect(await marksOf(room)).toEqual(['present by code', null])
    expect((await test.call(restoreSession, ask)).body).toMatchObject({ state: 'open', cancelled: null })
    expect((await checkIn(room, 1)).status).toBe(200)
    expect(await actionsOf(room)).toEqual([
      'session-started',
      'record-made',
      'session-cancelled',
      'session-restored',
      'record-made',
    ])
  })

  it('makes room for the next session, after which it is not taken back', async () => {
    const room = await aRunningSession()
    const ask = { as: room.teacher, ...of(room) }
    await test.call(cancelSession, { ...ask, body: { reason: 'Wrong class' } })
    test.clock.advance(1000)
    const next = await test.call(startSession, { as: room.teacher, params: { classId: room.class.id }, body: {} })
    expect(next.status).toBe(200)
    expect((await test.call(restoreSession, ask)).error).toBe('restore-too-late')
  })

  it('taken back after its time is up ends as of then', async () => {
    const room = await aRunningSession()
    const closesAt = inMinutes(60)
    await test.call(cancelSession, { as: room.teacher, ...of(room), body: { reason: 'Fire drill' } })
    await wait(90, room)
    const { body } = await test.call(restoreSession, { as: room.teacher, ...of(room) })
    expect(body).toMatchObject({ state: 'ended', endedAt: closesAt })
    expect(await marksOf(room)).toEqual(['absent by closing', 'absent by closing'])
  })

  it('needs a reason', async () => {
    const room = await aRunningSession()
    const reply = await test.call(cancelSession, { as: room.teacher, ...of(room), body: { reason: ' ' } })
    expect(reply.error).toBe('bad-input')
  })

  it('of a missed session is for admins: teachers do not tidy away what they did not take', async () => {
    const college = await aCollege(test)
    const { id } = await aPlannedSession(test, college.class, { plannedBy: college.admin, inMinutes: -100 })
    const ask = { params: { sessionId: id }, body: { reason: 'The room was flooded' } }
    expect((await test.call(cancelSession, { as: college.teacher, ...ask })).error).toBe('not-allowed')
    expect((await test.call(cancelSession, { as: college.admin, ...ask })).body.state).toBe('cancelled')
    expect((await test.call(restoreSession, { as: college.admin, params: { sessionId: id } })).body.state).toBe(
      'missed',
    )
  })
})

describe('opening an ended session again', () => {
  it('takes back the absences its end made, and those alone', async () => {
    const room = await aRunningSession({ students: 4 })
    await checkIn(room)
    test.clock.advance(1000)
    const ask = { as: room.teacher, ...of(room) }
    await test.call(endSession, ask)
    await markAbsent(room, 1)
    const { body } = await test.call(reopenSession, { ...ask, body: { minutes: 15 } })
    expect(body).toMatchObject({ state: 'open', closesAt: inMinutes(15), endedAt: null })
    expect(await marksOf(room)).toEqual(['present by code', 'absent by hand', null, null])
    expect((await checkIn(room, 2)).status).toBe(200)
    expect((await actionsOf(room)).filter((action) => action === 'record-taken-back')).toHaveLength(2)
    await wait(15, room)
    expect(await marksOf(room)).toEqual(['present by code', 'absent by hand', 'present by code', 'absent by closing'])
  })

  it('has to wait for the session the class is in', async () => {
    const room = await aRunningSession()
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    await test.call(endSession, { as: room.teacher, ...of(room) })
    test.clock.advance(1000)
    await test.call(startSession, { as: room.teacher, params: { classId: room.class.id }, body: {} })
    expect((await test.call(reopenSession, ask)).error).toBe('session-open-already')
  })

  it('is an admin’s once its marks are locked', async () => {
    const room = await aRunningSession({ policy: { lockDays: 3 } })
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await wait(3 * 24 * 60 - 1, room)
    const ask = (as: { token: string }) => ({ as, ...of(room), body: { minutes: 10 } })
    expect((await test.call(reopenSession, ask(room.teacher))).status).toBe(200)
    test.clock.advance(1000)
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await wait(3 * 24 * 60, room)
    expect((await test.call(reopenSession, ask(room.teacher))).error).toBe('reopen-too-late')
    expect((await test.call(reopenSession, ask(room.admin))).body.state).toBe('open')
  })

  it('is its teachers’ too while an admin has unlocked its marks', async () => {
    const room = await aRunningSession({ policy: { lockDays: 3 } })
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await wait(3 * 24 * 60, room)
    await test.call(unlockMarks, { as: room.admin, ...of(room), body: { hours: 1, reason: 'The net was down' } })
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    expect((await test.call(reopenSession, ask)).body.state).toBe('open')
  })

  it('is an admin’s again once that time is over', async () => {
    const room = await aRunningSession({ policy: { lockDays: 3 } })
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await wait(3 * 24 * 60, room)
    await test.call(unlockMarks, { as: room.admin, ...of(room), body: { hours: 1, reason: 'The net was down' } })
    await wait(60, room)
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    expect((await test.call(reopenSession, ask)).error).toBe('reopen-too-late')
  })

  it('is not for one that is open, cancelled or only planned', async () => {
    const room = await aRunningSession()
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    expect((await test.call(reopenSession, ask)).error).toBe('already-done')
    await test.call(cancelSession, { as: room.teacher, ...of(room), body: { reason: 'Fire drill' } })
    expect((await test.call(reopenSession, ask)).error).toBe('session-cancelled')
    const { id } = await aPlannedSession(test, room.class, { plannedBy: room.admin, inMinutes: 30 })
    expect((await test.call(reopenSession, { ...ask, params: { sessionId: id } })).error).toBe('session-not-started')
  })
})
