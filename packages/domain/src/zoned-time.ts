/** A day of the calendar, `YYYY-MM-DD`: no point in time until a time zone says when it begins. */
export type Day = string
/** A time of day, `HH:MM` (seconds are allowed and dropped). */
export type TimeOfDay = string

/**
 * The instant at which clocks in `timeZone` show `time` on `day`. Where summer time skips that hour it is as long after
 * the skip as the clock would have been; where the hour comes twice, it is the first.
 * @param timeZone an IANA name
 * @throws RangeError for a day, a time or a zone that does not exist
 */
export function zonedTime(day: Day, time: TimeOfDay, timeZone: string): Date {
  const asUtc = Date.parse(`${day}T${time.slice(0, 5)}:00Z`)
  if (Number.isNaN(asUtc)) throw new RangeError(`there is no ${day} ${time}`)
  // The offset before and after any change of that day: whichever reads back as asked for, the earlier instant first.
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => offsetMs(new Date(near), timeZone))
  const candidates = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b)
  const exact = candidates.find((instant) => instant + offsetMs(new Date(instant), timeZone) === asUtc)
  return new Date(exact ?? Math.max(...candidates))
}

/** The day that clocks in `timeZone` show at `at`. */
export function dayAt(at: Date, timeZone: string): Day {
  return clockIn(timeZone)(at).day
}

/** What clocks in `timeZone` show; made once for many times, since asking for the zone's rules is the slow part. */
export function clockIn(timeZone: string): (at: Date) => { day: Day; time: TimeOfDay } {
  const zone = zoneOf(timeZone)
  const offsets = new Map<number, number>()
  return (at) => {
    const minute = Math.floor(at.getTime() / MINUTE_MS)
    // Clocks are changed at whole minutes.
    const offset = offsets.get(minute) ?? offsetIn(zone, at)
    offsets.set(minute, offset)
    const shown = new Date(at.getTime() + offset).toISOString()
    return { day: shown.slice(0, 10), time: shown.slice(11, 16) }
  }
}

/** 1 Monday to 7 Sunday, as ISO 8601 counts. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** The first day of the week that holds `day`; weeks begin on `weekStart`, 1 Monday to 7 Sunday. */
export function weekOf(day: Day, weekStart: number): Day {
  return addDays(day, -((weekdayOf(day) - weekStart + 7) % 7))
}

/** `count` days later, or earlier where it is negative. */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** How far clocks in `timeZone` are ahead of UTC at `at`. */
const offsetMs = (at: Date, timeZone: string): number => offsetIn(zoneOf(timeZone), at)

const zoneOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

function offsetIn(zone: Intl.DateTimeFormat, at: Date): number {
  const parts = zone.formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(at.getTime() / 1000) * 1000
}
