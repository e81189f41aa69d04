import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Days of the calendar, `YYYY-MM-DD`: the same day wherever it is read. Moments are told by `time.tsx`. */
export function useDayFormat() {
  const { i18n } = useTranslation()
  const locale = navigator.language.startsWith(i18n.language) ? navigator.language : i18n.language
  return useMemo(() => createDayFormat(locale), [locale])
}

function createDayFormat(locale: string) {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return (day: string) => formatter.format(new Date(`${day}T00:00:00Z`))
  }
  const ofWeek = format({ weekday: 'long' })
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
  const time = (at: string) => clock.format(new Date(`2024-01-01T${at}:00Z`))
  return {
    /** Mon, 2 Mar */
    short: format({ weekday: 'short', day: 'numeric', month: 'short' }),
    /** 2 Mar 2026 */
    full: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    /** Monday, 2 March */
    long: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    /** A time of day, `HH:MM`, as this language tells it. */
    time,
    /** From a time of day on for so many minutes, past midnight too. */
    span: (startsAt: string, minutes: number) => `${time(startsAt)}–${time(later(startsAt, minutes))}`,
    /** 1 is Monday, 7 is Sunday. */
    weekday: (number: number) => ofWeek(`2024-01-0${number}`),
  }
}

function later(startsAt: string, minutes: number): string {
  const end = Number(startsAt.slice(0, 2)) * 60 + Number(startsAt.slice(3, 5)) + minutes
  return `${String(Math.floor(end / 60) % 24).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`
}

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** The day that this device's calendar shows; the server has the last word on which day it is. */
export function todayHere(timeZone: string): string {
  return shownIn(timeZone, new Date()).day
}

/** What clocks in the zone show, as date and time fields have it. */
export function shownIn(timeZone: string, at: Date): { day: string; time: string } {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const [day = '', time = ''] = format.format(at).split(' ')
  return { day, time }
}
