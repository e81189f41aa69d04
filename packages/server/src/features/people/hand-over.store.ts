import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** Which of these people may teach: invited ones count, disabled ones do not. */
export async function keepTeachers(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from people p join person_roles r on r.institution_id = p.institution_id and r.person_id = p.id
    where p.id = any(${personIds}::uuid[]) and r.role = 'teacher' and p.status in ('invited', 'active')`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The classes somebody teaches, locked so that nobody else hands them over meanwhile. */
export async function lockTaughtClasses(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('class_teachers')
    .select('class_id')
    .where('person_id', '=', personId)
    .orderBy('class_id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.class_id)
}

export async function replaceTeacher(
  tx: Tx,
  change: { institutionId: string; classId: string; from: string; to: readonly string[] },
): Promise<void> {
  if (change.to.length > 0)
    await tx
      .insertInto('class_teachers')
      .values(
        change.to.map((personId) => ({
          institution_id: change.institutionId,
          class_id: change.classId,
          person_id: personId,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  await tx
    .deleteFrom('class_teachers')
    .where('class_id', '=', change.classId)
    .where('person_id', '=', change.from)
    .execute()
}
