import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

/** ASVS 5.0 §9.1: short enough that a stolen one is soon worth nothing; the web app fetches the next in time. */
export const ACCESS_TOKEN_MS = 10 * 60_000

const ALGORITHM = 'HS256'
const TYPE = 'at+jwt'
const ISSUER = 'smart-attendance'
const AUDIENCE = 'smart-attendance-api'

const Claims = z.object({ sub: z.uuid(), institution: z.uuid(), login: z.uuid(), exp: z.number() })

/** What an access token says: which sign-in of whom. Roles are not in it; they are read anew for each request. */
export type TokenSubject = { institutionId: string; personId: string; loginId: string }

/** @param key 32 bytes of the keyring */
export async function issueAccessToken(
  key: Uint8Array,
  subject: TokenSubject,
  at: Date,
): Promise<{ accessToken: string; expiresAt: Date }> {
  const issuedSeconds = Math.floor(at.getTime() / 1000)
  const expiresSeconds = issuedSeconds + ACCESS_TOKEN_MS / 1000
  const accessToken = await new SignJWT({ institution: subject.institutionId, login: subject.loginId })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setSubject(subject.personId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedSeconds)
    .setExpirationTime(expiresSeconds)
    .sign(key)
  return { accessToken, expiresAt: new Date(expiresSeconds * 1000) }
}

/** What a token says, or null when it is not one of ours, of another kind, altered or expired. */
export async function readAccessToken(
  key: Uint8Array,
  accessToken: string,
  at: Date,
): Promise<(TokenSubject & { validUntil: Date }) | null> {
  try {
    const { payload } = await jwtVerify(accessToken, key, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'iat', 'exp', 'institution', 'login'],
      maxTokenAge: ACCESS_TOKEN_MS / 1000,
      currentDate: at,
    })
    const { sub, institution, login, exp } = Claims.parse(payload)
    return { personId: sub, institutionId: institution, loginId: login, validUntil: new Date(exp * 1000) }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null
    throw error
  }
}
