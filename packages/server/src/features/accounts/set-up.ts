import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { Role } from '@app/contract'
import type { Policy } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import { hashToken, type Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { createDataKey, insertInstitution, listInstallation } from '../institutions/index.ts'
import { requireUncommonPassword } from './common-passwords.ts'
import { type EnteredAnew, openLogin } from './open-login.ts'
import { hashPassword } from './password.ts'
import { insertPerson, lockSetUp } from './people.store.ts'

type Deps = { db: Database; keyring: Keyring; now: () => Date; setUpTokenHash: Buffer | null }

export type SetUp = {
  token: string
  institutionName: string
  timeZone: string
  fullName: string
  email: string
  password: string
  alsoTeaches: boolean
  userAgent: string
}

/**
 * Creates the first institution and its admin; of two at once one wins, and afterwards the link is worth nothing.
 * @throws Failure `set-up-link-invalid`, `password-too-common`, `bad-input` for a time zone that does not exist
 */
export async function setUp(deps: Deps, input: SetUp): Promise<EnteredAnew> {
  if (!isSetUpToken(deps.setUpTokenHash, input.token)) throw new Failure('set-up-link-invalid')
  if (!isTimeZone(input.timeZone))
    throw new Failure('bad-input', { fields: [{ path: 'body.timeZone', message: 'no such time zone' }] })
  requireUncommonPassword(input.password, [input.email, input.fullName, input.institutionName])
  const passwordHash = await hashPassword(input.password)
  const at = deps.now()
  const institutionId = randomUUID()
  return deps.db.inInstitution(institutionId, async (tx) => {
    await lockSetUp(tx)
    if ((await listInstallation(tx)).length > 0) throw new Failure('set-up-link-invalid')
    const { personId } = await createInstitutionWithAdmin(deps, tx, {
      institution: { id: institutionId, name: input.institutionName, timeZone: input.timeZone },
      isDemo: false,
      policy: {},
      admin: { fullName: input.fullName, email: input.email, passwordHash },
      alsoTeaches: input.alsoTeaches,
      at,
    })
    const { userAgent } = input
    return openLogin(deps, tx, { institutionId, personId, userAgent, device: null, at })
  })
}

export type NewInstitution = {
  /** The transaction is inside it already: `db.inInstitution(id, …)`. */
  institution: { id: string; name: string; timeZone: string }
  isDemo: boolean
  policy: Partial<Policy>
  admin: { fullName: string; email: string; passwordHash: string }
  alsoTeaches: boolean
  at: Date
}

/** An institution with its data key and an active admin, in the caller's transaction. */
export async function createInstitutionWithAdmin(
  { keyring }: { keyring: Keyring },
  tx: Tx,
  { institution, isDemo, policy, admin, alsoTeaches, at }: NewInstitution,
): Promise<{ personId: string }> {
  const personId = randomUUID()
  const roles: Role[] = alsoTeaches ? ['admin', 'teacher'] : ['admin']
  await insertInstitution(tx, { ...institution, isDemo, policy, at })
  await createDataKey(tx, keyring, institution.id, at)
  await insertPerson(tx, { institutionId: institution.id, id: personId, ...admin, status: 'active', roles, at })
  await appendAudit(tx, {
    institutionId: institution.id,
    at,
    actorId: personId,
    action: 'institution-created',
    subjectId: personId,
    sessionId: null,
    oldValue: null,
    newValue: { name: institution.name, roles },
    reason: null,
  })
  return { personId }
}

const isSetUpToken = (hash: Buffer | null, token: string) => hash !== null && timingSafeEqual(hash, hashToken(token))

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // Offsets such as +05:30 are taken too, but they know no summer time.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
