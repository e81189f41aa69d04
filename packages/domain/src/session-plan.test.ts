import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Neighbour,
  type PlannedMeeting,
  type PlanOutcome,
  planMeetings,
  type SlotSession,
} from './session-plan.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}`
const plan = (n: number, hour = 9, room: string | null = 'R1') => ({
  opensAt: new Date(`${day(n)}T${String(hour).padStart(2, '0')}:00:00Z`),
  closesAt: new Date(`${day(n)}T${String(hour + 1).padStart(2, '0')}:00:00Z`),
  room,
})
const meeting = (n: number, over: Partial<PlannedMeeting> = {}): PlannedMeeting => ({
  slotId: 'mon',
  slotDay: day(n),
  state: 'on',
  because: null,
  ...plan(n),
  ...over,
})
const session = (n: number, over: Partial<SlotSession> = {}): SlotSession => ({
  id: `s${n}`,
  slotId: 'mon',
  slotDay: day(n),
  standing: 'planned',
  ...plan(n),
  ...over,
})
const none = { sessions: [], neighbours: [], at: NOW }

describe('a meeting of the timetable', () => {
  test.each<[string, PlannedMeeting, SlotSession[], PlanOutcome]>([
    ['becomes a session', meeting(2), [], 'new'],
    ['has its session already', meeting(2), [session(2)], 'same'],
    ['at another time moves its session', meeting(2, plan(2, 14)), [session(2)], 'changed'],
    ['in another room moves its session', meeting(2, plan(2, 9, 'R2')), [session(2)], 'changed'],
    [
      'moved to another day takes its session along',
      meeting(2, { state: 'moved', ...plan(4) }),
      [session(2)],
      'changed',
    ],
    ['whose session somebody started leaves it', meeting(2, plan(2, 14)), [session(2, { standing: 'fixed' })], 'kept'],
    ['brings back what the timetable took away', meeting(2), [session(2, { standing: 'withdrawn' })], 'new'],
    ['on a holiday makes none', meeting(2, { state: 'holiday', because: 'Holi' }), [], 'not-held'],
    ['on a holiday that came later takes its session away', meeting(2, { state: 'holiday' }), [session(2)], 'gone'],
    ['that is cancelled takes its session away', meeting(2, { state: 'cancelled' }), [session(2)], 'gone'],
    [
      'that was taken away before stays so',
      meeting(2, { state: 'holiday' }),
      [session(2, { standing: 'withdrawn' })],
      'not-held',
    ],
    [
      'on a holiday leaves what was held all the same',
      meeting(2, { state: 'holiday' }),
      [session(2, { standing: 'fixed' })],
      'kept',
    ],
    ['that is over makes none', meeting(1), [], 'past'],
  ])('%s', (_, held, sessions, outcome) => {
    expect(planMeetings([held], { ...none, sessions })).toMatchObject([{ outcome, slotDay: held.slotDay }])
  })

  test('that is no more takes its planned session away, and no other', () => {
    const sessions = [session(2), session(9, { standing: 'fixed' }), session(16, { standing: 'withdrawn' })]
    expect(planMeetings([], { ...none, sessions })).toMatchObject([{ sessionId: 's2', outcome: 'gone' }])
  })

  test('is looked for where it is held when a calendar has it twice', () => {
    const away = meeting(2, { state: 'moved-away', because: 'Exam' })
    const there = meeting(2, { state: 'moved', ...plan(5) })
    for (const meetings of [
      [away, there],
      [there, away],
    ])
      expect(planMeetings(meetings, none)).toMatchObject([{ outcome: 'new', plan: plan(5) }])
  })

  test('says what it was', () => {
    const [row] = planMeetings([meeting(2, plan(2, 14))], { ...none, sessions: [session(2)] })
    expect(row).toMatchObject({ sessionId: 's2', was: plan(2), plan: plan(2, 14) })
  })
})

const neighbour = (over: Partial<Neighbour>): Neighbour => ({
  id: 'other',
  className: 'Section B',
  isOwnClass: false,
  sharesTeacher: false,
  ...plan(2, 9, null),
  ...over,
})

describe('what is at the same time', () => {
  test.each<[string, Partial<Neighbour>, PlanOutcome, string[]]>([
    ['another class in the same room is a warning', { room: 'r 1' }, 'new', ['room']],
    ['another class of the same teacher is a warning', { sharesTeacher: true }, 'new', ['teacher']],
    ['both are two warnings', { room: 'R1', sharesTeacher: true }, 'new', ['room', 'teacher']],
    ['another class elsewhere is nothing', { room: 'R2' }, 'new', []],
    ['an hour that ends as it begins is nothing', { ...plan(2, 8, 'R1') }, 'new', []],
    ['the class itself is in the way', { isOwnClass: true }, 'overlaps', ['class']],
  ])('%s', (_, over, outcome, because) => {
    const [row] = planMeetings([meeting(2)], { ...none, neighbours: [neighbour(over)] })
    expect(row).toMatchObject({ outcome })
    expect(row?.clashes.map((clash) => clash.because)).toEqual(because)
  })

  test('two weekly times of one class at once make one session', () => {
    const rows = planMeetings([meeting(2), meeting(2, { slotId: 'other' })], none)
    expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['new', 'overlaps'])
  })
})

test('done a second time it changes nothing, whatever was there', () => {
  const days = fc.uniqueArray(fc.integer({ min: 2, max: 28 }), { maxLength: 10 })
  const states = fc.constantFrom('on', 'moved', 'holiday', 'cancelled')
  const standings = fc.constantFrom('planned', 'withdrawn', 'fixed')
  fc.assert(
    fc.property(
      days,
      fc.array(states, { minLength: 10, maxLength: 10 }),
      days,
      fc.array(fc.tuple(standings, fc.integer({ min: 9, max: 11 })), { minLength: 10, maxLength: 10 }),
      (held, heldAs, made, madeAs) => {
        const meetings = held.map((n, i) => meeting(n, { state: heldAs[i] ?? 'on' }))
        const sessions = made.map((n, i) =>
          session(n, { standing: madeAs[i]?.[0] ?? 'planned', ...plan(n, madeAs[i]?.[1] ?? 9) }),
        )
        const rows = planMeetings(meetings, { ...none, sessions })
        const after = new Map(sessions.map((each) => [`${each.slotId} ${each.slotDay}`, each]))
        for (const { outcome, slotId, slotDay, sessionId, plan: made } of rows) {
          const key = `${slotId} ${slotDay}`
          const id = sessionId ?? key
          if (outcome === 'new' || outcome === 'changed')
            after.set(key, { id, slotId, slotDay, standing: 'planned', ...made })
          if (outcome === 'gone') after.set(key, { id, slotId, slotDay, standing: 'withdrawn', ...made })
        }
        const again = planMeetings(meetings, { ...none, sessions: [...after.values()] })
        expect(again.filter(({ outcome }) => ['new', 'changed', 'gone', 'overlaps'].includes(outcome))).toEqual([])
      },
    ),
  )
})
