import type { Tx } from '../db/open.ts'

/** One line of the audit log. Values are what the change was from and to; never a token, a template or a score. */
export type AuditEntry = {
  institutionId: string
  at: Date
  /** Null when the server did it by itself. */
  actorId: string | null
  /** Kebab-case, `noun-verbed`: `record-changed`, `session-ended`. */
  action: string
  /** Whom or what it was done to. */
  subjectId: string | null
  sessionId: string | null
  oldValue: Record<string, unknown> | null
  newValue: Record<string, unknown> | null
  reason: string | null
}

/** Belongs in the same transaction as the change it tells of. */
export async function appendAudit(tx: Tx, entries: AuditEntry | readonly AuditEntry[]): Promise<void> {
  const rows = [entries].flat().map((entry) => ({
    institution_id: entry.institutionId,
    at: entry.at,
    actor_id: entry.actorId,
    action: entry.action,
    subject_id: entry.subjectId,
    session_id: entry.sessionId,
    old_value: toJson(entry.oldValue),
    new_value: toJson(entry.newValue),
    reason: entry.reason,
  }))
  const batch = 1000
  for (let from = 0; from < rows.length; from += batch)
    await tx
      .insertInto('audit_log')
      .values(rows.slice(from, from + batch))
      .execute()
}

const toJson = (value: Record<string, unknown> | null) => (value === null ? null : JSON.stringify(value))
