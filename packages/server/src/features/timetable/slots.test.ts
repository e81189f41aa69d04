import {
  addSlot,
  archiveClass,
  changeMeeting,
  changeSlot,
  deleteSlot,
  getClassTimetable,
  getTeacherTimetable,
  restoreMeeting,
  type SlotFields,
} from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, aSession, type TestClass } from '../../testing/builders.ts'
import { aCollege, type TestCollege } from '../../testing/builders-class.ts'
import { aHoliday, aTermOf } from '../../testing/builders-timetable.ts'
import { auditOf } from '../../testing/read-audit.ts'

let app: TestApp
let college: TestCollege
beforeAll(async () => {
  // A Monday, half past two in the afternoon in Kolkata.
  app = await createTestApp({ now: new Date('2026-03-02T09:00:00Z') })
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app)
})

const MONDAY: SlotFields = {
  weekday: 1,
  startsAt: '09:00',
  minutes: 60,
  room: '',
  validFrom: '2026-01-01',
  validUntil: '2026-06-30',
}
const add = (body: Partial<SlotFields> = {}, of: TestClass = college.class, as: { token: string } = college.admin) =>
  app.call(addSlot, { as, params: { classId: of.id }, body: { ...MONDAY, ...body } })
const look = async (week?: string, of: TestClass = college.class) =>
  (
    await app.call(getClassTimetable, {
      as: college.teacher,
      params: { classId: of.id },
      query: week === undefined ? {} : { week },
    })
  ).body

describe('a weekly time', () => {
  test('is added by the class’s teacher, changed and deleted; what it was is kept', async () => {
    const { body } = await add({ room: 'R1' }, college.class, college.teacher)
    const { id } = body.slot
    expect(body).toEqual({ slot: { id, ...MONDAY, room: 'R1' }, clashes: [] })
    const params = { slotId: id }
    const changed = await app.call(changeSlot, { as: college.teacher, params, body: { ...MONDAY, minutes: 45 } })
    expect(changed.body.slot).toEqual({ id, ...MONDAY, minutes: 45 })
    expect((await look()).slots).toEqual([changed.body.slot])
    expect((await app.call(deleteSlot, { as: college.teacher, params })).body).toEqual({ done: true })
    expect((await look()).slots).toEqual([])
    const { room: _, ...others } = MONDAY
    expect(await auditOf(app, college.institution, college.class.id)).toMatchObject([
      { action: 'slot-added', old: null, new: { slotId: id, ...others, room: 'R1' } },
      {
        action: 'slot-changed',
        old: { slotId: id, minutes: 60, room: 'R1' },
        new: { slotId: id, minutes: 45, room: null },
      },
      { action: 'slot-deleted', old: { slotId: id, ...others, minutes: 45, room: null }, new: null },
    ])
  })

  test('that a session was made from is ended, not deleted', async () => {
    const { id } = (await add()).body.slot
    const session = await aSession(app, college.class, { startedBy: college.teacher, endedAfterMinutes: 50 })
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('sessions').set({ slot_id: id, slot_date: '2026-03-02' }).where('id', '=', session.id).execute(),
    )
    const params = { slotId: id }
    expect((await app.call(deleteSlot, { as: college.admin, params })).error).toBe('still-in-use')
    const body = { ...MONDAY, validUntil: '2026-03-02' }
    expect((await app.call(changeSlot, { as: college.admin, params, body })).status).toBe(200)
    expect((await look('2026-03-09')).week.meetings).toEqual([])
  })

  test.each<[string, Partial<SlotFields>]>([
    ['at 25 o’clock', { startsAt: '25:00' }],
    ['of no length', { minutes: 0 }],
    ['on the eighth day of the week', { weekday: 8 }],
    ['that ends before it starts', { validUntil: '2025-12-31' }],
    ['on a day that does not exist', { validFrom: '2026-02-30' }],
  ])('%s is not taken', async (_, wrong) => {
    expect((await add(wrong)).error).toBe('bad-input')
  })

  test('is not added to an archived class', async () => {
    const { id } = (await add()).body.slot
    const params = { classId: college.class.id }
    await app.call(archiveClass, { as: college.admin, params, body: { archived: true } })
    expect((await add()).error).toBe('class-archived')
    const change = await app.call(changeSlot, { as: college.admin, params: { slotId: id }, body: MONDAY })
    expect(change.error).toBe('class-archived')
  })
})

