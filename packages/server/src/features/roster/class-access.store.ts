import type { Tx } from '../../platform/db/open.ts'

/** Whether a class exists in this institution, and whether `personId` teaches it. */
export async function findTeaching(tx: Tx, classId: string, personId: string): Promise<{ teaches: boolean } | null> {
  const row = await tx
    .selectFrom('classes')
    .leftJoin('class_teachers', (join) =>
      join.onRef('class_teachers.class_id', '=', 'classes.id').on('class_teachers.person_id', '=', personId),
    )
    .select('class_teachers.person_id as teacher')
    .where('classes.id', '=', classId)
    .executeTakeFirst()
  return row ? { teaches: row.teacher !== null } : null
}

/** Whether `personId` is a student of the class now. */
export async function isStudentOf(tx: Tx, classId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('class_students')
    .select('person_id')
    .where('class_id', '=', classId)
    .where('person_id', '=', personId)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
