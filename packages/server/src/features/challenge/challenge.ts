import { randomUUID } from 'node:crypto'
import type { FrameBundle } from '@app/contract'
import {
  type Action,
  CHALLENGE_LIFETIME_MS,
  drawActions,
  drawColours,
  type FlashColour,
  isFlashTimely,
  type Policy,
  rulesFor,
} from '@app/domain'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { countTry, type Throttle } from '../../platform/throttle.ts'
import {
  type Challenge,
  endUnspentChallenges,
  findChallenge,
  findLastActions,
  findSparing,
  hasUnsettledUpload,
  insertChallenge,
  lockPerson,
  type Purpose,
  setChallengeSettled,
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
  colours: FlashColour[] | null
  madeAt: Date
  takenAt: Date
}

/** An upload without an answer after this long has died with its server. */
const VERDICT_TAKES_AT_MOST_MS = 60_000
const PENDING_RETRY_SECONDS = 2

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

/**
 * What is asked of the person now: bound to them, to their sign-in and, for a check-in, to the session.
 * It ends whatever they were asked before and have not answered.
 */
export async function makeChallenge(
  tx: Tx,
  { drawNumber }: Draw,
  wanted: { actor: Actor; purpose: Purpose; sessionId: string | null; policy: Policy; at: Date },
): Promise<{ id: string; actions: Action[]; colours: FlashColour[] | null; expiresAt: string }> {
  const { actor, policy, at } = wanted
  await lockPerson(tx, actor.personId)
  await endUnspentChallenges(tx, actor.personId, at)
  const previous = await findLastActions(tx, actor.personId)
  const { cannotDo, avoidsFlashes } = await findSparing(tx, actor.personId)
  const rules = rulesFor({ allowed: policy.actions, count: policy.actionCount }, cannotDo)
  const actions = drawActions(rules, previous, drawNumber)
  const colours = policy.colourFlash && !avoidsFlashes ? drawColours(drawNumber) : null
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
    colours,
    madeAt: at,
    expiresAt,
  })
  return { id, actions, colours, expiresAt: expiresAt.toISOString() }
}

type Wanted = { actor: Actor; challengeId: string; purpose: Purpose; at: Date }

/**
 * A challenge that can still be answered; nothing else of this person's is judged until the transaction ends.
 * Somebody else's challenge, or one's own of another sign-in, does not exist here.
 * @throws Failure `challenge-unknown`, `challenge-spent`, `challenge-expired`
 */
export async function lockOpenChallenge(tx: Tx, { actor, challengeId, purpose, at }: Wanted): Promise<Challenge> {
  await lockPerson(tx, actor.personId)
  const challenge = await findChallenge(tx, challengeId)
  if (challenge?.purpose !== purpose || challenge.personId !== actor.personId || challenge.loginId !== actor.loginId)
    throw new Failure('challenge-unknown')
  if (challenge.spentAt !== null) throw new Failure('challenge-spent')
  if (at >= challenge.expiresAt) throw new Failure('challenge-expired')
  return challenge
}

/**
 * Spends the challenge for one upload, before anything of the upload is read: whoever comes second has lost.
 * While one upload of a person is judged their next is refused: many sent at once would all be judged before the first
 * refusal weighs.
 * @throws Failure `challenge-unknown`, `challenge-spent`, `challenge-expired`, `bad-input`, `verdict-pending`
 */
export async function takeChallenge(tx: Tx, wanted: Wanted & { bundle: FrameBundle }): Promise<TakenChallenge> {
  const { actor, challengeId, at } = wanted
  const challenge = await lockOpenChallenge(tx, wanted)
  requirePromptsOf(challenge.actions, wanted.bundle.prompts)
  requireFlashOf(challenge.colours, wanted.bundle)
  if (await hasUnsettledUpload(tx, actor.personId, new Date(at.getTime() - VERDICT_TAKES_AT_MOST_MS)))
    throw new Failure('verdict-pending', { retryAfterSeconds: PENDING_RETRY_SECONDS })
  if (!(await spendChallenge(tx, challengeId, at))) throw new Failure('challenge-spent')
  const { id, purpose, sessionId, actions, colours, madeAt } = challenge
  return { id, purpose, sessionId, actions, colours, madeAt, takenAt: at }
}

/** A page that leaves instructions out would have the whole upload searched for each action. */
function requirePromptsOf(actions: readonly Action[], prompts: FrameBundle['prompts']): void {
  const inOrder = prompts.every(({ shownAtMs }, i) => shownAtMs > (prompts[i - 1]?.shownAtMs ?? -1))
  if (inOrder && prompts.map(({ action }) => action).join() === actions.join()) return
  throw new Failure('bad-input', {
    fields: [{ path: 'body.bundle.prompts', message: 'must be the actions of the challenge, in their order' }],
  })
}

/** A page that leaves the colours out would be let off them. */
function requireFlashOf(colours: readonly FlashColour[] | null, { flash, prompts }: FrameBundle): void {
  if (colours === null || (flash !== null && isFlashTimely(flash, colours, prompts[0]?.shownAtMs ?? 0))) return
  throw new Failure('bad-input', {
    fields: [{ path: 'body.bundle.flash', message: 'must be the colours of the challenge, each in its time' }],
  })
}

/** Does what a taken challenge was taken for, and lets the person's next upload in when that is over, whatever came of it. */
export async function settling<Result>(
  { db, now }: { db: Database; now: () => Date },
  { actor, challenge }: { actor: Actor; challenge: TakenChallenge },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } finally {
    const { id, takenAt } = challenge
    await db.inInstitution(actor.institutionId, (tx) => setChallengeSettled(tx, { id, spentAt: takenAt, at: now() }))
  }
}

/** Only for whoever took it, and only when not one frame was looked at: the same upload may come again. */
export async function giveBackChallenge(tx: Tx, actor: Actor, challenge: TakenChallenge): Promise<void> {
  await lockPerson(tx, actor.personId)
  await unspendChallenge(tx, challenge.id, actor.personId)
}
