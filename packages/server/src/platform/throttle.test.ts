import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { createKeyring } from './crypto/keyring.ts'
import { type Database, openDatabase } from './db/open.ts'
import { Failure } from './failure.ts'
import { addressGroup, clearOldThrottles, countTry, forgetTries, returnTry, type Throttle } from './throttle.ts'

const RULE: Throttle = {
  purpose: 'test',
  free: 3,
  firstWaitSeconds: 10,
  longestWaitSeconds: 60,
  forgetAfterSeconds: 3600,
}
const START = new Date('2026-03-02T09:00:00.000Z')

let database: TestDatabase
let db: Database
const keyring = createKeyring('a secret of the tests, forty letters long')
beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase(database.url, { maxConnections: 10, onIdleError: () => undefined })
})
afterAll(async () => {
  await db?.close()
  await database?.drop()
})

/** 0 for a try that is free to go, else the seconds to wait. */
async function attempt(whom: string, atSeconds: number): Promise<number> {
  try {
    await countTry({ db, keyring }, RULE, whom, new Date(START.getTime() + atSeconds * 1000))
    return 0
  } catch (error) {
    if (error instanceof Failure && error.code === 'too-many-attempts') return error.details.retryAfterSeconds ?? -1
    throw error
  }
}

test('the wait doubles with every try up to the longest one', async () => {
  const waits: number[] = []
  let at = 0
  for (let i = 0; i < 9; i += 1) {
    const wait = await attempt('doubling', at)
    waits.push(wait)
    at += wait
  }
  expect(waits).toEqual([0, 0, 0, 10, 0, 20, 0, 40, 0])
  expect(await attempt('doubling', at)).toBe(60)
  expect(await attempt('doubling', at + 60)).toBe(0)
  expect(await attempt('doubling', at + 60)).toBe(60)
})

test('asking while one has to wait does not make the wait longer', async () => {
  for (let i = 0; i < 3; i += 1) await attempt('impatient', 0)
  for (let i = 0; i < 9; i += 1) expect(await attempt('impatient', i)).toBe(10 - i)
  expect(await attempt('impatient', 10)).toBe(0)
})

test('of many at once only the free ones go', async () => {
  const waits = await Promise.all(Array.from({ length: 40 }, () => attempt('at once', 0)))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(3)
})

test('a try that is returned counts for nothing', async () => {
  for (let i = 0; i < 20; i += 1) {
    expect(await attempt('good', 0)).toBe(0)
    await returnTry({ db, keyring }, RULE, 'good')
  }
})

test('what is forgotten or long ago starts anew, and old counters are cleared', async () => {
  for (let i = 0; i < 4; i += 1) await attempt('forgiven', 0)
  await forgetTries({ db, keyring }, RULE, 'forgiven')
  expect(await attempt('forgiven', 0)).toBe(0)

  for (let i = 0; i < 4; i += 1) await attempt('old', 0)
  expect(await attempt('old', 3600)).toBe(0)
  expect(await attempt('old', 3600)).toBe(0)
  await clearOldThrottles({ db }, new Date(START.getTime() + 3 * 86_400_000))
  expect(await db.outside((tx) => tx.selectFrom('throttles').selectAll().execute())).toEqual([])
})

test('one key has nothing to do with another, nor one purpose', async () => {
  for (let i = 0; i < 4; i += 1) await attempt('mine', 0)
  expect(await attempt('yours', 0)).toBe(0)
  await expect(countTry({ db, keyring }, { ...RULE, purpose: 'other' }, 'mine', START)).resolves.toBeUndefined()
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::1', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::ffff', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is counted as %s', (address, group) => {
  expect(addressGroup(address)).toBe(group)
})
