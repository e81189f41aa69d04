import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyring } from '../../platform/crypto/keyring.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution } from '../../testing/builders.ts'
import { openDataVault, opensDataKeys } from './data-keys.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

const another = createKeyring('another secret, as a second data folder would make')

describe('the data keys', () => {
  test('are opened by any secret while there are none, then only by the one that made them', async () => {
    expect(await opensDataKeys({ db: app.db, keyring: another })).toBe(true)
    await anInstitution(app)
    await anInstitution(app)
    expect(await opensDataKeys(app.deps)).toBe(true)
    expect(await opensDataKeys({ db: app.db, keyring: another })).toBe(false)
  })

  test('open nothing that was sealed for somebody else or in another institution', async () => {
    const [here, there] = [await anInstitution(app), await anInstitution(app)]
    const vaultOf = (id: string) => app.db.inInstitution(id, (tx) => openDataVault(tx, app.deps.keyring, id))
    const vault = await vaultOf(here.id)
    const { keyVersion, sealed } = vault.seal(Buffer.from('a face'), 'one person')
    expect(vault.unseal(keyVersion, sealed, 'one person').toString()).toBe('a face')
    expect(() => vault.unseal(keyVersion, sealed, 'another person')).toThrow()
    expect(() => vault.unseal(keyVersion + 1, sealed, 'one person')).toThrow('no data key of version 2')
    const elsewhere = await vaultOf(there.id)
    expect(() => elsewhere.unseal(keyVersion, sealed, 'one person')).toThrow()
  })
})
