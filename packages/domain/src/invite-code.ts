import { areLetters, lettersOf, normaliseCode } from './typed-letters.ts'

/** Twenty letters are 100 bits: no guess at any of the open invites of a large installation ever hits, limits or none. */
const INVITE_CODE_LENGTH = 20
const GROUP = 4

/** As many random bytes as a code is made of. */
export const INVITE_CODE_BYTES = 13

/** The code of an invite, to be typed where no camera reads its link: five groups of four letters. */
export function inviteCodeFrom(random: Uint8Array): string {
  return groupInviteCode(lettersOf(random, INVITE_CODE_LENGTH))
}

/** What somebody typed, in groups as on the paper; null when it cannot be a code. */
export function readInviteCode(typed: string): string | null {
  const letters = normaliseCode(typed)
  return letters.length === INVITE_CODE_LENGTH && areLetters(letters) ? groupInviteCode(letters) : null
}

const groupInviteCode = (letters: string) => (letters.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-')
