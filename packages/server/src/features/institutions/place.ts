import { Failure } from '../../platform/failure.ts'

/** @throws Failure `bad-input` for a time zone that does not exist */
export function requireTimeZone(name: string): void {
  if (!isTimeZone(name)) throw wrong('timeZone', 'no such time zone')
}

/** @throws Failure `bad-input` for what is no language tag such as `en-IN` */
export function requireLocale(name: string): void {
  if (!isLocale(name)) throw wrong('locale', 'no such language')
}

const wrong = (field: string, message: string) =>
  new Failure('bad-input', { fields: [{ path: `body.${field}`, message }] })

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // Offsets such as +05:30 are taken too, but they know no summer time.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

function isLocale(name: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(name).length === 1
  } catch {
    return false
  }
}
