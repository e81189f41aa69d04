import type { PersonStatus } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'

/** Who may see a student's attendance, by name. */
export async function listGuardiansOf(
  tx: Tx,
  studentId: string,
): Promise<{ personId: string; fullName: string; email: string | null; status: PersonStatus }[]> {
  const rows = await tx
    .selectFrom('guardianships')
    .innerJoin('people', 'people.id', 'guardianships.guardian_id')
    .select(['people.id', 'people.full_name', 'people.email', 'people.status'])
    .where('guardianships.student_id', '=', studentId)
    .orderBy('people.full_name')
    .execute()
  return rows.map((row) => ({ personId: row.id, fullName: row.full_name, email: row.email, status: row.status }))
}

/** Whose attendance a guardian may see, by name. */
export async function listStudentsOf(
  tx: Tx,
  guardianId: string,
): Promise<{ personId: string; fullName: string; rollNo: string | null }[]> {
  const rows = await tx
    .selectFrom('guardianships')
    .innerJoin('people', 'people.id', 'guardianships.student_id')
    .select(['people.id', 'people.full_name', 'people.roll_no'])
    .where('guardianships.guardian_id', '=', guardianId)
    .orderBy('people.full_name')
    .execute()
  return rows.map((row) => ({ personId: row.id, fullName: row.full_name, rollNo: row.roll_no }))
}

/** Whether it was made; false when it was there. */
export async function insertGuardianship(
  tx: Tx,
  link: { institutionId: string; guardianId: string; studentId: string; by: string; at: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('guardianships')
    .values({
      institution_id: link.institutionId,
      guardian_id: link.guardianId,
      student_id: link.studentId,
      created_at: link.at,
      created_by: link.by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('guardian_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether there was one. */
export async function deleteGuardianship(tx: Tx, guardianId: string, studentId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('guardianships')
    .where('guardian_id', '=', guardianId)
    .where('student_id', '=', studentId)
    .returning('guardian_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteGuardianshipsOf(tx: Tx, guardianId: string): Promise<void> {
  await tx.deleteFrom('guardianships').where('guardian_id', '=', guardianId).execute()
}

/** Who has this address here. */
export async function findPersonByEmail(tx: Tx, email: string): Promise<string | null> {
  const row = await tx.selectFrom('people').select('id').where('email', '=', email).executeTakeFirst()
  return row?.id ?? null
}
