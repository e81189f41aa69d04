import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type Department = {
  id: string
  name: string
  subjectCount: number
  peopleCount: number
  archivedAt: Date | null
}

const departments = (tx: Tx) =>
  tx
    .selectFrom('departments')
    .select(({ selectFrom }) => [
      'departments.id',
      'departments.name',
      'departments.archived_at',
      selectFrom('subjects')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('subjects.institution_id', '=', 'departments.institution_id')
        .whereRef('subjects.department_id', '=', 'departments.id')
        .as('subject_count'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof departments>['executeTakeFirstOrThrow']>>

/** Of all departments at once: a person's is a text, and to count it for each would read everybody for each. */
async function countPeople(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('people')
    .select([sql<string>`lower(department)`.as('key'), sql<number>`count(*)::int`.as('count')])
    .where('department', 'is not', null)
    .groupBy(sql`lower(department)`)
    .execute()
  return new Map(rows.map(({ key, count }) => [key, count]))
}

/** The name in lower case as the database's own index has it. */
const lowered = sql<string>`lower(departments.name)`.as('key')

const toDepartment = (row: Row & { key: string }, people: Map<string, number>): Department => ({
  id: row.id,
  name: row.name,
  subjectCount: row.subject_count ?? 0,
  peopleCount: people.get(row.key) ?? 0,
  archivedAt: row.archived_at,
})

export async function findDepartments(tx: Tx): Promise<Department[]> {
  const rows = await departments(tx).select(lowered).orderBy(sql`lower(departments.name)`).execute()
  const people = await countPeople(tx)
  return rows.map((row) => toDepartment(row, people))
}

/** One department, held until the transaction ends; null when there is none. */
export async function lockDepartment(tx: Tx, departmentId: string): Promise<Department | null> {
  const row = await departments(tx)
    .select(lowered)
    .where('departments.id', '=', departmentId)
    .forUpdate('departments')
    .executeTakeFirst()
  return row ? toDepartment(row, await countPeople(tx)) : null
}

export async function insertDepartment(
  tx: Tx,
  department: { institutionId: string; id: string; name: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('departments')
    .values({
      institution_id: department.institutionId,
      id: department.id,
      name: department.name,
      archived_at: null,
      created_at: department.at,
    })
    .execute()
}

/** Renames it, on the people too who carry its name in whatever case. */
export async function setDepartmentName(
  tx: Tx,
  { id, before, name }: { id: string; before: string; name: string },
): Promise<void> {
  await tx.updateTable('departments').set({ name }).where('id', '=', id).execute()
  await tx
    .updateTable('people')
    .set({ department: name })
    .where(sql`lower(department)`, '=', sql`lower(${before})`)
    .execute()
}

export async function setDepartmentArchived(tx: Tx, departmentId: string, archivedAt: Date | null): Promise<void> {
  await tx.updateTable('departments').set({ archived_at: archivedAt }).where('id', '=', departmentId).execute()
}

export async function deleteDepartmentRow(tx: Tx, departmentId: string): Promise<void> {
  await tx.deleteFrom('departments').where('id', '=', departmentId).execute()
}
