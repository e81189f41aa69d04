import { addDays, type Day, type TimeOfDay, weekdayOf } from './zoned-time.ts'

/** From the first day to the last, both included. */
export type DayRange = { from: Day; to: Day }

/** One weekly meeting of a class, on the days of its validity. */
export type Slot = {
  id: string
  /** 1 Monday to 7 Sunday. */
  weekday: number
  startsAt: TimeOfDay
  minutes: number
  room: string | null
  validFrom: Day
  validUntil: Day
}

/** What is otherwise on one day of a slot. A `room` that is null is the slot's own. */
export type SlotException = { slotId: string; onDay: Day; reason: string | null } & (
  | { kind: 'cancelled' }
  | { kind: 'moved'; movedTo: Day; startsAt: TimeOfDay; minutes: number; room: string | null }
)

export type Holiday = { name: string; startsOn: Day; endsOn: Day }

export type Timetable = {
  slots: readonly Slot[]
  exceptions: readonly SlotException[]
  holidays: readonly Holiday[]
  /** Null for a class of no term: then a slot's own days alone bound it. */
  term: DayRange | null
}

/** One meeting. `slotDay` is the day of the slot it stands for and names it for good; `day` is when it is held. */
export type Meeting = {
  slotId: string
  slotDay: Day
  day: Day
  /** `HH:MM` */
  startsAt: TimeOfDay
  minutes: number
  room: string | null
}

/**
 * A meeting as a week shows it, those too that are not held: cancelled, on a holiday, or gone to another day.
 * `because` is the reason of the exception or the holiday's name.
 */
export type Occurrence = Meeting & {
  state: 'on' | 'moved' | 'moved-away' | 'cancelled' | 'holiday'
  because: string | null
}

/**
 * The meetings held in `range`, in the order of time. Holidays and cancelled ones are left out; a moved one is on the
 * day it was moved to, whatever day that is, since somebody chose it. An exception for a day on which its slot does not
 * meet says nothing.
 */
export function meetingsOf(timetable: Timetable, range: DayRange): Meeting[] {
  return occurrencesOf(timetable, range)
    .filter(({ state }) => state === 'on' || state === 'moved')
    .map(({ state, because, ...meeting }) => meeting)
}

/** Everything a calendar of `range` shows, in the order of time. */
export function occurrencesOf(timetable: Timetable, range: DayRange): Occurrence[] {
  return timetable.slots.flatMap((slot) => occurrencesOfSlot(slot, timetable, range)).sort(byTime)
}

function occurrencesOfSlot(slot: Slot, { exceptions, holidays, term }: Timetable, range: DayRange): Occurrence[] {
  const days = intersect({ from: slot.validFrom, to: slot.validUntil }, term)
  const meetsOn = (day: Day) => weekdayOf(day) === slot.weekday && isWithin(day, days)
  const own = new Map(
    exceptions
      .filter(({ slotId, onDay }) => slotId === slot.id && meetsOn(onDay))
      .map((exception) => [exception.onDay, exception]),
  )
  const atHome = weekly(slot.weekday, intersect(days, range)).flatMap((day) =>
    atOwnPlace(slot, day, own.get(day), holidays),
  )
  const elsewhere = [...own.values()].flatMap((exception) =>
    exception.kind === 'moved' && isWithin(exception.movedTo, range) ? [movedMeeting(slot, exception)] : [],
  )
  return [...atHome, ...elsewhere]
}

function atOwnPlace(
  slot: Slot,
  day: Day,
  exception: SlotException | undefined,
  holidays: readonly Holiday[],
): Occurrence[] {
  const { id: slotId, minutes, room } = slot
  const meeting = { slotId, slotDay: day, day, startsAt: slot.startsAt.slice(0, 5), minutes, room }
  if (exception?.kind === 'cancelled') return [{ ...meeting, state: 'cancelled', because: exception.reason }]
  if (exception?.kind === 'moved')
    return exception.movedTo === day ? [] : [{ ...meeting, state: 'moved-away', because: exception.reason }]
  const holiday = holidays.find(({ startsOn, endsOn }) => isWithin(day, { from: startsOn, to: endsOn }))
  if (holiday) return [{ ...meeting, state: 'holiday', because: holiday.name }]
  return [{ ...meeting, state: 'on', because: null }]
}

const movedMeeting = (slot: Slot, moved: Extract<SlotException, { kind: 'moved' }>): Occurrence => ({
  slotId: slot.id,
  slotDay: moved.onDay,
  day: moved.movedTo,
  startsAt: moved.startsAt.slice(0, 5),
  minutes: moved.minutes,
  room: moved.room ?? slot.room,
  state: 'moved',
  because: moved.reason,
})

/** Every day of `range` that is that weekday. */
function weekly(weekday: number, range: DayRange): Day[] {
  const days: Day[] = []
  if (range.from > range.to) return days
  const first = addDays(range.from, (weekday - weekdayOf(range.from) + 7) % 7)
  for (let day = first; day <= range.to; day = addDays(day, 7)) days.push(day)
  return days
}

/** Days written `YYYY-MM-DD` compare as text. */
export const isWithin = (day: Day, range: DayRange): boolean => day >= range.from && day <= range.to

function intersect(a: DayRange, b: DayRange | null): DayRange {
  if (b === null) return a
  return { from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to }
}

const byTime = (a: Meeting, b: Meeting) =>
  compare(a.day, b.day) ||
  compare(a.startsAt, b.startsAt) ||
  compare(a.slotId, b.slotId) ||
  compare(a.slotDay, b.slotDay)

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)
