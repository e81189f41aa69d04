import type { TestApp } from './app.ts'
import type { TestPerson } from './builders.ts'

/** Lets a guardian see a student. */
export async function aGuardianship(
  { db, deps }: TestApp,
  { guardian, student, by }: Record<'guardian' | 'student' | 'by', TestPerson>,
): Promise<void> {
  await db.inInstitution(student.institutionId, (tx) =>
    tx
      .insertInto('guardianships')
      .values({
        institution_id: student.institutionId,
        guardian_id: guardian.id,
        student_id: student.id,
        created_at: deps.now(),
        created_by: by.id,
      })
      .execute(),
  )
}
