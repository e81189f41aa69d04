import { randomUUID } from 'node:crypto'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { addressGroup, countTry, type Throttle } from '../../platform/throttle.ts'
import { listInstallation } from '../institutions/index.ts'
import { requireUncommonPassword } from './common-passwords.ts'
import { hashPassword } from './password.ts'
import { deletePerson, insertPerson, lockPerson, setStatus } from './people.store.ts'

type Deps = { db: Database; keyring: Keyring; now: () => Date }

/** A staff room behind one address, not a script that fills an admin's list. */
const PER_ADDRESS: Throttle = {
  purpose: 'teacher-sign-up/address',
  free: 20,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3600,
  forgetAfterSeconds: 86_400,
}

export type SignUp = {
  institutionId: string
  fullName: string
  email: string
  password: string
  address: string
}

/**
 * Puts a teacher on the admins' list of those who wait. For an address that has an account nothing happens, and the
 * answer and the work are the same.
 * @throws Failure `sign-up-closed`, `password-too-common`, `too-many-attempts`
 */
export async function requestTeacherAccount(deps: Deps, input: SignUp): Promise<void> {
  const { institutionId, fullName, email } = input
  const at = deps.now()
  await countTry(deps, PER_ADDRESS, addressGroup(input.address), at)
  const institution = (await deps.db.outside(listInstallation)).find(({ id }) => id === institutionId)
  if (!institution?.policy.teacherSignUp || institution.isDisabled) throw new Failure('sign-up-closed')
  requireUncommonPassword(input.password, [email, fullName, institution.name])
  const passwordHash = await hashPassword(input.password)
  const person = { institutionId, id: randomUUID(), fullName, email, passwordHash, at }
  await deps.db.inInstitution(institutionId, async (tx) => {
    if (!(await insertPerson(tx, { ...person, status: 'awaiting-approval', roles: ['teacher'] }))) return
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: person.id,
      action: 'teacher-account-requested',
      subjectId: person.id,
      sessionId: null,
      oldValue: null,
      newValue: { fullName, email },
      reason: null,
    })
  })
}

/**
 * Lets a teacher who signed up in, or forgets them.
 * @throws Failure `not-allowed`, `not-found`, `already-done`
 */
export async function decideTeacherAccount(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { actor, personId, decision }: { actor: Actor; personId: string; decision: 'approve' | 'decline' },
): Promise<void> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  await db.inInstitution(institutionId, async (tx) => {
    const person = await lockPerson(tx, personId)
    if (!person) throw new Failure('not-found')
    if (person.status !== 'awaiting-approval') throw new Failure('already-done')
    if (decision === 'approve') await setStatus(tx, { id: personId, status: 'active' })
    else await deletePerson(tx, personId)
    await appendAudit(tx, {
      institutionId,
      at: now(),
      actorId: actor.personId,
      action: decision === 'approve' ? 'teacher-account-approved' : 'teacher-account-declined',
      subjectId: personId,
      sessionId: null,
      oldValue: { status: 'awaiting-approval', fullName: person.fullName, email: person.email },
      newValue: decision === 'approve' ? { status: 'active' } : null,
      reason: null,
    })
  })
}
