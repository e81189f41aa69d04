import { DEFAULT_POLICY, type Policy } from '@app/domain'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../platform/db/open.ts'

export type Institution = {
  id: string
  name: string
  timeZone: string
  locale: string
  isDemo: boolean
  policy: Policy
}

const Actions = z.enum(['blink', 'turn-left', 'turn-right', 'look-up', 'look-down', 'open-mouth', 'smile'])

/** What an institution's `policy` column may hold: any part of a policy; the rest is the shipped one. */
const StoredPolicy = z
  .object({
    methods: z.array(z.enum(['face', 'code'])).min(1),
    actions: z.array(Actions).min(2),
    actionCount: z.number().int().min(2).max(5),
    falseMatchRate: z.enum(['1e-3', '1e-4', '1e-5']),
    injectionChecks: z.boolean(),
    offerCodeAfter: z.number().int().min(1),
    pauseAfter: z.number().int().min(1),
    pauseSeconds: z.number().int().min(1),
    duplicateFaceSimilarity: z.number().min(-1).max(1),
    teacherSignUp: z.boolean(),
    minimumPercentage: z.number().min(0).max(100).nullable(),
    retentionDays: z.number().int().min(0),
  })
  .partial()

/** The shipped policy with what the institution says otherwise. */
export function readPolicy(stored: unknown): Policy {
  const parsed = StoredPolicy.parse(stored)
  const said = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined))
  return { ...DEFAULT_POLICY, ...said }
}

/** The institution of the running transaction. */
export async function getInstitution(tx: Tx): Promise<Institution> {
  const row = await tx.selectFrom('institutions').selectAll().executeTakeFirstOrThrow()
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    locale: row.locale,
    isDemo: row.is_demo,
    policy: readPolicy(row.policy),
  }
}

export async function insertInstitution(
  tx: Tx,
  institution: { id: string; name: string; timeZone: string; isDemo: boolean; policy: Partial<Policy>; at: Date },
): Promise<void> {
  await tx
    .insertInto('institutions')
    .values({
      id: institution.id,
      name: institution.name,
      time_zone: institution.timeZone,
      is_demo: institution.isDemo,
      policy: JSON.stringify(StoredPolicy.parse(institution.policy)),
      created_at: institution.at,
    })
    .execute()
}

/** Every institution's name and what the sign-in page needs of it; asked outside the wall. */
export async function listInstallation(
  tx: Tx,
): Promise<{ id: string; name: string; isDemo: boolean; policy: Policy }[]> {
  const { rows } = await sql<{ id: string; name: string; is_demo: boolean; policy: unknown }>`
    select * from list_installation()`.execute(tx)
  return rows.map((row) => ({ id: row.id, name: row.name, isDemo: row.is_demo, policy: readPolicy(row.policy) }))
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
