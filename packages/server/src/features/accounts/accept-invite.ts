import { readInviteCode } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import { hashToken, type Keyring, readLinkSecret } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { addressGroup, countTry, returnTry, type Throttle } from '../../platform/throttle.ts'
import { getInstitution } from '../institutions/index.ts'
import { requireUncommonPassword } from './common-passwords.ts'
import { findInstitutionOfInvite, findOpenInvite, spendInvite } from './invites.store.ts'
import { type EnteredAnew, openLogin } from './open-login.ts'
import { hashPassword } from './password.ts'
import { lockPerson, setPassword } from './people.store.ts'

type Deps = { db: Database; keyring: Keyring; now: () => Date }

/** Neither tokens nor typed codes can be guessed; this keeps a broken script from keeping the database busy. */
const PER_ADDRESS: Throttle = {
  purpose: 'invite/address',
  free: 60,
  firstWaitSeconds: 5,
  longestWaitSeconds: 300,
  forgetAfterSeconds: 3600,
}

/** @throws Failure `invite-invalid` alike for unknown, used, revoked and expired ones; `too-many-attempts` */
export async function lookUpInvite(deps: Deps, { token, address }: { token: string; address: string }) {
  const { invite, institution } = await findInvite(deps, { token, address })
  return {
    fullName: invite.fullName,
    institutionName: institution.name,
    signInName: invite.email ?? invite.rollNo ?? '',
    expiresAt: invite.expiresAt.toISOString(),
  }
}

/**
 * Sets the first password, uses the invite up and signs in; of two at once one wins.
 * @throws Failure `invite-invalid`, `password-too-common`, `too-many-attempts`
 */
export async function acceptInvite(
  deps: Deps,
  input: { token: string; password: string; address: string; userAgent: string },
): Promise<EnteredAnew> {
  const { invite, institution, hash } = await findInvite(deps, input)
  const { personId } = invite
  const institutionId = institution.id
  requireUncommonPassword(input.password, [invite.email, invite.rollNo, invite.fullName, institution.name])
  const passwordHash = await hashPassword(input.password)
  const at = deps.now()
  return deps.db.inInstitution(institutionId, async (tx) => {
    const person = await lockPerson(tx, personId)
    const spent = await spendInvite(tx, { hash, at })
    if (!spent || person?.status !== 'invited') throw new Failure('invite-invalid')
    await setPassword(tx, { id: personId, passwordHash, status: 'active' })
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: personId,
      action: 'invite-accepted',
      subjectId: personId,
      sessionId: null,
      oldValue: { status: 'invited' },
      newValue: { status: 'active' },
      reason: null,
    })
    const { userAgent } = input
    return openLogin(deps, tx, { institutionId, personId, userAgent, device: null, at })
  })
}

async function findInvite(deps: Deps, { token, address }: { token: string; address: string }) {
  const at = deps.now()
  const whom = addressGroup(address)
  await countTry(deps, PER_ADDRESS, whom, at)
  const secret = readLinkSecret(token) ?? (await readTypedCode(deps, token))
  const found =
    secret &&
    (await deps.db.inInstitution(secret.institutionId, async (tx) => {
      const invite = await findOpenInvite(tx, { hash: secret.hash, at })
      const institution = invite && (await getInstitution(tx))
      return institution && !institution.isDisabled ? { invite, institution, hash: secret.hash } : null
    }))
  if (!found) throw new Failure('invite-invalid')
  await returnTry(deps, PER_ADDRESS, whom)
  return found
}

async function readTypedCode({ db }: Pick<Deps, 'db'>, typed: string) {
  const code = readInviteCode(typed)
  if (code === null) return null
  const hash = hashToken(code)
  const institutionId = await db.outside((tx) => findInstitutionOfInvite(tx, hash))
  return institutionId === null ? null : { institutionId, hash }
}
