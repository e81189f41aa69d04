import {
  type BodyOf,
  changePlan,
  getStudentHome,
  getTeachersToday,
  planFromTimetable,
  startSession,
} from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { nth } from '../../testing/builders-class.ts'
import { aClassIn, aPlannedSession, listSessionRows, type Place } from '../../testing/builders-planned.ts'
import { aSlot } from '../../testing/builders-timetable.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

const sessionsOf = (place: Place) => listSessionRows(test, place)

const follow = (place: Place, mode: 'check' | 'commit', range = { from: '2026-03-01', until: '2026-03-31' }) =>
  test.call(planFromTimetable, {
    as: place.admin,
    params: { classId: place.class.id },
    query: { mode },
    body: range,
  })

describe('changing planned sessions', () => {
  async function aTerm(zone = 'Europe/Berlin') {
    const place = await aClassIn(test, zone)
    await aSlot(test, place.class, { startsAt: '09:00' })
    await follow(place, 'commit', { from: '2026-03-09', until: '2026-04-06' })
    return { place, sessions: await sessionsOf(place) }
  }
  const change = (place: Place, id: string, mode: 'check' | 'commit', body: BodyOf<typeof changePlan>) =>
    test.call(changePlan, { as: place.teacher, params: { sessionId: id }, query: { mode }, body })
  const move = { kind: 'move' as const, day: null, startsAt: '10:30', minutes: 90, room: 'Lab' }

  it('moves one and all that follow, each on its own day, after saying which', async () => {
    const { place, sessions } = await aTerm()
    const from = nth(sessions, 2).id
    const preview = await change(place, from, 'check', { scope: 'following', change: move })
    expect(preview.body.rows.map(({ outcome, plan }) => [outcome, plan.opensAt])).toEqual([
      ['changed', '2026-03-23T09:30:00.000Z'],
      ['changed', '2026-03-30T08:30:00.000Z'],
      ['changed', '2026-04-06T08:30:00.000Z'],
    ])
    expect(await sessionsOf(place)).toEqual(sessions)
    await change(place, from, 'commit', { scope: 'following', change: move })
    const after = await sessionsOf(place)
    expect(after.map(({ opens_at }) => opens_at.toISOString())).toEqual([
      '2026-03-09T08:00:00.000Z',
      '2026-03-16T08:00:00.000Z',
      '2026-03-23T09:30:00.000Z',
      '2026-03-30T08:30:00.000Z',
      '2026-04-06T08:30:00.000Z',
    ])
    expect(after[4]).toMatchObject({ room: 'Lab', closes_at: new Date('2026-04-06T10:00:00Z') })
  })

  it('moves one to another day', async () => {
    const { place, sessions } = await aTerm('Asia/Kolkata')
    const { body } = await change(place, nth(sessions, 0).id, 'commit', {
      scope: 'one',
      change: { ...move, day: '2026-03-12' },
    })
    expect(body.rows).toMatchObject([{ outcome: 'changed', plan: { opensAt: '2026-03-12T05:00:00.000Z' } }])
  })

  it('cancels one and all that follow', async () => {
    const { place, sessions } = await aTerm()
    const cancel = { kind: 'cancel' as const, reason: 'The teacher is away' }
    await change(place, nth(sessions, 3).id, 'commit', { scope: 'following', change: cancel })
    expect((await sessionsOf(place)).map(({ cancelled_because }) => cancelled_because)).toEqual([
      null,
      null,
      null,
      'The teacher is away',
      'The teacher is away',
    ])
  })

  it('refuses a time that is over or taken, and a session that is not planned any more', async () => {
    const { place, sessions } = await aTerm('Asia/Kolkata')
    const first = nth(sessions, 0).id
    const one = (over: { day: string; startsAt?: string }) =>
      change(place, first, 'commit', { scope: 'one', change: { ...move, ...over } })
    expect((await one({ day: '2026-03-01' })).error).toBe('plan-in-the-past')
    expect((await one({ day: '2026-03-16', startsAt: '09:30' })).error).toBe('plan-overlaps')
    const running = await test.call(startSession, {
      as: place.teacher,
      params: { classId: place.class.id },
      body: {},
    })
    const reply = await change(place, running.body.id, 'commit', { scope: 'one', change: move })
    expect(reply.error).toBe('already-done')
  })
})

describe('today', () => {
  it('is the institution’s, with what is planned, open and missed in it', async () => {
    // Nine in the morning UTC is eleven at night there.
    const place = await aClassIn(test, 'Pacific/Kiritimati')
    const planned = (inMinutes: number) =>
      aPlannedSession(test, place.class, { plannedBy: place.admin, inMinutes, room: 'R1' })
    const missed = await planned(-120)
    const soon = await planned(30)
    await planned(120)
    const { body } = await test.call(getTeachersToday, { as: place.teacher })
    expect(body.day).toBe('2026-03-02')
    expect(body.sessions.map(({ id, state, canStart }) => [id, state, canStart])).toEqual([
      [missed.id, 'missed', true],
      [soon.id, 'planned', true],
    ])
    const home = await test.call(getStudentHome, { as: place.student })
    expect(home.body.today.map(({ id, room }) => [id, room])).toEqual([[soon.id, 'R1']])
  })
})
