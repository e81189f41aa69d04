import type { ImportColumn } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** What was said of a header with one of these keys. */
export async function findMappings(
  tx: Tx,
  headerKeys: readonly Buffer[],
): Promise<{ headerKey: Buffer; kind: string; mapping: (ImportColumn | null)[] }[]> {
  const { rows } = await sql<{ header_key: Buffer; kind: string; mapping: (ImportColumn | null)[] }>`
    select header_key, kind, mapping from import_mappings where header_key = any(${headerKeys}::bytea[])`.execute(tx)
  return rows.map((row) => ({ headerKey: row.header_key, kind: row.kind, mapping: row.mapping }))
}

export async function putMapping(
  tx: Tx,
  values: {
    institutionId: string
    headerKey: Buffer
    kind: string
    mapping: readonly (ImportColumn | null)[]
    at: Date
  },
): Promise<void> {
  const saved = { kind: values.kind, mapping: JSON.stringify(values.mapping), saved_at: values.at }
  await tx
    .insertInto('import_mappings')
    .values({ institution_id: values.institutionId, header_key: values.headerKey, ...saved })
    .onConflict((conflict) => conflict.columns(['institution_id', 'header_key']).doUpdateSet(saved))
    .execute()
}
