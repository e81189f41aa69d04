import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { addressGroup, countTry, forgetTries, returnTry, type Throttle } from '../../platform/throttle.ts'
import { type KnownDevice, readDeviceMark } from './known-device.ts'
import { type EnteredAnew, openLogin } from './open-login.ts'
import { passwordFits } from './password.ts'
import { findSignIns, lockPerson, lowerIdentifier, type SignInMatch } from './people.store.ts'

type Deps = { db: Database; keyring: Keyring; now: () => Date }

export type SignInTry = {
  identifier: string
  password: string
  institutionId: string | undefined
  address: string
  userAgent: string
  /** The device's mark of an earlier sign-in, as the cookie brought it. */
  deviceMark: string | undefined
}

/** A whole lecture hall signs in behind one address within a minute; each account has few tries from it all the same. */
const PER_ADDRESS: Throttle = {
  purpose: 'sign-in/address',
  free: 400,
  firstWaitSeconds: 5,
  longestWaitSeconds: 900,
  forgetAfterSeconds: 3600,
}
const PER_ACCOUNT_AND_ADDRESS: Throttle = {
  purpose: 'sign-in/account-and-address',
  free: 5,
  firstWaitSeconds: 30,
  longestWaitSeconds: 900,
  forgetAfterSeconds: 86_400,
}
const PER_KNOWN_DEVICE: Throttle = { ...PER_ACCOUNT_AND_ADDRESS, purpose: 'sign-in/known-device', free: 10 }

/**
 * Answers the same, after the same work, for an unknown account as for a wrong password.
 * @throws Failure `wrong-credentials`, `too-many-attempts`, `choose-institution`, `awaiting-approval`
 */
export async function signIn(deps: Deps, input: SignInTry): Promise<EnteredAnew> {
  const at = deps.now()
  const { name, matches } = await deps.db.outside(async (tx) => ({
    name: await lowerIdentifier(tx, input.identifier),
    matches: await findSignIns(tx, input.identifier),
  }))
  const inScope = matches.filter(({ institutionId }) => [undefined, institutionId].includes(input.institutionId))
  const device = readDeviceMark(deps.keyring, input.deviceMark)
  const counters = countersOf(input, { name, inScope, device })
  for (const { throttle, whom } of counters) await countTry(deps, throttle, whom, at)

  const good = await keepFitting(inScope, input.password)
  const [first] = good
  if (!first) throw new Failure('wrong-credentials')
  for (const { throttle, whom, isShared } of counters)
    await (isShared ? returnTry(deps, throttle, whom) : forgetTries(deps, throttle, whom))

  const institutions = new Map(good.map((match) => [match.institutionId, match.institutionName]))
  if (institutions.size > 1)
    throw new Failure('choose-institution', { institutions: [...institutions].map(([id, name]) => ({ id, name })) })
  if (first.status === 'awaiting-approval') throw new Failure('awaiting-approval')
  return enter(deps, input, first, device)
}

type Counter = { throttle: Throttle; whom: string; isShared: boolean }

type Tried = { name: string; inScope: readonly SignInMatch[]; device: KnownDevice | null }

/**
 * A roll number may be somebody else's elsewhere. So a device's mark counts only where nobody else's password is tried
 * with it, one's own password clears no counter of another's account, and each institution asked for is counted apart.
 */
function countersOf(input: SignInTry, { name, inScope, device }: Tried): Counter[] {
  if (device && inScope.length === 1 && inScope[0]?.personId === device.personId)
    return [{ throttle: PER_KNOWN_DEVICE, whom: `${device.personId}\n${device.nonce}`, isShared: false }]
  const address = addressGroup(input.address)
  const account = `${name}\n${input.institutionId ?? ''}\n${address}`
  return [
    { throttle: PER_ADDRESS, whom: address, isShared: true },
    { throttle: PER_ACCOUNT_AND_ADDRESS, whom: account, isShared: inScope.length > 1 },
  ]
}

/** The accounts the password is good for. Where there is none to check, a hash is checked all the same. */
async function keepFitting(matches: readonly SignInMatch[], password: string): Promise<SignInMatch[]> {
  if (matches.length === 0) await passwordFits(null, password)
  const fitting: SignInMatch[] = []
  for (const match of matches)
    if ((await passwordFits(match.passwordHash, password)) && match.status !== 'disabled') fitting.push(match)
  return fitting
}

function enter(deps: Deps, input: SignInTry, match: SignInMatch, device: KnownDevice | null) {
  const { institutionId, personId } = match
  return deps.db.inInstitution(institutionId, async (tx) => {
    // Disabled, or given another password, while the old one was being checked; locked, because a change under way ends
    // the sign-ins it sees.
    const person = await lockPerson(tx, personId)
    if (person?.status !== 'active' || person.passwordHash !== match.passwordHash)
      throw new Failure('wrong-credentials')
    return openLogin(deps, tx, { institutionId, personId, userAgent: input.userAgent, device, at: deps.now() })
  })
}
