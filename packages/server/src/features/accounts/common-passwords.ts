import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from '../../platform/failure.ts'

/** The 10,000 commonest passwords of at least 8 characters, lower case; see docs/decisions. */
const COMMON: ReadonlySet<string> = new Set(
  readFileSync(path.join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
    .trim()
    .split('\n'),
)

/**
 * ASVS 5.0 §6.2.4 and §6.2.11: neither one of the commonest nor one's own name, address or institution.
 * @param about words that belong to the person; short ones and null are passed over
 * @throws Failure `password-too-common`
 */
export function requireUncommonPassword(password: string, about: readonly (string | null)[]): void {
  const given = plain(password)
  const own = about.flatMap((word) => (word ? [word, word.split('@')[0] ?? ''] : [])).map(plain)
  const isOwn = own.some((word) => given === word || (stem(word).length >= 3 && stem(given) === stem(word)))
  const isOneLetter = new Set(given).size < 3
  if (COMMON.has(given) || isOwn || isOneLetter) throw new Failure('password-too-common')
}

/** A number put behind a name is the first thing a guesser tries. */
const stem = (text: string) => text.replace(/\d+$/, '')

const plain = (text: string) => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, '')
