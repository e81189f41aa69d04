import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import type { Tx } from './open.ts'
import type { Schema } from './schema.ts'

/**
 * Runs `work` in one snapshot of the whole database, past the walls and without a chance to write: for the tools of
 * whoever runs the installation. `url` is the owner's; of another's the walls would hide rows, so the queries fail.
 */
export async function inspectDatabase<Result>(url: string, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const pool = new Pool({ connectionString: url, max: 1 })
  // A lost connection fails the query that is under way; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await sql`set local row_security = off`.execute(tx)
        await sql`set local time zone 'UTC'`.execute(tx)
        return work(tx)
      })
  } finally {
    await db.destroy()
  }
}
