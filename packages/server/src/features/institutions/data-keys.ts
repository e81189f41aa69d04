import { randomBytes } from 'node:crypto'
import { type Keyring, seal, unseal } from '../../platform/crypto/keyring.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { insertWrappedKey, listWrappedKeys } from './institutions.store.ts'
import { listInstallation } from './institutions.ts'

/** Seals and opens what an institution keeps encrypted; made for one transaction, holds its keys no longer. */
export type DataVault = {
  /** @param context bound to the bytes, e.g. the person's id: a sealed template cannot be moved to another person */
  seal(plain: Uint8Array, context: string): { keyVersion: number; sealed: Buffer }
  /** @throws Error when the bytes are not what was sealed under that context */
  unseal(keyVersion: number, sealed: Buffer, context: string): Buffer
}

/** Gives a new institution its data key. */
export async function createDataKey(tx: Tx, keyring: Keyring, institutionId: string, at: Date): Promise<void> {
  await insertWrappedKey(tx, { institutionId, version: 1, wrapped: keyring.wrap(institutionId, randomBytes(32)), at })
}

/** @throws Error when the institution has no key: it was not created by `createDataKey` */
export async function openDataVault(tx: Tx, keyring: Keyring, institutionId: string): Promise<DataVault> {
  const keys = new Map(
    (await listWrappedKeys(tx)).map(({ version, wrapped }) => [version, keyring.unwrap(institutionId, wrapped)]),
  )
  const [newest] = keys.keys()
  const keyOf = (version: number | undefined) => {
    const key = version === undefined ? undefined : keys.get(version)
    if (!key) throw new Error(`institution ${institutionId} has no data key of version ${version}`)
    return key
  }
  return {
    seal: (plain, context) => ({ keyVersion: newest ?? 0, sealed: seal(keyOf(newest), plain, context) }),
    unseal: (keyVersion, sealed, context) => unseal(keyOf(keyVersion), sealed, context),
  }
}

/**
 * Whether this secret is the one that wrapped every data key here. Another one would let people sign in and break each
 * face check and each enrolment: a server that has it must not start.
 */
export async function opensDataKeys({ db, keyring }: { db: Database; keyring: Keyring }): Promise<boolean> {
  for (const { id } of await db.outside(listInstallation)) {
    const keys = await db.inInstitution(id, listWrappedKeys)
    if (!keys.every(({ wrapped }) => unwraps(keyring, id, wrapped))) return false
  }
  return true
}

function unwraps(keyring: Keyring, institutionId: string, wrapped: Buffer): boolean {
  try {
    keyring.unwrap(institutionId, wrapped)
    return true
  } catch {
    return false
  }
}
