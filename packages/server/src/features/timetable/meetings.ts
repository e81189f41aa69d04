import {
  type DayRange,
  type Meeting,
  meetingsOf,
  type Occurrence,
  occurrencesOf,
  type Timetable,
  zonedTime,
} from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { getInstitution } from '../institutions/index.ts'
import { type ClassSlot, findClassFrames, findExceptions, findHolidays, findSlots } from './timetable.store.ts'

/** A meeting of the timetable with the instants that its time of day stands for in the institution's zone. */
export type ZonedMeeting = Meeting & { beginsAt: Date; endsAt: Date }

/** What the classes' meetings come from; an archived class meets no more. */
export async function readTimetables(
  tx: Tx,
  classIds: readonly string[],
): Promise<Map<string, Timetable & { slots: ClassSlot[] }>> {
  const frames = await findClassFrames(tx, classIds)
  const met = [...frames].filter(([, { isArchived }]) => !isArchived)
  const slots = await findSlots(
    tx,
    met.map(([classId]) => classId),
  )
  const exceptions = await findExceptions(
    tx,
    slots.map(({ id }) => id),
  )
  const holidays = await findHolidays(tx)
  return new Map(
    met.map(([classId, { term }]) => {
      const own = slots.filter((slot) => slot.classId === classId)
      const ids = new Set(own.map(({ id }) => id))
      return [classId, { slots: own, exceptions: exceptions.filter(({ slotId }) => ids.has(slotId)), holidays, term }]
    }),
  )
}

/**
 * When a class meets by its timetable from one day to another, both included, in the order of time: holidays and
 * cancelled meetings left out, moved ones at their new place. The caller has asked whether the actor may see the class.
 */
export async function listMeetings(
  tx: Tx,
  { classId, from, to }: DayRange & { classId: string },
): Promise<ZonedMeeting[]> {
  const timetable = (await readTimetables(tx, [classId])).get(classId)
  if (!timetable) return []
  const { timeZone } = await getInstitution(tx)
  return meetingsOf(timetable, { from, to }).map((meeting) => inZone(meeting, timeZone))
}

/** Minutes are told by the clock of the wall, but last as long as they last: a meeting over a change of the clock is not cut short. */
export function inZone<Place extends Meeting>(
  meeting: Place,
  timeZone: string,
): Place & Pick<ZonedMeeting, 'beginsAt' | 'endsAt'> {
  const beginsAt = zonedTime(meeting.day, meeting.startsAt, timeZone)
  return { ...meeting, beginsAt, endsAt: new Date(beginsAt.getTime() + meeting.minutes * 60_000) }
}

/** Everything that the timetable of a class says of these days, held or not, with the instants of its times. */
export async function listOccurrences(
  tx: Tx,
  { classId, from, to }: DayRange & { classId: string },
): Promise<(Occurrence & Pick<ZonedMeeting, 'beginsAt' | 'endsAt'>)[]> {
  const timetable = (await readTimetables(tx, [classId])).get(classId)
  if (!timetable) return []
  const { timeZone } = await getInstitution(tx)
  return occurrencesOf(timetable, { from, to }).map((occurrence) => inZone(occurrence, timeZone))
}
