import { type BodyOf, changePlan, planFromTimetable, startPlannedSession } from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass } from '../../testing/builders.ts'
import { aClassIn, aPlannedSession, listSessionRows, type Place, planOne } from '../../testing/builders-planned.ts'
import { aHoliday, aSlot, aTermOf } from '../../testing/builders-timetable.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

const follow = (place: Place, mode: 'check' | 'commit', range = { from: '2026-03-01', until: '2026-03-31' }) =>
  test.call(planFromTimetable, {
    as: place.admin,
    params: { classId: place.class.id },
    query: { mode },
    body: range,
  })

const outcomesOf = async (reply: ReturnType<typeof follow>) =>
  (await reply).body.rows.map(({ slotDay, outcome }) => `${slotDay} ${outcome}`)

const sessionsOf = (place: Place) => listSessionRows(test, place)

describe('planning one session', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28', '2026-03-28T08:30:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-30T07:30:00.000Z'],
    ['Europe/Berlin', '2026-10-24', '2026-10-24T07:30:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-26T08:30:00.000Z'],
    ['America/New_York', '2026-03-07', '2026-03-07T14:30:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T13:30:00.000Z'],
    ['America/New_York', '2026-10-31', '2026-10-31T13:30:00.000Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T14:30:00.000Z'],
    ['Asia/Kolkata', '2026-03-28', '2026-03-28T04:00:00.000Z'],
    ['Asia/Kolkata', '2026-10-26', '2026-10-26T04:00:00.000Z'],
  ])('takes its time in the zone of the institution: half past nine in %s on %s', async (zone, day, opensAt) => {
    const { body } = await planOne(test, await aClassIn(test, zone), { day, startsAt: '09:30', room: 'R1' })
    expect(body).toMatchObject({ state: 'planned', opensAt, room: 'R1', planned: { opensAt }, isFromTimetable: false })
  })

  it.each([
    ['skips', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z', '2026-03-29T02:30:00.000Z'],
    ['repeats', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['changes within it', '2026-03-29', '01:30', '2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z'],
  ])('lasts its hour in the night that %s an hour', async (_, day, startsAt, opensAt, closesAt) => {
    expect((await planOne(test, await aClassIn(test, 'Europe/Berlin'), { day, startsAt })).body).toMatchObject({
      opensAt,
      closesAt,
    })
  })

  it('is refused in the past, and where the class has another session', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    expect((await planOne(test, place, { day: '2026-03-02', startsAt: '14:30' })).error).toBe('plan-in-the-past')
    expect((await planOne(test, place, { day: '2026-03-02', startsAt: '15:00' })).status).toBe(200)
    expect((await planOne(test, place, { day: '2026-03-02', startsAt: '15:59' })).error).toBe('plan-overlaps')
    expect((await planOne(test, place, { day: '2026-03-02', startsAt: '16:00' })).status).toBe(200)
  })

  it('is done once, however many plan the same at once', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => planOne(test, place, { day: '2026-03-03', startsAt: '10:00' })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
  })
})

