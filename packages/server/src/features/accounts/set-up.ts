import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { Role } from '@app/contract'
import type { Policy } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import { hashToken, type Keyring } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { createDataKey, insertInstitution, listInstallation, requireTimeZone } from '../institutions/index.ts'
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
 * Creates the first institution and its admin, who owns the installation; of two at once one wins, and afterwards the link is worth nothing.
 * @throws Failure `set-up-link-invalid`, `password-too-common`, `bad-input` for a time zone that does not exist
 */
export async function setUp(deps: Deps, input: SetUp): Promise<EnteredAnew> {
  if (!isSetUpToken(deps.setUpTokenHash, input.token)) throw new Failure('set-up-link-invalid')
  requireTimeZone(input.timeZone)
  requireUncommonPassword(input.password, [input.email, input.fullName, input.institutionName])
  const passwordHash = await hashPassword(input.password)
  const at = deps.now()
  const institutionId = randomUUID()
  return deps.db.inInstitution(institutionId, async (tx) => {
    await lockSetUp(tx)
    if ((await listInstallation(tx)).length > 0) throw new Failure('set-up-link-invalid')
    const { fullName, email } = input
    const { personId } = await createInstitutionWithAdmin(deps, tx, {
      institution: { id: institutionId, name: input.institutionName, timeZone: input.timeZone, locale: 'en' },
      isDemo: false,
      policy: {},
      // Whoever sets the installation up owns it.
      admin: { fullName, email, passwordHash, roles: ['owner', 'admin', ...alsoTeacher(input)] },
      at,
    })
    const { userAgent } = input
    return openLogin(deps, tx, { institutionId, personId, userAgent, device: null, at })
  })
}

export type NewInstitution = {
  /** The transaction is inside it already: `db.inInstitution(id, …)`. */
  institution: { id: string; name: string; timeZone: string; locale: string }
  isDemo: boolean
  policy: Partial<Policy>
  /** Invited while there is no password. */
  admin: { fullName: string; email: string; passwordHash: string | null; roles: readonly Role[] }
  at: Date
}

/** An institution with its data key and its first admin, in the caller's transaction. */
export async function createInstitutionWithAdmin(
  { keyring }: { keyring: Keyring },
  tx: Tx,
  { institution, isDemo, policy, admin, at }: NewInstitution,
): Promise<{ personId: string }> {
  const personId = randomUUID()
  const status = admin.passwordHash === null ? 'invited' : 'active'
  await insertInstitution(tx, { ...institution, isDemo, policy, at })
  await createDataKey(tx, keyring, institution.id, at)
  await insertPerson(tx, { institutionId: institution.id, id: personId, ...admin, status, at })
  await appendAudit(tx, {
    institutionId: institution.id,
    at,
    actorId: status === 'active' ? personId : null,
    action: 'institution-created',
    subjectId: personId,
    sessionId: null,
    oldValue: null,
    newValue: { name: institution.name, roles: admin.roles },
    reason: null,
  })
  return { personId }
}

const alsoTeacher = ({ alsoTeaches }: SetUp): Role[] => (alsoTeaches ? ['teacher'] : [])

const isSetUpToken = (hash: Buffer | null, token: string) => hash !== null && timingSafeEqual(hash, hashToken(token))
