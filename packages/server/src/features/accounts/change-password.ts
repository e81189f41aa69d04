import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { countTry, forgetTries, type Throttle } from '../../platform/throttle.ts'
import { getInstitution } from '../institutions/index.ts'
import { requireUncommonPassword } from './common-passwords.ts'
import { endOtherLogins } from './logins.store.ts'
import { hashPassword, passwordFits } from './password.ts'
import { findPerson, lockPerson, setPassword } from './people.store.ts'

type Deps = { db: Database; keyring: Keyring; now: () => Date }

/** Somebody at a phone that was left open guesses no faster than somebody who signs in. */
const PER_LOGIN: Throttle = {
  purpose: 'change-password/login',
  free: 5,
  firstWaitSeconds: 30,
  longestWaitSeconds: 900,
  forgetAfterSeconds: 86_400,
}

/**
 * Gives oneself another password; every other sign-in ends.
 * @throws Failure `wrong-current-password`, `password-too-common`, `too-many-attempts`
 */
export async function changePassword(
  deps: Deps,
  { actor, currentPassword, newPassword }: { actor: Actor; currentPassword: string; newPassword: string },
): Promise<void> {
  const { institutionId, personId, loginId } = actor
  await countTry(deps, PER_LOGIN, loginId, deps.now())
  const { person, institution } = await deps.db.inInstitution(institutionId, async (tx) => ({
    person: await findPerson(tx, personId),
    institution: await getInstitution(tx),
  }))
  if (!person || !(await passwordFits(person.passwordHash, currentPassword)))
    throw new Failure('wrong-current-password')
  await forgetTries(deps, PER_LOGIN, loginId)
  requireUncommonPassword(newPassword, [person.email, person.rollNo, person.fullName, institution.name])

  const passwordHash = await hashPassword(newPassword)
  const at = deps.now()
  await deps.db.inInstitution(institutionId, async (tx) => {
    const now = await lockPerson(tx, personId)
    // Changed from elsewhere while this one was being hashed: the old password is no longer the old one.
    if (now?.passwordHash !== person.passwordHash) throw new Failure('wrong-current-password')
    await setPassword(tx, { id: personId, passwordHash, status: 'active' })
    await endOtherLogins(tx, { loginId, personId, at })
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: personId,
      action: 'password-changed',
      subjectId: personId,
      sessionId: null,
      oldValue: null,
      newValue: null,
      reason: null,
    })
  })
}
