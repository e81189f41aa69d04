import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

type InstitutionRow = {
  id: string
  name: string
  timeZone: string
  locale: string
  isDemo: boolean
  isDisabled: boolean
  /** 1 Monday to 7 Sunday. */
  weekStart: number
  /** As it was stored. */
  policy: unknown
}

/** The institution of the running transaction. */
export async function findInstitution(tx: Tx): Promise<InstitutionRow> {
  const row = await tx.selectFrom('institutions').selectAll().executeTakeFirstOrThrow()
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    locale: row.locale,
    isDemo: row.is_demo,
    isDisabled: row.disabled_at !== null,
    weekStart: row.week_start,
    policy: row.policy,
  }
}

/** What the institution and one of its classes have decided, as they were stored; null when there is no such class. */
export async function findPolicies(
  tx: Tx,
  classId: string,
): Promise<{ institution: unknown; ofClass: unknown } | null> {
  const row = await tx
    .selectFrom('classes')
    .innerJoin('institutions', 'institutions.id', 'classes.institution_id')
    .select(['institutions.policy as institution', 'classes.policy as of_class'])
    .where('classes.id', '=', classId)
    .executeTakeFirst()
  return row ? { institution: row.institution, ofClass: row.of_class } : null
}

export type Settings = { name: string; timeZone: string; locale: string; weekStart: number }

export async function findSettings(tx: Tx): Promise<Settings> {
  const row = await tx
    .selectFrom('institutions')
    .select(['name', 'time_zone', 'locale', 'week_start'])
    .executeTakeFirstOrThrow()
  return { name: row.name, timeZone: row.time_zone, locale: row.locale, weekStart: row.week_start }
}

export async function setSettings(tx: Tx, { name, timeZone, locale, weekStart }: Settings): Promise<void> {
  await tx.updateTable('institutions').set({ name, time_zone: timeZone, locale, week_start: weekStart }).execute()
}

/** Holds the institution's row until the transaction ends: of two changes, also of a class's policy, none is lost. */
export async function lockInstitution(tx: Tx): Promise<void> {
  await tx.selectFrom('institutions').select('id').forNoKeyUpdate().executeTakeFirstOrThrow()
}

export async function insertInstitutionRow(
  tx: Tx,
  institution: {
    id: string
    name: string
    timeZone: string
    locale: string
    isDemo: boolean
    policy: string
    at: Date
  },
): Promise<void> {
  await tx
    .insertInto('institutions')
    .values({
      id: institution.id,
      name: institution.name,
      time_zone: institution.timeZone,
      locale: institution.locale,
      is_demo: institution.isDemo,
      policy: institution.policy,
      created_at: institution.at,
    })
    .execute()
}

/** Every institution's name and policy; asked outside the wall. */
export async function listInstitutionRows(
  tx: Tx,
): Promise<{ id: string; name: string; isDemo: boolean; isDisabled: boolean; policy: unknown }[]> {
  const { rows } = await sql<{ id: string; name: string; is_demo: boolean; is_disabled: boolean; policy: unknown }>`
    select * from list_installation()`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    isDemo: row.is_demo,
    isDisabled: row.is_disabled,
    policy: row.policy,
  }))
}

export async function insertWrappedKey(
  tx: Tx,
  key: { institutionId: string; version: number; wrapped: Buffer; at: Date },
): Promise<void> {
  await tx
    .insertInto('institution_keys')
    .values({ institution_id: key.institutionId, version: key.version, wrapped_key: key.wrapped, created_at: key.at })
    .execute()
}

/** All the institution's wrapped keys, the one that seals first. */
export async function listWrappedKeys(tx: Tx): Promise<{ version: number; wrapped: Buffer }[]> {
  const rows = await tx
    .selectFrom('institution_keys')
    .select(['version', 'wrapped_key'])
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ version: row.version, wrapped: row.wrapped_key }))
}
