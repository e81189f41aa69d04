import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { meetingsOf, occurrencesOf, type Slot, type SlotException, type Timetable } from './timetable.ts'
import { addDays, weekdayOf } from './zoned-time.ts'

const TERM = { from: '2026-09-01', to: '2026-12-18' }
/** Mondays at nine. */
const MONDAY: Slot = {
  id: 'a',
  weekday: 1,
  startsAt: '09:00:00',
  minutes: 50,
  room: 'R1',
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
}
const given = (over: Partial<Timetable>): Timetable => ({
  slots: [MONDAY],
  exceptions: [],
  holidays: [],
  term: TERM,
  ...over,
})
const cancelled = (onDay: string): SlotException => ({ slotId: 'a', onDay, kind: 'cancelled', reason: 'ill' })
const moved = (onDay: string, movedTo: string, room: string | null = null): SlotException => ({
  slotId: 'a',
  onDay,
  kind: 'moved',
  movedTo,
  startsAt: '14:30:00',
  minutes: 30,
  room,
  reason: null,
})
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' }
const daysOf = (timetable: Timetable, range = NOVEMBER) => meetingsOf(timetable, range).map(({ day }) => day)

describe('the meetings of a class', () => {
  test.each<[string, Partial<Timetable>, string[]]>([
    ['every week', {}, ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30']],
    ['none without a slot', { slots: [] }, []],
    ['within the term', { term: { from: '2026-11-09', to: '2026-11-20' } }, ['2026-11-09', '2026-11-16']],
    [
      'within the days of the slot',
      { slots: [{ ...MONDAY, validFrom: '2026-11-10', validUntil: '2026-11-23' }], term: null },
      ['2026-11-16', '2026-11-23'],
    ],
    ['none in a term that is over', { term: { from: '2026-01-01', to: '2026-06-30' } }, []],
    [
      'not on holidays',
      {
        holidays: [
          { name: 'Autumn break', startsOn: '2026-11-08', endsOn: '2026-11-16' },
          { name: 'Elsewhere', startsOn: '2026-11-24', endsOn: '2026-11-24' },
        ],
      },
      ['2026-11-02', '2026-11-23', '2026-11-30'],
    ],
    [
      'not where cancelled',
      { exceptions: [cancelled('2026-11-09')] },
      ['2026-11-02', '2026-11-16', '2026-11-23', '2026-11-30'],
    ],
    [
      'where moved to',
      { exceptions: [moved('2026-11-09', '2026-11-12')] },
      ['2026-11-02', '2026-11-12', '2026-11-16', '2026-11-23', '2026-11-30'],
    ],
    [
      'where moved to from outside, not where moved out of',
      { exceptions: [moved('2026-10-26', '2026-11-03'), moved('2026-11-30', '2026-12-01')] },
      ['2026-11-02', '2026-11-03', '2026-11-09', '2026-11-16', '2026-11-23'],
    ],
    [
      'where moved to, be it a holiday',
      {
        exceptions: [moved('2026-11-09', '2026-11-10')],
        holidays: [{ name: 'Festival', startsOn: '2026-11-09', endsOn: '2026-11-10' }],
      },
      ['2026-11-02', '2026-11-10', '2026-11-16', '2026-11-23', '2026-11-30'],
    ],
    [
      'whatever is said of a day on which it does not meet',
      { exceptions: [cancelled('2026-11-10'), moved('2026-11-11', '2026-11-12'), moved('2027-01-04', '2026-11-13')] },
      ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'],
    ],
  ])('%s', (_, over, days) => {
    expect(daysOf(given(over))).toEqual(days)
  })

  it('are held at the slot’s time and place, or at the exception’s', () => {
    const exceptions = [moved('2026-11-09', '2026-11-09'), moved('2026-11-16', '2026-11-17', 'Hall')]
    expect(meetingsOf(given({ exceptions }), { from: '2026-11-02', to: '2026-11-17' })).toEqual([
      { slotId: 'a', slotDay: '2026-11-02', day: '2026-11-02', startsAt: '09:00', minutes: 50, room: 'R1' },
      { slotId: 'a', slotDay: '2026-11-09', day: '2026-11-09', startsAt: '14:30', minutes: 30, room: 'R1' },
      { slotId: 'a', slotDay: '2026-11-16', day: '2026-11-17', startsAt: '14:30', minutes: 30, room: 'Hall' },
    ])
  })

  it('come in the order of time', () => {
    const slots = [MONDAY, { ...MONDAY, id: 'b', startsAt: '08:00' }, { ...MONDAY, id: 'c', weekday: 7 }]
    const meetings = meetingsOf(given({ slots }), { from: '2026-11-09', to: '2026-11-15' })
    expect(meetings.map(({ slotId }) => slotId)).toEqual(['b', 'a', 'c'])
  })
})

test('a week shows what is not held as well, and why', () => {
  const exceptions = [cancelled('2026-11-02'), moved('2026-11-09', '2026-11-12')]
  const holidays = [{ name: 'Founder’s day', startsOn: '2026-11-16', endsOn: '2026-11-16' }]
  const shown = occurrencesOf(given({ exceptions, holidays }), { from: '2026-11-02', to: '2026-11-23' })
  expect(shown.map(({ day, state, because }) => [day, state, because])).toEqual([
    ['2026-11-02', 'cancelled', 'ill'],
    ['2026-11-09', 'moved-away', null],
    ['2026-11-12', 'moved', null],
    ['2026-11-16', 'holiday', 'Founder’s day'],
    ['2026-11-23', 'on', null],
  ])
})

const day = fc.integer({ min: 0, max: 150 }).map((count) => addDays('2026-08-15', count))
const range = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }))
const slot = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  weekday: fc.integer({ min: 1, max: 7 }),
  startsAt: fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:15`),
  minutes: fc.integer({ min: 1, max: 300 }),
  room: fc.constantFrom('R1', null),
  valid: range,
})
const timetable = fc
  .record({
    slots: fc.uniqueArray(slot, { selector: ({ id }) => id, maxLength: 3 }),
    moves: fc.array(fc.tuple(fc.constantFrom('a', 'b'), day, fc.option(day)), { maxLength: 8 }),
    holidays: fc.array(range, { maxLength: 3 }),
    term: fc.option(range),
  })
  .map(
    ({ slots, moves, holidays, term }): Timetable => ({
      slots: slots.map(({ valid, ...rest }) => ({ ...rest, validFrom: valid.from, validUntil: valid.to })),
      exceptions: moves.map(([slotId, onDay, to]) => ({ ...(to ? moved(onDay, to) : cancelled(onDay)), slotId })),
      holidays: holidays.map(({ from, to }) => ({ name: 'Break', startsOn: from, endsOn: to })),
      term,
    }),
  )

describe('whatever the timetable', () => {
  it('shows one day of a slot once at most, and one held meeting for it', () => {
    fc.assert(
      fc.property(timetable, range, (any, within) => {
        const names = meetingsOf(any, within).map(({ slotId, slotDay }) => `${slotId} ${slotDay}`)
        expect(new Set(names).size).toBe(names.length)
      }),
    )
  })

  it('holds each on a day that was asked for; unless it was moved, on its weekday, in its days, in the term, on no holiday', () => {
    fc.assert(
      fc.property(timetable, range, (any, within) => {
        for (const meeting of meetingsOf(any, within)) {
          expect(meeting.day >= within.from && meeting.day <= within.to).toBe(true)
          const own = any.slots.find(({ id }) => id === meeting.slotId)
          expect(weekdayOf(meeting.slotDay)).toBe(own?.weekday)
          expect(meeting.slotDay >= (own?.validFrom ?? '') && meeting.slotDay <= (own?.validUntil ?? '')).toBe(true)
          if (any.term) expect(meeting.slotDay >= any.term.from && meeting.slotDay <= any.term.to).toBe(true)
          const isExcepted = any.exceptions.some(
            ({ slotId, onDay }) => slotId === meeting.slotId && onDay === meeting.slotDay,
          )
          const isHoliday = any.holidays.some(
            ({ startsOn, endsOn }) => startsOn <= meeting.slotDay && meeting.slotDay <= endsOn,
          )
          if (!isExcepted) expect([meeting.day, isHoliday]).toEqual([meeting.slotDay, false])
        }
      }),
    )
  })

  it('says the same of two halves as of the whole', () => {
    fc.assert(
      fc.property(timetable, range, day, (any, within, cut) => {
        const halves = [
          { from: within.from, to: cut < within.to ? cut : within.to },
          { from: cut < within.from ? within.from : addDays(cut, 1), to: within.to },
        ]
        expect(halves.flatMap((half) => occurrencesOf(any, half))).toEqual(occurrencesOf(any, within))
      }),
    )
  })
})
