/** A new code every 5 seconds. */
export const CODE_PERIOD_MS = 5_000

/** Letters and digits that nobody confuses on a projector (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Six letters carry 30 bits of the MAC: with two valid codes and ten tries a minute a guess is hopeless. */
export const CODE_LENGTH = 6

/** The number of the code that is shown at `at`. */
export function codeCounter(at: Date): number {
  return Math.floor(at.getTime() / CODE_PERIOD_MS)
}

/** When the code that is shown at `at` gives way to the next. */
export function codeChangesAt(at: Date): Date {
  return new Date((codeCounter(at) + 1) * CODE_PERIOD_MS)
}

/** The counters whose codes are taken at `at`: the displayed one and the one before. */
export function acceptedCounters(at: Date): [number, number] {
  const shown = codeCounter(at)
  return [shown, shown - 1]
}

/**
 * The typed form of a MAC: its first 30 bits in base 32.
 * @param mac at least 4 bytes
 * @throws RangeError when it is shorter
 */
export function codeFromMac(mac: Uint8Array): string {
  if (mac.length < 4) throw new RangeError('a code needs at least four bytes of MAC')
  let bits =
    (((mac[0] as number) << 24) | ((mac[1] as number) << 16) | ((mac[2] as number) << 8) | (mac[3] as number)) >>> 0
  let code = ''
  for (let i = 0; i < CODE_LENGTH; i++) {
    code += ALPHABET[bits >>> 27]
    bits = (bits << 5) >>> 0
  }
  return code
}

/** What somebody typed, as it would have been shown: upper case, no separators, and the letters people mistake put right. */
export function normaliseCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}
