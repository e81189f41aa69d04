import { appendAudit } from '../../platform/audit/append-audit.ts'
import { type Keyring, readLinkSecret } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { endLoginOf, findRefreshToken, spendRefreshToken, touchLogin } from './logins.store.ts'
import { type Entered, handOutTokens } from './open-login.ts'

type Deps = { db: Database; keyring: Keyring; now: () => Date }

/**
 * Two tabs of one browser may send the same cookie at once; only one gets new tokens. The other one is told to sign in,
 * or to try once more in a second: the browser holds the winner's cookie by then. So soon after, it is no sign of theft.
 */
const DOUBLE_SUBMIT_MS = 10_000

/**
 * Spends a refresh token on the next pair. A token that was spent before is a stolen one or its copy: its login ends.
 * @throws Failure `not-signed-in`, `sign-in-ended`
 */
export async function refreshLogin(deps: Deps, refreshToken: string | undefined): Promise<Entered> {
  const secret = readLinkSecret(refreshToken ?? '')
  if (!secret) throw new Failure('not-signed-in')
  const { institutionId, hash } = secret
  const at = deps.now()
  // What ends a login has to be committed, so nothing is thrown inside the transaction.
  const outcome = await deps.db.inInstitution(institutionId, async (tx) => {
    const spent = await spendRefreshToken(tx, { hash, at })
    if (!spent) return judgeUnspendable(tx, { institutionId, hash, at })
    const login = await touchLogin(tx, { loginId: spent.loginId, at })
    if (!login) return 'sign-in-ended'
    return handOutTokens(deps, tx, { institutionId, loginId: spent.loginId, ...login, at })
  })
  if (outcome === 'double-submit') throw new Failure('not-signed-in', { retryAfterSeconds: 1 })
  if (typeof outcome === 'string') throw new Failure(outcome)
  return outcome
}

/** Whether a failed refresh means that the cookie will never be good again. */
export const endsSignIn = (error: unknown): boolean => error instanceof Failure && error.code === 'sign-in-ended'

async function judgeUnspendable(
  tx: Tx,
  { institutionId, hash, at }: { institutionId: string; hash: Buffer; at: Date },
): Promise<'not-signed-in' | 'double-submit' | 'sign-in-ended'> {
  const token = await findRefreshToken(tx, hash)
  if (!token) return 'not-signed-in'
  if (!token.spentAt || token.loginEndedAt) return 'sign-in-ended'
  if (at.getTime() - token.spentAt.getTime() < DOUBLE_SUBMIT_MS) return 'double-submit'
  const { loginId, personId } = token
  if (await endLoginOf(tx, { loginId, personId, at, because: 'token-reused' }))
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: null,
      action: 'refresh-token-reused',
      subjectId: personId,
      sessionId: null,
      oldValue: null,
      newValue: { loginId },
      reason: null,
    })
  return 'sign-in-ended'
}
