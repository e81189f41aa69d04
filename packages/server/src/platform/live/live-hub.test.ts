import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { createLiveHub, type LiveHub } from './live-hub.ts'
import { SESSION_EVENTS_CHANNEL } from './session-events.ts'

let database: TestDatabase
let db: Database
let hub: LiveHub
beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase(database.url, { maxConnections: 2, onIdleError: () => undefined })
  hub = await createLiveHub(database.url, { warn: () => undefined })
})
afterAll(async () => {
  await hub.close()
  await db.close()
  await database.drop()
})

const notify = (sessionId: string) =>
  db.outside((tx) => sql`select pg_notify(${SESSION_EVENTS_CHANNEL}, ${sessionId})`.execute(tx))

/** Resolves at the next news of a session. */
function nextNews(sessionId: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = hub.watch(sessionId, () => {
      stop()
      resolve()
    })
  })
}

it('tells only those who watch the session that there is news of', async () => {
  const told: string[] = []
  const stops = ['a', 'a', 'b'].map((session, i) => hub.watch(session, () => told.push(`${session}${i}`)))
  const heard = nextNews('a')
  await notify('a')
  await heard
  expect(told).toEqual(['a0', 'a1'])
  for (const stop of stops) stop()
})

it('tells nobody who has stopped watching', async () => {
  const told: string[] = []
  hub.watch('c', () => told.push('gone'))()
  const heard = nextNews('c')
  await notify('c')
  await heard
  expect(told).toEqual([])
})

it('comes back after its connection was lost and says that there may be news', async () => {
  const afterLoss = nextNews('d')
  const admin = new Client({ connectionString: database.url })
  await admin.connect()
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'",
  )
  await admin.end()
  await afterLoss
  const heard = nextNews('d')
  await notify('d')
  await heard
})
