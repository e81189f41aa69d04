/** Letters and digits that nobody confuses, on a projector or on paper (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The first bits of `bytes` as letters to be typed, five bits each.
 * @throws RangeError when there are too few
 */
export function lettersOf(bytes: Uint8Array, count: number): string {
  if (bytes.length * 8 < count * 5) throw new RangeError(`${count} letters need ${count * 5} bits`)
  let letters = ''
  for (let at = 0; at < count * 5; at += 5) {
    const two = ((bytes[at >> 3] ?? 0) << 8) | (bytes[(at >> 3) + 1] ?? 0)
    letters += ALPHABET[(two >> (11 - (at & 7))) & 31]
  }
  return letters
}

/** Whether these are all letters that `lettersOf` makes. */
export function areLetters(text: string): boolean {
  return [...text].every((letter) => ALPHABET.includes(letter))
}

/** What somebody typed, as it would have been shown: upper case, no separators, and the letters people mistake put right. */
export function normaliseCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}
