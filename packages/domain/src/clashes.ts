import type { Meeting } from './timetable.ts'
import type { Day, TimeOfDay } from './zoned-time.ts'

/** A meeting with whose it is. */
export type TaughtMeeting = Meeting & { classId: string; teacherIds: readonly string[] }

/** Two weekly times that want one room or one teacher at once. */
export type Clash = {
  because: 'room' | 'teacher'
  /** The room as the other has it written, or the teacher's id. */
  what: string
  /** The other weekly time, and the first of its meetings that is in the way. */
  slotId: string
  classId: string
  firstDay: Day
  startsAt: TimeOfDay
  times: number
}

/**
 * Where `ours` are in the way of `others`: one clash for each other weekly time and each room or teacher, in the order
 * of its first day. Rooms are one when they are written alike but for case and spaces.
 */
export function findClashes(ours: readonly TaughtMeeting[], others: readonly TaughtMeeting[]): Clash[] {
  const byDay = new Map<Day, TaughtMeeting[]>()
  for (const meeting of others) byDay.set(meeting.day, [...(byDay.get(meeting.day) ?? []), meeting])
  const found = new Map<string, Clash>()
  for (const our of ours)
    for (const other of byDay.get(our.day) ?? [])
      for (const clash of clashesOf(our, other)) {
        const key = `${clash.because} ${clash.what} ${clash.slotId}`
        const earlier = found.get(key)
        if (earlier) earlier.times += 1
        else found.set(key, clash)
      }
  return [...found.values()].sort((a, b) => (a.firstDay < b.firstDay ? -1 : Number(a.firstDay > b.firstDay)))
}

function clashesOf(our: TaughtMeeting, other: TaughtMeeting): Clash[] {
  if (our.slotId === other.slotId && our.slotDay === other.slotDay) return []
  if (!overlap(our, other)) return []
  const { slotId, classId, day: firstDay, startsAt } = other
  const clash = { slotId, classId, firstDay, startsAt, times: 1 }
  const teachers = our.teacherIds.filter((id) => other.teacherIds.includes(id))
  const isSameRoom = our.room !== null && other.room !== null && roomKey(our.room) === roomKey(other.room)
  return [
    ...(isSameRoom ? [{ ...clash, because: 'room' as const, what: other.room ?? '' }] : []),
    ...teachers.map((what) => ({ ...clash, because: 'teacher' as const, what })),
  ]
}

/** Rooms written alike but for case and spaces are one. */
export const roomKey = (room: string) => room.replaceAll(/\s+/g, '').toLowerCase()

/** On one day; what ends as the other begins is not in its way. */
const overlap = (a: Meeting, b: Meeting) =>
  minuteOf(a.startsAt) < minuteOf(b.startsAt) + b.minutes && minuteOf(b.startsAt) < minuteOf(a.startsAt) + a.minutes

const minuteOf = (time: TimeOfDay) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
