import { randomUUID } from 'node:crypto'
import type { SignedIn } from '@app/contract'
import { type Keyring, makeLinkSecret } from '../../platform/crypto/keyring.ts'
import type { Tx } from '../../platform/db/open.ts'
import { issueAccessToken } from './access-token.ts'
import { deviceName } from './device-name.ts'
import { type KnownDevice, markDevice } from './known-device.ts'
import { deleteExpiredTokens, insertLogin, insertRefreshToken } from './logins.store.ts'
import { describeMe } from './me.ts'

/** A sign-in nobody used for this long is over. */
const REFRESH_IDLE_MS = 14 * 86_400_000
/** And one in daily use asks for the password again after this long (ASVS 5.0 §7.3.2). */
const LOGIN_LONGEST_MS = 180 * 86_400_000

/** What somebody who has just proven who they are is given. The refresh token goes into a cookie, nowhere else. */
export type Entered = { signedIn: SignedIn; refreshToken: string; refreshExpiresAt: Date }

/** `deviceMark` is for a cookie too: it tells the device from strangers at the next sign-in. */
export type EnteredAnew = Entered & { deviceMark: string }

type Who = { institutionId: string; personId: string }

/** Starts a login of a person whose password (or invite) was good. */
export async function openLogin(
  { keyring }: { keyring: Keyring },
  tx: Tx,
  { institutionId, personId, userAgent, device, at }: Who & { userAgent: string; device: KnownDevice | null; at: Date },
): Promise<EnteredAnew> {
  const loginId = randomUUID()
  await insertLogin(tx, { institutionId, id: loginId, personId, device: deviceName(userAgent), at })
  const entered = await handOutTokens({ keyring }, tx, { institutionId, personId, loginId, startedAt: at, at })
  return { ...entered, deviceMark: markDevice(keyring, personId, device) }
}

/** The next access token and the next refresh token of an open login. */
export async function handOutTokens(
  { keyring }: { keyring: Keyring },
  tx: Tx,
  { institutionId, personId, loginId, startedAt, at }: Who & { loginId: string; startedAt: Date; at: Date },
): Promise<Entered> {
  const refresh = makeLinkSecret(institutionId)
  const refreshExpiresAt = new Date(Math.min(at.getTime() + REFRESH_IDLE_MS, startedAt.getTime() + LOGIN_LONGEST_MS))
  await deleteExpiredTokens(tx, { loginId, at })
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
