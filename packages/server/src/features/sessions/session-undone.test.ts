import {
  cancelSession,
  endSession,
  getRotatingCode,
  reopenSession,
  restoreSession,
  startSession,
  unlockMarks,
} from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCollege } from '../../testing/builders-class.ts'
import { aPlannedSession } from '../../testing/builders-planned.ts'
import {
  actionsOf,
  aRunningSession,
  checkInByShown,
  inMinutes,
  markAbsent,
  marksOf,
  of,
  waitIn,
} from '../../testing/builders-running.ts'
import { startSettlingSessions } from './index.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
  await startSettlingSessions(test.deps)
})
afterAll(() => test.close())

describe('cancelling', () => {
  it('keeps the marks and takes no more; taken back, all is as before', async () => {
    const room = await aRunningSession(test)
    await checkInByShown(test, room)
    const ask = { as: room.teacher, ...of(room) }
    const { body } = await test.call(cancelSession, { ...ask, body: { reason: 'Fire drill' } })
    expect(body).toMatchObject({ state: 'cancelled', cancelled: { because: 'Fire drill' }, endedAt: null })
    expect((await test.call(getRotatingCode, ask)).error).toBe('session-cancelled')
    expect((await test.call(endSession, ask)).error).toBe('session-cancelled')
    expect((await markAbsent(test, room, 1)).error).toBe('session-cancelled')
    expect(await marksOf(test, room)).toEqual(['present by code', null])
    expect((await test.call(restoreSession, ask)).body).toMatchObject({ state: 'open', cancelled: null })
    expect((await checkInByShown(test, room, 1)).status).toBe(200)
    expect(await actionsOf(test, room)).toEqual([
      'session-started',
      'record-made',
      'session-cancelled',
      'session-restored',
      'record-made',
    ])
  })

  it('makes room for the next session, after which it is not taken back', async () => {
    const room = await aRunningSession(test)
    const ask = { as: room.teacher, ...of(room) }
    await test.call(cancelSession, { ...ask, body: { reason: 'Wrong class' } })
    test.clock.advance(1000)
    const next = await test.call(startSession, { as: room.teacher, params: { classId: room.class.id }, body: {} })
    expect(next.status).toBe(200)
    expect((await test.call(restoreSession, ask)).error).toBe('restore-too-late')
  })

  it('taken back after its time is up ends as of then', async () => {
    const room = await aRunningSession(test)
    const closesAt = inMinutes(test, 60)
    await test.call(cancelSession, { as: room.teacher, ...of(room), body: { reason: 'Fire drill' } })
    await waitIn(test, room, 90)
    const { body } = await test.call(restoreSession, { as: room.teacher, ...of(room) })
    expect(body).toMatchObject({ state: 'ended', endedAt: closesAt })
    expect(await marksOf(test, room)).toEqual(['absent by closing', 'absent by closing'])
  })

  it('needs a reason', async () => {
    const room = await aRunningSession(test)
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
    const room = await aRunningSession(test, { students: 4 })
    await checkInByShown(test, room)
    test.clock.advance(1000)
    const ask = { as: room.teacher, ...of(room) }
    await test.call(endSession, ask)
    await markAbsent(test, room, 1)
    const { body } = await test.call(reopenSession, { ...ask, body: { minutes: 15 } })
    expect(body).toMatchObject({ state: 'open', closesAt: inMinutes(test, 15), endedAt: null })
    expect(await marksOf(test, room)).toEqual(['present by code', 'absent by hand', null, null])
    expect((await checkInByShown(test, room, 2)).status).toBe(200)
    expect((await actionsOf(test, room)).filter((action) => action === 'record-taken-back')).toHaveLength(2)
    await waitIn(test, room, 15)
    expect(await marksOf(test, room)).toEqual([
      'present by code',
      'absent by hand',
      'present by code',
      'absent by closing',
    ])
  })

  it('has to wait for the session the class is in', async () => {
    const room = await aRunningSession(test)
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    await test.call(endSession, { as: room.teacher, ...of(room) })
    test.clock.advance(1000)
    await test.call(startSession, { as: room.teacher, params: { classId: room.class.id }, body: {} })
    expect((await test.call(reopenSession, ask)).error).toBe('session-open-already')
  })

  it('is an admin’s once its marks are locked', async () => {
    const room = await aRunningSession(test, { policy: { lockDays: 3 } })
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await waitIn(test, room, 3 * 24 * 60 - 1)
    const ask = (as: { token: string }) => ({ as, ...of(room), body: { minutes: 10 } })
    expect((await test.call(reopenSession, ask(room.teacher))).status).toBe(200)
    test.clock.advance(1000)
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await waitIn(test, room, 3 * 24 * 60)
    expect((await test.call(reopenSession, ask(room.teacher))).error).toBe('reopen-too-late')
    expect((await test.call(reopenSession, ask(room.admin))).body.state).toBe('open')
  })

  it('is its teachers’ too while an admin has unlocked its marks', async () => {
    const room = await aRunningSession(test, { policy: { lockDays: 3 } })
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await waitIn(test, room, 3 * 24 * 60)
    await test.call(unlockMarks, { as: room.admin, ...of(room), body: { hours: 1, reason: 'The net was down' } })
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    expect((await test.call(reopenSession, ask)).body.state).toBe('open')
  })

  it('is an admin’s again once that time is over', async () => {
    const room = await aRunningSession(test, { policy: { lockDays: 3 } })
    await test.call(endSession, { as: room.teacher, ...of(room) })
    await waitIn(test, room, 3 * 24 * 60)
    await test.call(unlockMarks, { as: room.admin, ...of(room), body: { hours: 1, reason: 'The net was down' } })
    await waitIn(test, room, 60)
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    expect((await test.call(reopenSession, ask)).error).toBe('reopen-too-late')
  })

  it('is not for one that is open, cancelled or only planned', async () => {
    const room = await aRunningSession(test)
    const ask = { as: room.teacher, ...of(room), body: { minutes: 10 } }
    expect((await test.call(reopenSession, ask)).error).toBe('already-done')
    await test.call(cancelSession, { as: room.teacher, ...of(room), body: { reason: 'Fire drill' } })
    expect((await test.call(reopenSession, ask)).error).toBe('session-cancelled')
    const { id } = await aPlannedSession(test, room.class, { plannedBy: room.admin, inMinutes: 30 })
    expect((await test.call(reopenSession, { ...ask, params: { sessionId: id } })).error).toBe('session-not-started')
  })
})