describe('the sessions of a timetable', () => {
  it('are previewed, then made, holidays left out, at the same time of day over the change of the clocks', async () => {
    const place = await aClassIn(test, 'Europe/Berlin')
    await aSlot(test, place.class, { startsAt: '09:00', room: 'R1' })
    await aTermOf(test, place.class, { startsOn: '2026-03-09', endsOn: '2026-04-10' })
    await aHoliday(test, place.class, { startsOn: '2026-03-16', name: 'Founders’ day' })
    const range = { from: '2026-03-01', until: '2026-04-30' }
    const preview = await follow(place, 'check', range)
    expect(preview.body.rows.map(({ slotDay, outcome, because }) => [slotDay, outcome, because])).toEqual([
      ['2026-03-09', 'new', null],
      ['2026-03-16', 'not-held', 'Founders’ day'],
      ['2026-03-23', 'new', null],
      ['2026-03-30', 'new', null],
      ['2026-04-06', 'new', null],
    ])
    expect(await sessionsOf(place)).toEqual([])
    await follow(place, 'commit', range)
    const made = await sessionsOf(place)
    expect(made.map(({ opens_at, slot_date }) => [slot_date, opens_at.toISOString()])).toEqual([
      ['2026-03-09', '2026-03-09T08:00:00.000Z'],
      ['2026-03-23', '2026-03-23T08:00:00.000Z'],
      ['2026-03-30', '2026-03-30T07:00:00.000Z'],
      ['2026-04-06', '2026-04-06T07:00:00.000Z'],
    ])
    expect(made[0]).toMatchObject({ room: 'R1', started_at: null, planned_by: place.admin.id })
  })

  it('are made once, also when it is asked twice at once', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    await aSlot(test, place.class)
    await Promise.all([follow(place, 'commit'), follow(place, 'commit'), follow(place, 'commit')])
    expect(await sessionsOf(place)).toHaveLength(4)
    expect(await outcomesOf(follow(place, 'check'))).toEqual([
      '2026-03-02 past',
      '2026-03-09 same',
      '2026-03-16 same',
      '2026-03-23 same',
      '2026-03-30 same',
    ])
  })

  it('follow a changed timetable, but for those that somebody started, moved or cancelled', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    const slotId = await aSlot(test, place.class)
    await follow(place, 'commit')
    const [moved, cancelled] = await sessionsOf(place)
    const move = { kind: 'move' as const, day: '2026-03-10', startsAt: '11:00', minutes: 30, room: 'Lab' }
    const change = (id: string | undefined, body: BodyOf<typeof changePlan>) =>
      test.call(changePlan, { as: place.teacher, params: { sessionId: id ?? '' }, query: { mode: 'commit' }, body })
    await change(moved?.id, { scope: 'one', change: move })
    await change(cancelled?.id, { scope: 'one', change: { kind: 'cancel', reason: 'Strike' } })
    await test.db.inInstitution(place.class.institutionId, (tx) =>
      tx.updateTable('timetable_slots').set({ starts_at: '14:00' }).where('id', '=', slotId).execute(),
    )
    await aHoliday(test, place.class, { startsOn: '2026-03-30', name: 'Spring day' })
    const preview = await follow(place, 'check')
    expect(preview.body.rows.map(({ slotDay, outcome }) => `${slotDay} ${outcome}`)).toEqual([
      '2026-03-02 past',
      '2026-03-09 kept',
      '2026-03-16 kept',
      '2026-03-23 changed',
      '2026-03-30 gone',
    ])
    await follow(place, 'commit')
    const rows = await sessionsOf(place)
    expect(rows.map(({ opens_at, cancelled_because }) => [opens_at.toISOString(), cancelled_because])).toEqual([
      ['2026-03-10T05:30:00.000Z', null],
      ['2026-03-16T03:30:00.000Z', 'Strike'],
      ['2026-03-23T08:30:00.000Z', null],
      ['2026-03-30T03:30:00.000Z', 'Spring day'],
    ])
  })

  it('come back when the holiday that took them away is no more', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    await aSlot(test, place.class)
    await follow(place, 'commit')
    const holidayId = await aHoliday(test, place.class, { startsOn: '2026-03-23' })
    await follow(place, 'commit')
    const withdrawn = (await sessionsOf(place)).find(({ slot_date }) => slot_date === '2026-03-23')
    expect(withdrawn).toMatchObject({ withdrawn: true })
    await test.db.inInstitution(place.class.institutionId, (tx) =>
      tx.deleteFrom('holidays').where('id', '=', holidayId).execute(),
    )
    await follow(place, 'commit')
    const back = (await sessionsOf(place)).filter(({ slot_date }) => slot_date === '2026-03-23')
    expect(back).toMatchObject([{ id: withdrawn?.id, cancelled_at: null, withdrawn: false }])
  })

  it('leave alone what was started before its time', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    const slotId = await aSlot(test, place.class, { startsAt: '15:00' })
    await follow(place, 'commit', { from: '2026-03-02', until: '2026-03-02' })
    const [session] = await sessionsOf(place)
    await test.call(startPlannedSession, { as: place.teacher, params: { sessionId: session?.id ?? '' } })
    await test.db.inInstitution(place.class.institutionId, (tx) =>
      tx.updateTable('timetable_slots').set({ starts_at: '17:00' }).where('id', '=', slotId).execute(),
    )
    expect(await outcomesOf(follow(place, 'commit', { from: '2026-03-02', until: '2026-03-02' }))).toEqual([
      '2026-03-02 kept',
    ])
  })

  it('warn of a teacher or a room that is taken, and leave out what the class itself overlaps', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    const institution = { id: place.class.institutionId, name: '' }
    await aSlot(test, place.class, { room: 'R 1' })
    const other = await aClass(test, institution, { teachers: [place.teacher], name: 'Section B' })
    const third = await aClass(test, institution, { name: 'Section C' })
    const inMinutes = (day: string) => (Date.parse(day) - test.clock.now().getTime()) / 60_000
    const at = (day: string) => ({ plannedBy: place.admin, inMinutes: inMinutes(day) })
    await aPlannedSession(test, other, at('2026-03-09T04:00:00Z'))
    await aPlannedSession(test, third, { ...at('2026-03-16T04:00:00Z'), room: 'r1' })
    await aPlannedSession(test, place.class, at('2026-03-23T04:00:00Z'))
    const { body } = await follow(place, 'check', { from: '2026-03-09', until: '2026-03-30' })
    expect(
      body.rows.map(({ outcome, clashes }) => [outcome, clashes.map((each) => [each.because, each.className])]),
    ).toEqual([
      ['new', [['teacher', 'Section B']]],
      ['new', [['room', 'Section C']]],
      ['overlaps', [['class', place.class.name]]],
      ['new', []],
    ])
    await follow(place, 'commit', { from: '2026-03-09', until: '2026-03-30' })
    expect((await sessionsOf(place)).filter(({ slot_id }) => slot_id !== null)).toHaveLength(3)
  })

  it('are asked for at most some four hundred days', async () => {
    const place = await aClassIn(test, 'Asia/Kolkata')
    expect((await follow(place, 'check', { from: '2026-03-02', until: '2028-03-02' })).error).toBe('bad-input')
    expect((await follow(place, 'check', { from: '2026-03-02', until: '2026-03-01' })).error).toBe('bad-input')
  })
})
