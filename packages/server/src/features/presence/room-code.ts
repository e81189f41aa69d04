import { createHash, timingSafeEqual } from 'node:crypto'
import { acceptedCounters, expiredCounters, normaliseCode } from '@app/domain'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { addressGroup, countTry, forgetTries, returnTry, type Throttle } from '../../platform/throttle.ts'
import { codeOf, type Session } from '../sessions/index.ts'

export type RoomCodeDeps = { db: Database; keyring: Keyring; now: () => Date }

/** Against two codes of 30 bits in force, ten tries a minute find one in a hundred years. */
const TRIES_OF_STUDENT: Throttle = {
  purpose: 'code-of-student',
  free: 10,
  firstWaitSeconds: 60,
  longestWaitSeconds: 15 * 60,
  forgetAfterSeconds: 60,
}
/** A whole class sits behind one address and mistypes; good codes are taken off the count again. */
const TRIES_OF_ADDRESS: Throttle = {
  purpose: 'code-of-session-and-address',
  free: 600,
  firstWaitSeconds: 10,
  longestWaitSeconds: 60,
  forgetAfterSeconds: 60,
}

/** What somebody gave as the code on a session's screen, and from where. */
export type GivenCode = { session: Session; personId: string; code: string; address: string }

/**
 * Whether the code on the session's screen was given: the one shown now or the one before. The answer is its number.
 * However it is asked for, all tries of a student count together; call it outside any transaction.
 * @throws Failure `too-many-attempts`, `code-expired` for one that was good within the last minute, else `code-wrong`
 */
export async function requireRoomCode(
  deps: RoomCodeDeps,
  { session, personId, code, address }: GivenCode,
): Promise<number> {
  const { keyring, now } = deps
  const here = `${session.id}\n${addressGroup(address)}`
  await countTry(deps, TRIES_OF_STUDENT, personId, now())
  await countTry(deps, TRIES_OF_ADDRESS, here, now())
  const counter = requireGoodCode(keyring, session, code, now())
  await forgetTries(deps, TRIES_OF_STUDENT, personId)
  await returnTry(deps, TRIES_OF_ADDRESS, here)
  return counter
}

function requireGoodCode(keyring: Keyring, session: Session, typed: string, at: Date): number {
  const given = digest(normaliseCode(typed))
  // Every counter is compared, whichever it is: how long it takes tells nothing.
  const findIn = (counters: readonly number[]) => {
    const matching = counters.map((counter) => timingSafeEqual(given, digest(codeOf(keyring, session, counter))))
    return counters[matching.indexOf(true)]
  }
  const expired = findIn(expiredCounters(at, session.codeSeconds))
  const accepted = findIn(acceptedCounters(at, session.codeSeconds))
  if (accepted !== undefined) return accepted
  throw new Failure(expired === undefined ? 'code-wrong' : 'code-expired')
}

/** Whatever was typed, what is compared has one length. */
const digest = (code: string) => createHash('sha256').update(code).digest()
