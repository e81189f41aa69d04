import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Everything that is derived from the installation's one secret. A purpose's key says nothing about another's. */
export type Keyring = {
  /** HS256 key of access tokens, 32 bytes. */
  accessTokenKey: Uint8Array
  /** MAC of one rotating code over institution, session and counter; 32 bytes. */
  macOfCode(code: { institutionId: string; sessionId: string; counter: number }): Buffer
  /** Wraps an institution's data key (32 bytes) for storage. */
  wrap(institutionId: string, key: Buffer): Buffer
  /** @throws Error when the wrapped key was made under another secret or for another institution */
  unwrap(institutionId: string, wrapped: Buffer): Buffer
  /** Keyed hash of what a throttle counts, so that the table holds no address and no account name. */
  throttleKey(name: string): Buffer
}

/** @param secret SECRET_KEY: at least 32 characters, checked by the configuration */
export function createKeyring(secret: string): Keyring {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, 'smart-attendance', `smart-attendance/${purpose}/v1`, 32))
  const codeKey = derive('rotating-code')
  const wrappingKey = derive('key-wrapping')
  const throttleKey = derive('throttle')
  return {
    accessTokenKey: new Uint8Array(derive('access-token')),
    macOfCode: ({ institutionId, sessionId, counter }) =>
      createHmac('sha256', codeKey).update(`${institutionId}\n${sessionId}\n${counter}`).digest(),
    wrap: (institutionId, key) => seal(wrappingKey, key, institutionId),
    unwrap: (institutionId, wrapped) => unseal(wrappingKey, wrapped, institutionId),
    throttleKey: (name) => createHmac('sha256', throttleKey).update(name).digest(),
  }
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM: nonce, tag, ciphertext in one buffer.
 * @param key 32 bytes
 * @param context bound to the ciphertext: it opens only with the same words
 */
export function seal(key: Buffer, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** @throws Error when key, context or bytes are not what was sealed */
export function unseal(key: Buffer, sealed: Buffer, context: string): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}

/** A secret for a link or a cookie that says which institution's rows it is checked against. */
export type LinkSecret = { institutionId: string; token: string; hash: Buffer }

export function makeLinkSecret(institutionId: string): LinkSecret {
  const token = `${Buffer.from(institutionId.replaceAll('-', ''), 'hex').toString('base64url')}.${randomBytes(32).toString('base64url')}`
  return { institutionId, token, hash: hashToken(token) }
}

const LINK_SECRET = /^([\w-]{22})\.[\w-]{43}$/

/** The institution a presented token names and the hash to look for there; null when it cannot be one of ours. */
export function readLinkSecret(token: string): { institutionId: string; hash: Buffer } | null {
  const institution = LINK_SECRET.exec(token)?.[1]
  if (!institution) return null
  const hex = Buffer.from(institution, 'base64url').toString('hex')
  const institutionId = [8, 12, 16, 20, 32].map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end)).join('-')
  return { institutionId, hash: hashToken(token) }
}

/** Tokens have 256 random bits, so a plain hash is enough to store them. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
