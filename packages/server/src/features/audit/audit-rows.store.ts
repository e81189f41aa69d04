import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** An audit row in the texts that its hash is made of; `oldValue` and `newValue` are JSON as PostgreSQL prints it. */
export type AuditRowTexts = {
  institutionId: string
  id: string
  /** `2026-03-02T09:00:00.000000Z`: microseconds, in UTC. */
  at: string
  actorId: string | null
  action: string
  subjectId: string | null
  sessionId: string | null
  oldValue: string | null
  newValue: string | null
  reason: string | null
  salt: string
}

export const ROW_TEXTS = [
  'audit_log.institution_id as institutionId',
  'audit_log.id',
  sql<string>`to_char(audit_log.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at'),
  'audit_log.actor_id as actorId',
  'audit_log.action',
  'audit_log.subject_id as subjectId',
  'audit_log.session_id as sessionId',
  sql<string | null>`audit_log.old_value::text`.as('oldValue'),
  sql<string | null>`audit_log.new_value::text`.as('newValue'),
  'audit_log.reason',
  'audit_log.salt',
] as const

export type Link = { seq: number; auditId: string; leaf: Buffer; hash: Buffer }
/** `row` is null when the log has no such row (any more). */
export type LinkedRow = Link & { row: AuditRowTexts | null }

/** Every institution that has a part of a chain or a row that belongs in one; for a look past the walls. */
export async function listChainedInstitutions(tx: Tx): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string | null }>`
    select ids.id, i.name from (
      select institution_id as id from audit_log union select institution_id from audit_chain
      union select institution_id from audit_heads
    ) ids left join institutions i on i.id = ids.id order by i.created_at, ids.id`.execute(tx)
  return rows.map(({ id, name }) => ({ id, name: name ?? '' }))
}

/** The links of a chain after number `after`, in order, each with its row. */
export async function listLinksAfter(
  tx: Tx,
  { institutionId, after, limit }: { institutionId: string; after: number; limit: number },
): Promise<LinkedRow[]> {
  const rows = await tx
    .selectFrom('audit_chain as link')
    .leftJoin('audit_log', (join) =>
      join.onRef('audit_log.institution_id', '=', 'link.institution_id').onRef('audit_log.id', '=', 'link.audit_id'),
    )
    .select(['link.seq', 'link.audit_id as auditId', 'link.leaf', 'link.hash', ...ROW_TEXTS])
    .where('link.institution_id', '=', institutionId)
    .where('link.seq', '>', String(after))
    .orderBy('link.seq')
    .limit(limit)
    .execute()
  return rows.map(({ seq, auditId, leaf, hash, ...row }) => ({
    seq: Number(seq),
    auditId,
    leaf,
    hash,
    row: toRowTexts(row),
  }))
}

type Nullable<Row> = { [Name in keyof Row]: Row[Name] | null }

/** Of a left join: a row is there with all that it must have, or not at all. */
function toRowTexts(row: Nullable<AuditRowTexts>): AuditRowTexts | null {
  const { institutionId, id, at, action, salt } = row
  if (institutionId === null || id === null || at === null || action === null || salt === null) return null
  return { ...row, institutionId, id, at, action, salt }
}

export async function findHead(tx: Tx, institutionId: string): Promise<{ seq: number; hash: Buffer } | null> {
  const row = await tx
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('institution_id', '=', institutionId)
    .executeTakeFirst()
  return row ? { seq: Number(row.seq), hash: row.hash } : null
}

/** The first row of an institution's log that no link is about. */
export async function findUnlinkedRowId(tx: Tx, institutionId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('audit_log')
    .leftJoin('audit_chain as link', (join) =>
      join.onRef('link.institution_id', '=', 'audit_log.institution_id').onRef('link.audit_id', '=', 'audit_log.id'),
    )
    .select('audit_log.id')
    .where('audit_log.institution_id', '=', institutionId)
    .where('link.seq', 'is', null)
    .orderBy('audit_log.id')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
