import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, anInstitution, aPerson, type TestClass } from '../../testing/builders.ts'
import { aHoliday, aSlot, aTermOf } from '../../testing/builders-timetable.ts'
import { listMeetings } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const meetingsOf = (of: TestClass, from: string, to: string) =>
  app.db.inInstitution(of.institutionId, (tx) => listMeetings(tx, { classId: of.id, from, to }))

test('are at the same time of day before and after the clocks change', async () => {
  const berlin = await anInstitution(app, { timeZone: 'Europe/Berlin' })
  const taught = await aClass(app, berlin)
  const slotId = await aSlot(app, taught, { room: 'R1' })
  const meetings = await meetingsOf(taught, '2026-03-23', '2026-03-30')
  expect(meetings).toEqual([
    {
      slotId,
      slotDay: '2026-03-23',
      day: '2026-03-23',
      startsAt: '09:00',
      minutes: 60,
      room: 'R1',
      beginsAt: new Date('2026-03-23T08:00:00Z'),
      endsAt: new Date('2026-03-23T09:00:00Z'),
    },
    expect.objectContaining({ beginsAt: new Date('2026-03-30T07:00:00Z'), endsAt: new Date('2026-03-30T08:00:00Z') }),
  ])
})

test('leave holidays and cancelled ones out, put moved ones where they are and stop with the term', async () => {
  const college = await anInstitution(app)
  const admin = await aPerson(app, college, { roles: ['admin'] })
  const taught = await aClass(app, college)
  const slotId = await aSlot(app, taught)
  await aTermOf(app, taught, { startsOn: '2026-03-02', endsOn: '2026-03-31' })
  await aHoliday(app, taught, { startsOn: '2026-03-08', endsOn: '2026-03-09' })
  const exception = {
    institution_id: college.id,
    slot_id: slotId,
    reason: null,
    room: null,
    created_at: app.clock.now(),
    created_by: admin.id,
  }
  await app.db.inInstitution(college.id, (tx) =>
    tx
      .insertInto('timetable_exceptions')
      .values([
        { ...exception, on_date: '2026-03-16', kind: 'cancelled', moved_to: null, starts_at: null, minutes: null },
        { ...exception, on_date: '2026-03-23', kind: 'moved', moved_to: '2026-03-25', starts_at: '14:00', minutes: 30 },
      ])
      .execute(),
  )
  const meetings = await meetingsOf(taught, '2026-01-01', '2026-12-31')
  expect(meetings.map(({ slotDay, day, startsAt, minutes }) => [slotDay, day, startsAt, minutes])).toEqual([
    ['2026-03-02', '2026-03-02', '09:00', 60],
    ['2026-03-23', '2026-03-25', '14:00', 30],
    ['2026-03-30', '2026-03-30', '09:00', 60],
  ])
})

test('are in the class’s room where the slot names none', async () => {
  const taught = await aClass(app, await anInstitution(app))
  await aSlot(app, taught)
  await app.db.inInstitution(taught.institutionId, (tx) =>
    tx.updateTable('classes').set({ room: 'Lab 2' }).where('id', '=', taught.id).execute(),
  )
  expect((await meetingsOf(taught, '2026-03-02', '2026-03-02')).map(({ room }) => room)).toEqual(['Lab 2'])
})

test('of an archived class there are none, nor of another institution’s', async () => {
  const taught = await aClass(app, await anInstitution(app))
  await aSlot(app, taught)
  const elsewhere = await anInstitution(app)
  expect(await meetingsOf({ ...taught, institutionId: elsewhere.id }, '2026-03-02', '2026-03-02')).toEqual([])
  await app.db.inInstitution(taught.institutionId, (tx) =>
    tx.updateTable('classes').set({ archived_at: app.clock.now() }).where('id', '=', taught.id).execute(),
  )
  expect(await meetingsOf(taught, '2026-03-02', '2026-03-02')).toEqual([])
})
