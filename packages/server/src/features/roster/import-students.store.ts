import type { KnownStudent, RosterDetails } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** One import at a time in an institution, until the transaction ends: what it has looked up stays true. */
export async function lockImports(tx: Tx, institutionId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('import:' || ${institutionId}::text, 0))`.execute(tx)
}

/** The roll numbers in lower case as the database's own index has them: JavaScript lowers a few letters otherwise. */
export async function lowerRollNos(tx: Tx, rollNos: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ keys: string[] }>`
    select coalesce(array_agg(lower(roll_no) order by place), '{}') as keys
    from unnest(${[...rollNos]}::text[]) with ordinality as asked (roll_no, place)`.execute(tx)
  return rows[0]?.keys ?? []
}

/**
 * Who has these roll numbers already, by roll number; in the lower case of `lowerRollNos` here and there.
 * A list and not a join: behind the wall PostgreSQL cannot look lower(roll_no) up in its index, and a joined list it
 * may walk through once for each person.
 */
export async function findByRollNo(
  tx: Tx,
  classId: string,
  lowered: readonly string[],
): Promise<Map<string, KnownStudent>> {
  const { rows } = await sql<{
    key: string
    id: string
    full_name: string
    email: string | null
    phone: string | null
    batch: string | null
    department: string | null
    is_student: boolean
    is_staff: boolean
    in_class: boolean
  }>`
    select lower(p.roll_no) as key, p.id, p.full_name, p.email, p.phone, p.batch, p.department,
      exists (select from person_roles r where r.institution_id = p.institution_id and r.person_id = p.id
        and r.role = 'student') as is_student,
      exists (select from person_roles r where r.institution_id = p.institution_id and r.person_id = p.id
        and r.role <> 'student') as is_staff,
      exists (select from class_students cs where cs.institution_id = p.institution_id and cs.class_id = ${classId}
        and cs.person_id = p.id and cs.left_at is null) as in_class
    from people p
    where p.institution_id = current_institution() and lower(p.roll_no) = any(${[...lowered]}::text[])`.execute(tx)
  return new Map(
    rows.map((row) => [
      row.key,
      {
        personId: row.id,
        fullName: row.full_name,
        email: row.email,
        phone: row.phone,
        batch: row.batch,
        department: row.department,
        isStudent: row.is_student,
        isStaff: row.is_staff,
        inClass: row.in_class,
      },
    ]),
  )
}

/** Whose addresses these are, by address. */
export async function findEmailOwners(tx: Tx, emails: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ email: string; id: string }>`
    select email, id from people
    where institution_id = current_institution() and email = any(${[...emails]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.email, row.id]))
}

export type NewStudent = RosterDetails & { personId: string; rollNo: string }

/** New people who are students and nothing else, without an account yet. */
export async function insertStudents(
  tx: Tx,
  institutionId: string,
  students: readonly NewStudent[],
  at: Date,
): Promise<void> {
  await sql`
    with people_made as (
      insert into people (institution_id, id, full_name, email, phone, roll_no, batch, department, status, created_at)
      select ${institutionId}::uuid, s."personId", s."fullName", s.email, s.phone, s."rollNo", s.batch, s.department,
        'invited', ${at}
      from jsonb_to_recordset(${JSON.stringify(students)}::jsonb)
        as s("personId" uuid, "fullName" text, email text, phone text, "rollNo" text, batch text, department text)
      returning institution_id, id)
    insert into person_roles (institution_id, person_id, role) select institution_id, id, 'student' from people_made`.execute(
    tx,
  )
}

export async function updateStudents(
  tx: Tx,
  students: readonly (RosterDetails & { personId: string })[],
): Promise<void> {
  await sql`
    update people p
    set full_name = s."fullName", email = s.email, phone = s.phone, batch = s.batch, department = s.department
    from jsonb_to_recordset(${JSON.stringify(students)}::jsonb)
      as s("personId" uuid, "fullName" text, email text, phone text, batch text, department text)
    where p.institution_id = current_institution() and p.id = s."personId"`.execute(tx)
}

/** Begins a stay for each; whoever left at this very moment goes on with the one they had. */
export async function insertStays(
  tx: Tx,
  stays: { institutionId: string; classId: string; personIds: readonly string[]; at: Date },
): Promise<void> {
  await sql`
    insert into class_students (institution_id, class_id, person_id, joined_at)
    select ${stays.institutionId}::uuid, ${stays.classId}::uuid, id, ${stays.at}
    from unnest(${[...stays.personIds]}::uuid[]) as id
    on conflict (institution_id, class_id, person_id, joined_at) do update set left_at = null`.execute(tx)
}
