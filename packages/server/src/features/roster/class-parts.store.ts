import type { Tx } from '../../platform/db/open.ts'

/** Whether a term is archived, held as it is until the transaction ends; null when there is none. */
export async function findTermState(tx: Tx, termId: string): Promise<{ isArchived: boolean } | null> {
  const row = await tx.selectFrom('terms').select('archived_at').where('id', '=', termId).forShare().executeTakeFirst()
  return row ? { isArchived: row.archived_at !== null } : null
}

export async function hasSubject(tx: Tx, subjectId: string): Promise<boolean> {
  const row = await tx.selectFrom('subjects').select('id').where('id', '=', subjectId).executeTakeFirst()
  return row !== undefined
}

/** False when the subject was not archived. */
export async function setSubjectRestored(tx: Tx, subjectId: string): Promise<boolean> {
  const row = await tx
    .updateTable('subjects')
    .set({ archived_at: null })
    .where('id', '=', subjectId)
    .where('archived_at', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a class is archived, held as it is until the transaction ends; null when there is none. */
export async function findClassState(tx: Tx, classId: string): Promise<{ isArchived: boolean } | null> {
  const row = await tx
    .selectFrom('classes')
    .select('archived_at')
    .where('id', '=', classId)
    .forShare()
    .executeTakeFirst()
  return row ? { isArchived: row.archived_at !== null } : null
}
