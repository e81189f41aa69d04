import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

type Subject = { id: string; code: string; name: string }
export type ClassRow = {
  id: string
  name: string
  subject: Subject
  term: { id: string; name: string } | null
  room: string | null
  archivedAt: Date | null
  studentCount: number
  teachers: { personId: string; fullName: string }[]
  openSessionId: string | null
}

/**
 * @param filter.taughtBy only the classes of this teacher; null for all; `classId` only that one
 * @param filter.archived only archived ones, or only the others; null for either
 */
export async function findClasses(
  tx: Tx,
  filter: { taughtBy: string | null; classId: string | null; archived: boolean | null; at: Date },
): Promise<ClassRow[]> {
  const { rows } = await sql<{
    id: string
    name: string
    subject_id: string
    code: string
    subject_name: string
    term_id: string | null
    term_name: string | null
    room: string | null
    archived_at: Date | null
    students: number
    teachers: { personId: string; fullName: string }[]
    open_session_id: string | null
  }>`
    select c.id, c.name, s.id as subject_id, s.code, s.name as subject_name, c.room, c.archived_at,
      t.id as term_id, t.name as term_name,
      (select count(*)::int from class_students cs
        where cs.institution_id = c.institution_id and cs.class_id = c.id and cs.left_at is null) as students,
      (select coalesce(json_agg(json_build_object('personId', p.id, 'fullName', p.full_name) order by p.full_name, p.id), '[]')
        from class_teachers ct join people p on p.institution_id = ct.institution_id and p.id = ct.person_id
        where ct.institution_id = c.institution_id and ct.class_id = c.id) as teachers,
      (select se.id from sessions se where se.institution_id = c.institution_id and se.class_id = c.id
        and se.started_at is not null and se.ended_at is null and se.cancelled_at is null and se.opens_at <= ${filter.at} and se.closes_at > ${filter.at}) as open_session_id
    from classes c join subjects s on s.institution_id = c.institution_id and s.id = c.subject_id
      left join terms t on t.institution_id = c.institution_id and t.id = c.term_id
    where (${filter.classId}::uuid is null or c.id = ${filter.classId})
      and (${filter.archived}::boolean is null or (c.archived_at is not null) = ${filter.archived})
      and (${filter.taughtBy}::uuid is null or exists (select from class_teachers ct
        where ct.institution_id = c.institution_id and ct.class_id = c.id and ct.person_id = ${filter.taughtBy}))
    order by lower(s.code), lower(c.name)`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    subject: { id: row.subject_id, code: row.code, name: row.subject_name },
    term: row.term_id === null || row.term_name === null ? null : { id: row.term_id, name: row.term_name },
    room: row.room,
    archivedAt: row.archived_at,
    studentCount: row.students,
    teachers: row.teachers,
    openSessionId: row.open_session_id,
  }))
}

/** The subject of that code, in whatever case; made when there is none. */
export async function putSubject(
  tx: Tx,
  subject: { institutionId: string; id: string; code: string; name: string; at: Date },
): Promise<string> {
  await tx
    .insertInto('subjects')
    .values({
      institution_id: subject.institutionId,
      id: subject.id,
      code: subject.code,
      name: subject.name,
      created_at: subject.at,
    })
    .onConflict((conflict) => conflict.expression(sql`institution_id, lower(code)`).doNothing())
    .execute()
  const { id } = await tx
    .selectFrom('subjects')
    .select('id')
    .where(sql`lower(code)`, '=', sql`lower(${subject.code})`)
    .executeTakeFirstOrThrow()
  return id
}

/** False when the subject has a class of that name. */
export async function insertClass(
  tx: Tx,
  values: {
    institutionId: string
    id: string
    subjectId: string
    name: string
    termId: string | null
    room: string | null
    at: Date
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('classes')
    .values({
      institution_id: values.institutionId,
      id: values.id,
      subject_id: values.subjectId,
      name: values.name,
      term_id: values.termId,
      room: values.room,
      created_at: values.at,
    })
    .onConflict((conflict) => conflict.expression(sql`institution_id, subject_id, lower(name)`).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Which of these people are teachers who may teach: invited ones count, disabled ones do not. */
export async function findTeacherIds(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return []
  const rows = await tx
    .selectFrom('people')
    .innerJoin('person_roles', (join) =>
      join
        .onRef('person_roles.institution_id', '=', 'people.institution_id')
        .onRef('person_roles.person_id', '=', 'people.id'),
    )
    .select('people.id')
    .where('people.id', 'in', [...personIds])
    .where('person_roles.role', '=', 'teacher')
    .where('people.status', 'in', ['invited', 'active'])
    .execute()
  return rows.map((row) => row.id)
}

export async function insertClassTeachers(
  tx: Tx,
  institutionId: string,
  classId: string,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return
  await tx
    .insertInto('class_teachers')
    .values(personIds.map((personId) => ({ institution_id: institutionId, class_id: classId, person_id: personId })))
    .execute()
}
