import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../platform/db/embedded.ts'
import { migrate } from '../platform/db/migrate.ts'
import { createLog } from '../platform/log.ts'

/** Set by `startTestServer` for the workers that Vitest starts after it. */
const SERVER_VARIABLE = 'TEST_DATABASE_SERVER'
const TEMPLATE_VARIABLE = 'TEST_DATABASE_TEMPLATE'

/** What a lost power cut may lose in a test is nothing anybody misses. */
const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

function onServer(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

/** A database of one test file; `drop` also ends connections that were left open. */
export type TestDatabase = { url: string; drop(): Promise<void> }

async function createDatabase(clauses: (template: string) => string): Promise<TestDatabase> {
  const server = process.env[SERVER_VARIABLE]
  const template = process.env[TEMPLATE_VARIABLE]
  if (!server || !template)
    throw new Error('no test server: the file must belong to the project "api" of vitest.config.ts')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${name} ${clauses(template)}`)
  return {
    url: onServer(server, name),
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  }
}

/** Answers a fresh, migrated database, copied from the template in a few hundredths of a second. */
export const createTestDatabase = (): Promise<TestDatabase> =>
  createDatabase((template) => `template ${template} strategy file_copy`)

/** The same without any migration, for tests of the migrations themselves. */
export const createEmptyDatabase = (): Promise<TestDatabase> => createDatabase(() => '')

/**
 * Starts one PostgreSQL for the whole run (or takes that of `databaseUrl`, whose user may create databases) and
 * migrates the template that every test database is copied from. Answers what ends it.
 */
export async function startTestServer(databaseUrl: string | undefined): Promise<() => Promise<void>> {
  const log = createLog({ debug: false })
  log.level = 'warn'
  const dir = await mkdtemp(path.join(tmpdir(), 'attendance-test-'))
  await chmod(dir, 0o711)
  const embedded = databaseUrl ? undefined : await startEmbeddedPostgres(dir, log, QUICK)
  const server = databaseUrl ?? embedded?.url ?? ''
  const template = `template_${randomUUID().replaceAll('-', '')}`
  await administer(server, `create database ${template}`)
  await migrate(onServer(server, template), log)
  process.env[SERVER_VARIABLE] = server
  process.env[TEMPLATE_VARIABLE] = template
  return async () => {
    if (embedded) await embedded.stop()
    else await administer(server, `drop database if exists ${template} with (force)`)
    await rm(dir, { recursive: true, force: true })
  }
}

/** Asks a test's database as its owner: for what the application's role must not see or do. */
export async function asOwner<Row extends object>(databaseUrl: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<Row>(statement).finally(() => client.end())
  return rows
}
