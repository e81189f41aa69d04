import { randomUUID } from 'node:crypto'
import { type Action, CHALLENGE_LIFETIME_MS, drawActions, type Policy } from '@app/domain'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { countTry, type Throttle } from '../../platform/throttle.ts'
import {
  findChallenge,
  findLastActions,
  insertChallenge,
  type Purpose,
  spendChallenge,
  unspendChallenge,
} from './challenge.store.ts'

/** A challenge whose single use belongs to the upload that is being answered. */
export type TakenChallenge = {
  id: string
  purpose: Purpose
  /** Null for an enrolment. */
  sessionId: string | null
  actions: Action[]
}

/** Each challenge may cost a reader's time: more than a person can act out is a script. */
const CHALLENGES_OF_PERSON: Throttle = {
  purpose: 'challenge-of-person',
  free: 40,
  firstWaitSeconds: 10,
  longestWaitSeconds: 60,
  forgetAfterSeconds: 60,
}

/** Counts a challenge that is asked for; call it outside any transaction. @throws Failure `too-many-attempts` */
export function countChallenge(deps: { db: Database; keyring: Keyring }, actor: Actor, at: Date): Promise<void> {
  return countTry(deps, CHALLENGES_OF_PERSON, actor.personId, at)
}

type Draw = { drawNumber: (bound: number) => number }

/** What is asked of the person now: bound to them, to their sign-in and, for a check-in, to the session. */
export async function makeChallenge(
  tx: Tx,
  { drawNumber }: Draw,
  wanted: { actor: Actor; purpose: Purpose; sessionId: string | null; policy: Policy; at: Date },
): Promise<{ id: string; actions: Action[]; expiresAt: string }> {
  const { actor, policy, at } = wanted
  const previous = await findLastActions(tx, actor.personId)
  const actions = drawActions({ allowed: policy.actions, count: policy.actionCount }, previous, drawNumber)
  const id = randomUUID()
  const expiresAt = new Date(at.getTime() + CHALLENGE_LIFETIME_MS)
  await insertChallenge(tx, {
    institutionId: actor.institutionId,
    id,
    purpose: wanted.purpose,
    personId: actor.personId,
    loginId: actor.loginId,
    sessionId: wanted.sessionId,
    actions,
    expiresAt,
    at,
  })
  return { id, actions, expiresAt: expiresAt.toISOString() }
}

/**
 * Spends the challenge for one upload, before anything of the upload is read: whoever comes second has lost.
 * Somebody else's challenge, or one's own of another sign-in, does not exist here.
 * @throws Failure `challenge-unknown`, `challenge-spent`, `challenge-expired`
 */
export async function takeChallenge(
  tx: Tx,
  wanted: { actor: Actor; challengeId: string; purpose: Purpose; at: Date },
): Promise<TakenChallenge> {
  const { actor, challengeId, at } = wanted
  const challenge = await findChallenge(tx, challengeId)
  if (
    challenge?.purpose !== wanted.purpose ||
    challenge.personId !== actor.personId ||
    challenge.loginId !== actor.loginId
  )
    throw new Failure('challenge-unknown')
  if (challenge.spentAt !== null) throw new Failure('challenge-spent')
  if (at >= challenge.expiresAt) throw new Failure('challenge-expired')
  if (!(await spendChallenge(tx, challengeId, at))) throw new Failure('challenge-spent')
  const { id, purpose, sessionId, actions } = challenge
  return { id, purpose, sessionId, actions }
}

/** Only for whoever took it, and only when not one frame was looked at: the same upload may come again. */
export async function giveBackChallenge(tx: Tx, challenge: TakenChallenge): Promise<void> {
  await unspendChallenge(tx, challenge.id)
}
