import type { TestApp } from './app.ts'

/** What the audit log says of somebody or something, in the order it was written. */
export async function auditOf({ db }: TestApp, institution: { id: string }, subjectId: string) {
  const rows = await db.inInstitution(institution.id, (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'actor_id', 'old_value', 'new_value'])
      .where('subject_id', '=', subjectId)
      .orderBy('id')
      .execute(),
  )
  return rows.map((row) => ({ action: row.action, by: row.actor_id, old: row.old_value, new: row.new_value }))
}
