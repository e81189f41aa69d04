import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { Pool, types } from 'pg'
import type { Schema } from './schema.ts'

/** A transaction whose institution is set: what stores take. */
export type Tx = Transaction<Schema>

export type Database = {
  /** Runs `work` in one transaction that sees and writes only the rows of `institutionId`. */
  inInstitution<Result>(institutionId: string, work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Runs `work` in one transaction that sees no institution's rows: for throttles and the few cross-wall functions. */
  outside<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** The role that every query runs under; it owns nothing and cannot bypass row-level security. */
const APP_ROLE = 'smart_attendance_app'

/** Longer than any burst takes to be served: then the database hangs, and saying so is better than waiting. */
const CONNECTION_TIMEOUT_MS = 15_000

const DATE_OID = 1082
/** A `date` is a day, `YYYY-MM-DD`; as a JavaScript date it would be midnight of whatever zone the server runs in. */
const TYPES = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === DATE_OID
      ? (text: string) => text
      : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
}

/**
 * Opens the pool. Every connection drops to the application role before its first query.
 * @param options.onIdleError called when an idle connection breaks; the pool replaces it
 */
export function openDatabase(
  url: string,
  options: { maxConnections: number; onIdleError: (error: Error) => void },
): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.maxConnections,
    types: TYPES,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    onConnect: async (client) => {
      await client.query(`set role ${APP_ROLE}`)
      await client.query("set time zone 'UTC'")
      await client.query("set statement_timeout = '30s'")
      // A server that is cut off in the middle of a transaction must not keep a session locked for the others.
      await client.query("set idle_in_transaction_session_timeout = '60s'")
    },
  })
  pool.on('error', options.onIdleError)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })

  return {
    inInstitution: (institutionId, work) =>
      db.transaction().execute(async (tx) => {
        await sql`select set_config('app.institution_id', ${institutionId}, true)`.execute(tx)
        return work(tx)
      }),
    outside: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  }
}
