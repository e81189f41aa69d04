import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type SubjectFields = { code: string; name: string; departmentId: string | null }
export type Subject = {
  id: string
  code: string
  name: string
  department: { id: string; name: string } | null
  classCount: number
  archivedAt: Date | null
}

const subjects = (tx: Tx) =>
  tx
    .selectFrom('subjects')
    .leftJoin('departments', (join) =>
      join
        .onRef('departments.institution_id', '=', 'subjects.institution_id')
        .onRef('departments.id', '=', 'subjects.department_id'),
    )
    .select(({ selectFrom }) => [
      'subjects.id',
      'subjects.code',
      'subjects.name',
      'subjects.archived_at',
      'departments.id as department_id',
      'departments.name as department_name',
      selectFrom('classes')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('classes.institution_id', '=', 'subjects.institution_id')
        .whereRef('classes.subject_id', '=', 'subjects.id')
        .as('class_count'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof subjects>['executeTakeFirstOrThrow']>>

const toSubject = (row: Row): Subject => ({
  id: row.id,
  code: row.code,
  name: row.name,
  department:
    row.department_id === null || row.department_name === null
      ? null
      : { id: row.department_id, name: row.department_name },
  classCount: row.class_count ?? 0,
  archivedAt: row.archived_at,
})

/** By code. */
export async function findSubjects(tx: Tx): Promise<Subject[]> {
  const rows = await subjects(tx).orderBy(sql`lower(subjects.code)`).execute()
  return rows.map(toSubject)
}

/** One subject, held until the transaction ends; null when there is none. */
export async function lockSubject(tx: Tx, subjectId: string): Promise<Subject | null> {
  const row = await subjects(tx).where('subjects.id', '=', subjectId).forUpdate('subjects').executeTakeFirst()
  return row ? toSubject(row) : null
}

/** Whether the institution has such a department. */
export async function hasDepartment(tx: Tx, departmentId: string): Promise<boolean> {
  const row = await tx.selectFrom('departments').select('id').where('id', '=', departmentId).executeTakeFirst()
  return row !== undefined
}

export async function insertSubject(
  tx: Tx,
  subject: SubjectFields & { institutionId: string; id: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('subjects')
    .values({
      institution_id: subject.institutionId,
      id: subject.id,
      code: subject.code,
      name: subject.name,
      department_id: subject.departmentId,
      created_at: subject.at,
    })
    .execute()
}

export async function setSubject(tx: Tx, subjectId: string, subject: SubjectFields): Promise<void> {
  await tx
    .updateTable('subjects')
    .set({ code: subject.code, name: subject.name, department_id: subject.departmentId })
    .where('id', '=', subjectId)
    .execute()
}

export async function setSubjectArchived(tx: Tx, subjectId: string, archivedAt: Date | null): Promise<void> {
  await tx.updateTable('subjects').set({ archived_at: archivedAt }).where('id', '=', subjectId).execute()
}

/** Whether a class of the subject is not archived. */
export async function hasClassesInUse(tx: Tx, subjectId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('classes')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('archived_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteSubjectRow(tx: Tx, subjectId: string): Promise<void> {
  await tx.deleteFrom('subjects').where('id', '=', subjectId).execute()
}
