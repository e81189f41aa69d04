import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** A day of the calendar, `YYYY-MM-DD`, in words: it is the same day in every zone. */
export function useDayFormat(): (day: string) => string {
  const { i18n } = useTranslation()
  const locale = navigator.language.startsWith(i18n.language) ? navigator.language : i18n.language
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    })
    return (day) => format.format(new Date(`${day}T00:00:00Z`))
  }, [locale])
}
