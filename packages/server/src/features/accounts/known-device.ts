import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keyring } from '../../platform/crypto/keyring.ts'

/**
 * A device that once signed in as a person keeps a mark saying so (OWASP: device cookies). Its tries are counted for
 * themselves, so that guessing from the same address cannot lock the person's own device out. It opens nothing.
 */
export type KnownDevice = { personId: string; nonce: string }

const MARK = /^([0-9a-f-]{36})[.]([\w-]{22})[.]([\w-]{43})$/

export function markDevice(keyring: Keyring, personId: string, known: KnownDevice | null): string {
  const nonce = known?.personId === personId ? known.nonce : randomBytes(16).toString('base64url')
  return `${personId}.${nonce}.${signature(keyring, { personId, nonce }).toString('base64url')}`
}

/** Null for a mark that is not ours. */
export function readDeviceMark(keyring: Keyring, mark: string | undefined): KnownDevice | null {
  const [, personId, nonce, given] = MARK.exec(mark ?? '') ?? []
  if (!personId || !nonce || !given) return null
  const isOurs = timingSafeEqual(Buffer.from(given, 'base64url'), signature(keyring, { personId, nonce }))
  return isOurs ? { personId, nonce } : null
}

const signature = (keyring: Keyring, { personId, nonce }: KnownDevice) =>
  keyring.throttleKey(`known-device\n${personId}\n${nonce}`)
