import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import type { Authenticate } from '../../platform/http/register.ts'
import { readAccessToken } from './access-token.ts'
import { findRolesOfOpenLogin } from './logins.store.ts'

/** The token says who signed in; the database says whether that still holds and what they may. */
export function authenticateWith({
  db,
  keyring,
  now,
}: {
  db: Database
  keyring: Keyring
  now: () => Date
}): Authenticate {
  return async (accessToken) => {
    const said = await readAccessToken(keyring.accessTokenKey, accessToken, now())
    if (!said) return null
    const roles = await db.inInstitution(said.institutionId, (tx) => findRolesOfOpenLogin(tx, said))
    return roles && { ...said, roles: new Set(roles) }
  }
}
