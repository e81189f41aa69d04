import { lettersOf } from './typed-letters.ts'

/** Six letters carry 30 bits of the MAC: with two valid codes and ten tries a minute a guess is hopeless. */
export const CODE_LENGTH = 6

/** The number of the code that is shown at `at`, when each is shown for `periodSeconds`. */
export function codeCounter(at: Date, periodSeconds: number): number {
  return Math.floor(at.getTime() / (periodSeconds * 1000))
}

/** When the code that is shown at `at` gives way to the next. */
export function codeChangesAt(at: Date, periodSeconds: number): Date {
  return new Date((codeCounter(at, periodSeconds) + 1) * periodSeconds * 1000)
}

/** The counters whose codes are taken at `at`: the displayed one and the one before. */
export function acceptedCounters(at: Date, periodSeconds: number): [number, number] {
  const shown = codeCounter(at, periodSeconds)
  return [shown, shown - 1]
}

/** A code that was good this long ago is called expired rather than wrong. */
const EXPIRED_WITHIN_SECONDS = 60

/** The counters whose codes were taken until a minute ago, at least one; the latest first. */
export function expiredCounters(at: Date, periodSeconds: number): number[] {
  const [, oldest] = acceptedCounters(at, periodSeconds)
  return Array.from({ length: Math.ceil(EXPIRED_WITHIN_SECONDS / periodSeconds) }, (_, i) => oldest - 1 - i)
}

/**
 * The typed form of a MAC: its first 30 bits in base 32.
 * @param mac at least 4 bytes
 * @throws RangeError when it is shorter
 */
export function codeFromMac(mac: Uint8Array): string {
  return lettersOf(mac, CODE_LENGTH)
}
