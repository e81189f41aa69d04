import type { Tx } from '../../platform/db/open.ts'

export type ClassFields = {
  name: string
  room: string | null
  subjectId: string
  termId: string | null
  teacherIds: string[]
}

/** What can be changed of a class, held until the transaction ends; null when there is none. */
export async function lockClass(tx: Tx, classId: string): Promise<(ClassFields & { archivedAt: Date | null }) | null> {
  const row = await tx
    .selectFrom('classes')
    .select(['name', 'room', 'subject_id', 'term_id', 'archived_at'])
    .where('id', '=', classId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return null
  const teachers = await tx
    .selectFrom('class_teachers')
    .select('person_id')
    .where('class_id', '=', classId)
    .orderBy('person_id')
    .execute()
  return {
    name: row.name,
    room: row.room,
    subjectId: row.subject_id,
    termId: row.term_id,
    teacherIds: teachers.map(({ person_id }) => person_id),
    archivedAt: row.archived_at,
  }
}

export async function setClass(tx: Tx, classId: string, fields: Omit<ClassFields, 'teacherIds'>): Promise<void> {
  await tx
    .updateTable('classes')
    .set({ name: fields.name, room: fields.room, subject_id: fields.subjectId, term_id: fields.termId })
    .where('id', '=', classId)
    .execute()
}

export async function deleteClassTeachers(tx: Tx, classId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await tx
    .deleteFrom('class_teachers')
    .where('class_id', '=', classId)
    .where('person_id', 'in', [...personIds])
    .execute()
}

export async function setClassArchived(tx: Tx, classId: string, archivedAt: Date | null): Promise<void> {
  await tx.updateTable('classes').set({ archived_at: archivedAt }).where('id', '=', classId).execute()
}

/** With its teachers and its timetable; the database refuses it while anything else refers to it. */
export async function deleteClassRow(tx: Tx, classId: string): Promise<void> {
  await tx.deleteFrom('timetable_slots').where('class_id', '=', classId).execute()
  await tx.deleteFrom('class_teachers').where('class_id', '=', classId).execute()
  await tx.deleteFrom('classes').where('id', '=', classId).execute()
}
