import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { Log } from '../log.ts'

const MIGRATIONS = path.join(import.meta.dirname, 'migrations')
const FILE_NAME = /^(\d{3})-[a-z0-9-]+[.]sql$/
/** Any number of our own: two servers that start at once migrate one after the other. */
const ADVISORY_LOCK = 7_241_953_006

type Migration = { name: string; sql: string; sha256: string }

/** The database and the code do not belong together; the message says what to do. */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MigrationError'
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  const numbers = names.map((name) => FILE_NAME.exec(name)?.[1])
  const odd = names.find((_, i) => !numbers[i] || numbers.indexOf(numbers[i]) !== i)
  if (odd) throw new MigrationError(`${odd} must be named NNN-what-it-does.sql, with a number of its own.`)
  return Promise.all(
    names.map(async (name) => {
      // A checkout may turn line ends; that is no change of the file.
      const sql = (await readFile(path.join(directory, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function findApplied(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`)
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migrations')
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
}

function requireSameHistory(migrations: Migration[], applied: Map<string, string>): void {
  const known = new Set(migrations.map(({ name }) => name))
  const foreign = [...applied.keys()].filter((name) => !known.has(name)).sort()
  if (foreign.length > 0) {
    throw new MigrationError(
      `The database is newer than this version: it has ${foreign.join(', ')}. Start the version that made it, or a later one.`,
    )
  }
  const changed = migrations.find(({ name, sha256 }) => applied.has(name) && applied.get(name) !== sha256)
  if (changed) {
    throw new MigrationError(
      `${changed.name} was changed after it had been applied. Restore the file and put the change into a new migration.`,
    )
  }
  const last = [...applied.keys()].sort().at(-1) ?? ''
  const late = migrations.find(({ name }) => !applied.has(name) && name < last)
  if (late) throw new MigrationError(`${late.name} comes before ${last}, which is applied. Give it the next number.`)
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new MigrationError(`${name} failed and was rolled back: ${reason}`, { cause })
  }
}

/**
 * Applies what is missing of `migrations/NNN-*.sql`, in order, each in a transaction of its own.
 * Answers the names of those applied now. `directory` is another folder of migrations, for tests.
 * @throws MigrationError when the database is newer, or an applied file was changed.
 */
export async function migrate(url: string, log: Log, directory: string = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(directory)
  const client = new pg.Client({ connectionString: url })
  // A lost connection fails the query that is under way; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK])
    const applied = await findApplied(client)
    requireSameHistory(migrations, applied)
    const missing = migrations.filter(({ name }) => !applied.has(name))
    for (const migration of missing) {
      await apply(client, migration)
      log.info({ migration: migration.name }, 'migrated the database')
    }
    return missing.map(({ name }) => name)
  } finally {
    await client.end()
  }
}
