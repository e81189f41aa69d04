import type { AuditRowTexts } from './audit-rows.store.ts'

/**
 * The audit row as the text that is hashed: JSON without spaces, these names in this order, `old` and `new` as
 * PostgreSQL prints jsonb. The database's `audit_canonical` writes the same bytes; docs/decisions/060 says how anybody can.
 */
export function canonicalRow(row: AuditRowTexts): string {
  const fields: [string, string][] = [
    ['institution', quote(row.institutionId)],
    ['id', row.id],
    ['at', quote(row.at)],
    ['actor', quote(row.actorId)],
    ['action', quote(row.action)],
    ['subject', quote(row.subjectId)],
    ['session', quote(row.sessionId)],
    ['old', row.oldValue ?? 'null'],
    ['new', row.newValue ?? 'null'],
    ['reason', quote(row.reason)],
    ['salt', quote(row.salt)],
  ]
  return `{${fields.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}

const quote = (text: string | null) => JSON.stringify(text)
