import { sql } from 'kysely'
import type { Database } from '../platform/db/open.ts'

/** Resolves once a transaction of this database waits for another's lock: lets a test put two of them in one order. */
export async function somebodyWaits({ db }: { db: Database }): Promise<void> {
  const waiting = () =>
    db.outside((tx) =>
      sql`select from pg_locks l join pg_stat_activity a using (pid)
        where not l.granted and a.datname = current_database()`.execute(tx),
    )
  while ((await waiting()).rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
}