describe('a week', () => {
  test('holds seven days from the institution’s first one on, and today', async () => {
    const { week, term } = await look()
    expect(week).toMatchObject({ today: '2026-03-02', meetings: [], holidays: [] })
    expect([week.days.length, week.days[0], week.days[6]]).toEqual([7, '2026-03-02', '2026-03-08'])
    expect(term).toBeNull()
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('institutions').set({ week_start: 7 }).execute(),
    )
    expect((await look()).week.days[0]).toBe('2026-03-01')
  })

  test('shows the term, its holidays and why a meeting is not held', async () => {
    await add()
    await aTermOf(app, college.class, { startsOn: '2026-01-05', endsOn: '2026-06-30' })
    await aHoliday(app, college.class, { startsOn: '2026-03-07', endsOn: '2026-03-10', name: 'Holi' })
    const { week, term } = await look('2026-03-09')
    expect(term).toMatchObject({ startsOn: '2026-01-05', endsOn: '2026-06-30' })
    expect(week.holidays).toEqual([{ name: 'Holi', startsOn: '2026-03-07', endsOn: '2026-03-10' }])
    expect(week.meetings.map(({ day, state, because }) => [day, state, because])).toEqual([
      ['2026-03-09', 'holiday', 'Holi'],
    ])
    expect((await look('2026-03-16')).week).toMatchObject({
      holidays: [],
      meetings: [{ state: 'on', beginsAt: '2026-03-16T03:30:00.000Z', className: college.class.name }],
    })
  })

  test('of a teacher holds all their classes, and is theirs and the admin’s to see', async () => {
    const other = await aClass(app, college.institution, { teachers: [college.teacher, college.otherTeacher] })
    await add({ startsAt: '11:00' })
    await add({ startsAt: '08:00' }, other)
    const ask = (as: { token: string }, personId = college.teacher.id) =>
      app.call(getTeacherTimetable, { as, params: { personId }, query: {} })
    const { body } = await ask(college.teacher)
    expect(body.fullName).toBe('Tara Teacher')
    expect(body.week.meetings.map(({ startsAt, className }) => [startsAt, className])).toEqual([
      ['08:00', other.name],
      ['11:00', college.class.name],
    ])
    expect((await ask(college.admin)).status).toBe(200)
    expect((await ask(college.otherTeacher)).error).toBe('not-allowed')
    expect((await ask(college.otherTeacher, college.otherTeacher.id)).body.week.meetings).toHaveLength(1)
    expect((await ask(college.admin, college.admin.id)).error).toBe('not-found')
  })
})

describe('one meeting', () => {
  const change = (slotId: string, day: string, body: Parameters<typeof app.call<typeof changeMeeting>>[1]['body']) =>
    app.call(changeMeeting, { as: college.teacher, params: { slotId, day }, body })
  const MOVED = {
    kind: 'moved',
    reason: 'fair',
    movedTo: '2026-03-11',
    startsAt: '15:00',
    minutes: 30,
    room: '',
  } as const

  test('is cancelled, moved instead, and held again', async () => {
    const { id } = (await add({ room: 'R1' })).body.slot
    const states = async () => (await look('2026-03-09')).week.meetings.map(({ day, state }) => [day, state])
    await change(id, '2026-03-09', { kind: 'cancelled', reason: 'ill' })
    expect(await states()).toEqual([['2026-03-09', 'cancelled']])
    await change(id, '2026-03-09', MOVED)
    expect(await states()).toEqual([
      ['2026-03-09', 'moved-away'],
      ['2026-03-11', 'moved'],
    ])
    const restore = () => app.call(restoreMeeting, { as: college.teacher, params: { slotId: id, day: '2026-03-09' } })
    expect((await restore()).body).toEqual({ done: true })
    expect((await restore()).error).toBe('not-found')
    expect(await states()).toEqual([['2026-03-09', 'on']])
    const actions = (await auditOf(app, college.institution, college.class.id)).map(({ action }) => action)
    expect(actions).toEqual(['slot-added', 'meeting-cancelled', 'meeting-moved', 'meeting-restored'])
  })

  test('is one that there is', async () => {
    const { id } = (await add()).body.slot
    for (const day of ['2026-03-10', '2027-03-01'])
      expect((await change(id, day, { kind: 'cancelled', reason: '' })).error).toBe('no-meeting-then')
    expect((await change(id, 'someday', { kind: 'cancelled', reason: '' })).error).toBe('bad-input')
  })

  test('changed by ten at once has one answer', async () => {
    const { id } = (await add()).body.slot
    const replies = await Promise.all(Array.from({ length: 10 }, () => change(id, '2026-03-09', MOVED)))
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await look('2026-03-09')).week.meetings).toHaveLength(2)
  })
})

