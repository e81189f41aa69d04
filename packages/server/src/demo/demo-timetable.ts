import { randomUUID } from 'node:crypto'
import { addDays, type clockIn, weekdayOf, windowFrom, zonedTime } from '@app/domain'
import { DEMO_WEEKS, LATE_AFTER_MINUTES, SESSION_MINUTES, type Weekday } from './demo-sessions.ts'

export type DemoSlot = { id: string; classId: string; weekday: number; startsAt: string; from: string; until: string }
export type DemoPlanned = {
  id: string
  classId: string
  plannedBy: string
  slot: { id: string; day: string }
  opensAt: Date
  lateAfter: Date
  closesAt: Date
}

/** This week and the next: so far ahead teachers have planned. */
const PLANNED_DAYS = 14

type Taught = { id: string; teacherId: string; weekdays: readonly Weekday[] }
type Term = { since: Date; now: Date; timeZone: string; clock: ReturnType<typeof clockIn> }

/** When the class meets each week, from the first day of the demo until as long after today. */
export function makeDemoSlots({ id: classId, weekdays }: Taught, { since, now, clock }: Term): DemoSlot[] {
  const { day: from } = clock(since)
  const until = addDays(clock(now).day, DEMO_WEEKS * 7)
  return weekdays.map(({ day: weekday, hour }) => {
    const startsAt = `${String(hour).padStart(2, '0')}:00`
    return { id: randomUUID(), classId, weekday, startsAt, from, until }
  })
}

/** The sessions that were planned from these weekly times and have not begun at `now`. */
export function makeDemoPlanned(
  { teacherId }: Taught,
  slots: readonly DemoSlot[],
  { now, timeZone, clock }: Term,
): DemoPlanned[] {
  const today = clock(now).day
  const days = Array.from({ length: PLANNED_DAYS }, (_, i) => addDays(today, i))
  return days.flatMap((day) =>
    slots
      .filter(({ weekday }) => weekday === weekdayOf(day))
      .map((slot) => ({
        ...windowFrom(zonedTime(day, slot.startsAt, timeZone), SESSION_MINUTES, LATE_AFTER_MINUTES),
        id: randomUUID(),
        classId: slot.classId,
        plannedBy: teacherId,
        slot: { id: slot.id, day },
      }))
      .filter(({ opensAt }) => opensAt > now),
  )
}
