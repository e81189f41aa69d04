import { expect, it, test } from 'vitest'
import { findClashes, type TaughtMeeting } from './clashes.ts'

const meeting = (over: Partial<TaughtMeeting>): TaughtMeeting => ({
  slotId: 'ours',
  slotDay: '2026-03-02',
  day: '2026-03-02',
  startsAt: '09:00',
  minutes: 60,
  room: 'R 1',
  classId: 'physics',
  teacherIds: ['tara'],
  ...over,
})
const other = (over: Partial<TaughtMeeting>) =>
  meeting({ slotId: 'other', classId: 'chemistry', room: 'R2', teacherIds: ['theo'], ...over })

test.each<[string, Partial<TaughtMeeting>, string[]]>([
  ['another room and another teacher', {}, []],
  ['the same room', { room: 'r1' }, ['room r1']],
  ['the same teacher', { teacherIds: ['theo', 'tara'] }, ['teacher tara']],
  ['both', { room: 'R 1', teacherIds: ['tara'] }, ['room R 1', 'teacher tara']],
  ['another day', { room: 'R1', day: '2026-03-03' }, []],
  ['right after', { room: 'R1', startsAt: '10:00' }, []],
  ['right before', { room: 'R1', startsAt: '08:00' }, []],
  ['a minute too long', { room: 'R1', startsAt: '08:00', minutes: 61 }, ['room R1']],
  ['within', { room: 'R1', startsAt: '09:10', minutes: 5 }, ['room R1']],
  ['no room at all', { room: null }, []],
])('%s', (_, over, clashes) => {
  expect(findClashes([meeting({})], [other(over)]).map(({ because, what }) => `${because} ${what}`)).toEqual(clashes)
})

it('is told once a weekly time, with its first day and how often', () => {
  const weeks = ['2026-03-02', '2026-03-09', '2026-03-16']
  const ours = weeks.map((day) => meeting({ day, slotDay: day }))
  const others = weeks.slice(1).map((day) => other({ day, slotDay: day, room: 'R1' }))
  expect(findClashes(ours, others)).toEqual([
    {
      because: 'room',
      what: 'R1',
      slotId: 'other',
      classId: 'chemistry',
      firstDay: '2026-03-09',
      startsAt: '09:00',
      times: 2,
    },
  ])
})

it('is none with itself', () => {
  expect(findClashes([meeting({})], [meeting({})])).toEqual([])
})