describe('a clash', () => {
  test('of rooms or of teachers is told, and keeps nothing from being added', async () => {
    const other = await aClass(app, college.institution, { teachers: [college.otherTeacher] })
    await add({ room: 'Lab 2', startsAt: '09:30', weekday: 1 }, other)
    const { clashes } = (await add({ room: 'lab2' })).body
    expect(clashes).toEqual([
      {
        because: 'room',
        name: 'Lab 2',
        className: other.name,
        subjectCode: expect.any(String),
        firstDay: '2026-03-02',
        startsAt: '09:30',
        times: 18,
      },
    ])
    const third = await aClass(app, college.institution, { teachers: [college.teacher] })
    expect((await add({ startsAt: '09:59' }, third)).body.clashes).toMatchObject([
      { because: 'teacher', name: 'Tara Teacher', className: college.class.name },
    ])
    expect((await add({ startsAt: '11:00', room: 'Lab 3' }, third)).body.clashes).toEqual([])
  })

  test('comes of one meeting that is moved, of the class’s own room, and of the class with itself', async () => {
    const { id } = (await add({ room: 'R1' })).body.slot
    const other = await aClass(app, college.institution, { teachers: [college.otherTeacher] })
    await app.db.inInstitution(college.institution.id, (tx) =>
      tx.updateTable('classes').set({ room: 'R1' }).where('id', '=', other.id).execute(),
    )
    await add({ weekday: 3, startsAt: '14:30' }, other)
    const moved = await app.call(changeMeeting, {
      as: college.teacher,
      params: { slotId: id, day: '2026-03-09' },
      body: { kind: 'moved', reason: '', movedTo: '2026-03-11', startsAt: '15:00', minutes: 60, room: '' },
    })
    expect(moved.body.clashes).toMatchObject([{ because: 'room', name: 'R1', firstDay: '2026-03-11', times: 1 }])
    const cancelled = await app.call(changeMeeting, {
      as: college.teacher,
      params: { slotId: id, day: '2026-03-16' },
      body: { kind: 'cancelled', reason: '' },
    })
    expect(cancelled.body.clashes).toEqual([])
    expect((await add({ startsAt: '09:15', room: 'R9' })).body.clashes).toMatchObject([
      { because: 'teacher', className: college.class.name },
    ])
  })

  test('comes neither of an archived class nor of what is over', async () => {
    const other = await aClass(app, college.institution, { teachers: [college.teacher] })
    await add({ validUntil: '2026-02-28' }, other)
    expect((await add()).body.clashes).toEqual([])
    await add({ startsAt: '12:00' }, other)
    await app.call(archiveClass, { as: college.admin, params: { classId: other.id }, body: { archived: true } })
    expect((await add({ startsAt: '12:00' })).body.clashes).toEqual([])
  })
})

test('a class of another institution has no timetable here', async () => {
  const elsewhere = await aCollege(app)
  const stranger = await aPerson(app, elsewhere.institution, { roles: ['admin', 'teacher'] })
  expect((await add({}, college.class, stranger)).error).toBe('not-found')
})
