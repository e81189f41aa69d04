import { readLinkSecret } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { endLoginOf, findRefreshToken, listOpenLogins } from './logins.store.ts'

type Deps = { db: Database; now: () => Date }

/** Ends the sign-in that a refresh token belongs to; without a good one there is nothing to end. */
export async function signOut({ db, now }: Deps, refreshToken: string | undefined): Promise<void> {
  const secret = readLinkSecret(refreshToken ?? '')
  if (!secret) return
  await db.inInstitution(secret.institutionId, async (tx) => {
    const token = await findRefreshToken(tx, secret.hash)
    if (token)
      await endLoginOf(tx, { loginId: token.loginId, personId: token.personId, at: now(), because: 'signed-out' })
  })
}

/** One's own open sign-ins, the last used first. */
export async function listLogins({ db, now }: Deps, actor: Actor) {
  const logins = await db.inInstitution(actor.institutionId, (tx) =>
    listOpenLogins(tx, { personId: actor.personId, kept: actor.loginId, at: now() }),
  )
  return logins.map((login) => ({
    id: login.id,
    device: login.device,
    startedAt: login.startedAt.toISOString(),
    lastUsedAt: login.lastUsedAt.toISOString(),
    isThisOne: login.id === actor.loginId,
  }))
}

/** @throws Failure `not-found` for another person's sign-in as for one that has ended */
export async function endLogin({ db, now }: Deps, { actor, loginId }: { actor: Actor; loginId: string }) {
  const hasEnded = await db.inInstitution(actor.institutionId, (tx) =>
    endLoginOf(tx, { loginId, personId: actor.personId, at: now(), because: 'ended-by-person' }),
  )
  if (!hasEnded) throw new Failure('not-found')
}
