/**
 * The instant of a time of day in `timeZone`, on the UTC day of `date`. Where summer time skips that hour it is the one after.
 * @param timeZone an IANA name
 */
export function zonedTime(date: Date, time: { hour: number; minute: number }, timeZone: string): Date {
  const asUtc = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), time.hour, time.minute)
  const guess = new Date(asUtc - offsetMs(new Date(asUtc), timeZone))
  return new Date(asUtc - offsetMs(guess, timeZone))
}

function offsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(at.getTime() / 1000) * 1000
}
