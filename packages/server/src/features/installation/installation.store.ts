import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type OwnedRow = {
  id: string
  name: string
  timeZone: string
  locale: string
  isDemo: boolean
  createdAt: Date
  disabledAt: Date | null
  people: number
  sessionsSince: number
  lastActiveAt: Date | null
}

/** Every institution by its numbers, in a transaction of the owner's own; none to anybody else. */
export async function listOwnedInstitutions(tx: Tx, owner: { personId: string; since: Date }): Promise<OwnedRow[]> {
  const { rows } = await sql<{
    id: string
    name: string
    time_zone: string
    locale: string
    is_demo: boolean
    created_at: Date
    disabled_at: Date | null
    people: number
    sessions: number
    last_active_at: Date | null
  }>`select * from list_institutions(${owner.personId}, ${owner.since})`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    locale: row.locale,
    isDemo: row.is_demo,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    people: row.people,
    sessionsSince: row.sessions,
    lastActiveAt: row.last_active_at,
  }))
}

/** Of the transaction's institution; undefined when there is no such institution. */
export async function lockDisabledAt(tx: Tx): Promise<Date | null | undefined> {
  const row = await tx.selectFrom('institutions').select('disabled_at').forNoKeyUpdate().executeTakeFirst()
  return row?.disabled_at
}

export async function setDisabledAt(tx: Tx, at: Date | null): Promise<void> {
  await tx.updateTable('institutions').set({ disabled_at: at }).execute()
}

export type DatabaseFacts = { version: string; bytes: number; migrations: { name: string; appliedAt: Date }[] }

/** What the database says of itself, in a transaction of the owner's own. */
export async function readDatabaseFacts(tx: Tx, ownerId: string): Promise<DatabaseFacts> {
  const facts = await sql<{ version: string; bytes: string }>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`.execute(tx)
  const migrations = await sql<{ name: string; applied_at: Date }>`select * from list_migrations(${ownerId})`.execute(
    tx,
  )
  const [row] = facts.rows
  return {
    version: row?.version ?? '',
    bytes: Number(row?.bytes ?? 0),
    migrations: migrations.rows.map(({ name, applied_at }) => ({ name, appliedAt: applied_at })),
  }
}
