import { createHash, timingSafeEqual } from 'node:crypto'
import { acceptedCounters, CODE_PERIOD_MS, codeCounter, isOpen, normaliseCode } from '@app/domain'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { addressGroup, countTry, forgetTries, returnTry, type Throttle } from '../../platform/throttle.ts'
import { requireStudentOf } from '../roster/index.ts'
import {
  codeOf,
  findMark,
  getExistingSession,
  lockSettledSession,
  recordOwnMark,
  type Session,
} from '../sessions/index.ts'
import { type Marked, viewMarked } from './marked.ts'

export type CodeCheckInDeps = { db: Database; keyring: Keyring; now: () => Date }

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

/** A code that was good this long ago is called expired rather than wrong. */
const EXPIRED_WITHIN_MS = 60_000

/** Marks the actor by the code on the teacher's screen: good now, for this session, once per student. */
export async function checkInByCode(
  deps: CodeCheckInDeps,
  { actor, sessionId, code, address }: { actor: Actor; sessionId: string; code: string; address: string },
): Promise<Marked> {
  const { db, keyring, now } = deps
  const session = await db.inInstitution(actor.institutionId, async (tx) => {
    const found = await getExistingSession(tx, sessionId)
    await requireStudentOf(tx, actor, found.classId)
    if (!isOpen(found, now())) throw new Failure('session-closed')
    if (!found.methods.includes('code')) throw new Failure('method-not-allowed-here')
    if (await findMark(tx, sessionId, actor.personId)) throw new Failure('already-done')
    return found
  })
  const here = `${sessionId}\n${addressGroup(address)}`
  await countTry(deps, TRIES_OF_STUDENT, actor.personId, now())
  await countTry(deps, TRIES_OF_ADDRESS, here, now())
  requireGoodCode(keyring, session, code, now())
  await forgetTries(deps, TRIES_OF_STUDENT, actor.personId)
  await returnTry(deps, TRIES_OF_ADDRESS, here)
  return db.inInstitution(actor.institutionId, async (tx) => {
    const locked = await lockSettledSession(tx, sessionId, now())
    const at = now()
    const mark = await recordOwnMark(tx, locked, { actor, method: 'code', at })
    return viewMarked(mark, locked, at)
  })
}

/** @throws Failure `code-expired` for one that was good within the last minute, else `code-wrong` */
function requireGoodCode(keyring: Keyring, session: Session, typed: string, at: Date): void {
  const given = digest(normaliseCode(typed))
  const isOneOf = (counters: readonly number[]) =>
    counters.map((counter) => timingSafeEqual(given, digest(codeOf(keyring, session, counter)))).includes(true)
  const accepted = acceptedCounters(at)
  const shown = codeCounter(at)
  const earlier = Array.from({ length: EXPIRED_WITHIN_MS / CODE_PERIOD_MS }, (_, i) => shown - accepted.length - i)
  const wasGood = isOneOf(earlier)
  if (!isOneOf(accepted)) throw new Failure(wasGood ? 'code-expired' : 'code-wrong')
}

/** Whatever was typed, what is compared has one length. */
const digest = (code: string) => createHash('sha256').update(code).digest()
