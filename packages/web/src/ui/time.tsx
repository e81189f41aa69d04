import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSignIn } from '../api/use-api.tsx'

/** The one date helper: times in the institution's zone, whatever the zone of this device. */
export function useTimeFormat() {
  const { i18n } = useTranslation()
  const state = useSignIn()
  const timeZone = state.kind === 'signed-in' || state.kind === 'ended' ? state.me.institution.timeZone : undefined
  // Of the language that is shown, the variant that this person's browser asks for: 22 Nov or Nov 22.
  const locale = navigator.language.startsWith(i18n.language) ? navigator.language : i18n.language
  return useMemo(() => createTimeFormat(locale, timeZone), [locale, timeZone])
}

function createTimeFormat(locale: string, timeZone: string | undefined) {
  const format = (options: Intl.DateTimeFormatOptions) => {
    // Made when first used: a formatter is slow to make, and a board has three hundred tiles.
    let formatter: Intl.DateTimeFormat | null = null
    return (at: string | Date) => {
      formatter ??= new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone })
      return formatter.format(typeof at === 'string' ? new Date(at) : at)
    }
  }
  return {
    time: format({ hour: '2-digit', minute: '2-digit' }),
    day: format({ weekday: 'short', day: 'numeric', month: 'short' }),
    dayAndTime: format({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    /** A day of the calendar, `YYYY-MM-DD`: no point in time, so it is of no zone. */
    calendarDay: (day: string) =>
      new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day)),
    full: format({ dateStyle: 'full', timeStyle: 'long' }),
    relative: (at: string, now: Date) => relative(locale, Date.parse(at) - now.getTime()),
  }
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NEAR = 7 * DAY

function relative(language: string, differenceMs: number): string | null {
  if (Math.abs(differenceMs) > NEAR) return null
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  if (Math.abs(differenceMs) < MINUTE) return format.format(0, 'second')
  if (Math.abs(differenceMs) < HOUR) return format.format(Math.round(differenceMs / MINUTE), 'minute')
  if (Math.abs(differenceMs) < DAY) return format.format(Math.round(differenceMs / HOUR), 'hour')
  return format.format(Math.round(differenceMs / DAY), 'day')
}

/** A time: relative while it is near, absolute on hover and for machines. */
export function When({ at }: { at: string }) {
  const { dayAndTime, full, relative } = useTimeFormat()
  const now = useNow(30_000)
  return (
    <time dateTime={at} title={full(at)}>
      {relative(at, now) ?? dayAndTime(at)}
    </time>
  )
}

/** The present moment, anew every `everyMs`. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
