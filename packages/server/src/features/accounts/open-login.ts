import { randomUUID } from 'node:crypto'
import type { SignedIn } from '@app/contract'
import { type Keyring, makeLinkSecret } from '../../platform/crypto/keyring.ts'
import type { Tx } from '../../platform/db/open.ts'
import { issueAccessToken } from './access-token.ts'
import { deviceName } from './device-name.ts'
import { insertLogin, insertRefreshToken } from './logins.store.ts'
import { describeMe } from './me.ts'

/** A sign-in nobody used for this long is over. */
const REFRESH_IDLE_MS = 14 * 86_400_000
/** And one in daily use asks for the password again after this long (ASVS 5.0 §7.3.2). */
const LOGIN_LONGEST_MS = 180 * 86_400_000

/** What somebody who has just proven who they are is given. The refresh token goes into a cookie, nowhere else. */
export type Entered = { signedIn: SignedIn; refreshToken: string; refreshExpiresAt: Date }

type Who = { institutionId: string; personId: string }

/** Starts a login of a person whose password (or invite) was good. */
export async function openLogin(
  { keyring }: { keyring: Keyring },
  tx: Tx,
  { institutionId, personId, userAgent, at }: Who & { userAgent: string; at: Date },
): Promise<Entered> {
  const loginId = randomUUID()
  await insertLogin(tx, { institutionId, id: loginId, personId, device: deviceName(userAgent), at })
  return handOutTokens({ keyring }, tx, { institutionId, personId, loginId, startedAt: at, at })
}

/** The next access token and the next refresh token of an open login. */
export async function handOutTokens(
  { keyring }: { keyring: Keyring },
  tx: Tx,
  { institutionId, personId, loginId, startedAt, at }: Who & { loginId: string; startedAt: Date; at: Date },
): Promise<Entered> {
  const refresh = makeLinkSecret(institutionId)
  const refreshExpiresAt = new Date(Math.min(at.getTime() + REFRESH_IDLE_MS, startedAt.getTime() + LOGIN_LONGEST_MS))
  await insertRefreshToken(tx, { institutionId, hash: refresh.hash, loginId, at, expiresAt: refreshExpiresAt })
  const access = await issueAccessToken(keyring.accessTokenKey, { institutionId, personId, loginId }, at)
  return {
    signedIn: {
      accessToken: access.accessToken,
      expiresAt: access.expiresAt.toISOString(),
      me: await describeMe(tx, personId),
    },
    refreshToken: refresh.token,
    refreshExpiresAt,
  }
}
