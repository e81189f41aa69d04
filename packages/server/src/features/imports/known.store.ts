import type { KnownClass, KnownPerson, KnownStay } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** In lower case as the database's own indexes have it: JavaScript lowers a few letters otherwise. */
export async function lowerTexts(tx: Tx, texts: readonly string[]): Promise<string[]> {
  if (texts.length === 0) return []
  const { rows } = await sql<{ lowered: string[] }>`
    select array_agg(lower(text) order by place) as lowered
    from unnest(${[...texts]}::text[]) with ordinality as asked (text, place)`.execute(tx)
  return rows[0]?.lowered ?? []
}

type PersonRow = {
  key: string
  id: string
  full_name: string
  email: string | null
  phone: string | null
  batch: string | null
  department: string | null
  roles: string[]
  is_merged: boolean
  is_active: boolean
  is_in_class: boolean
  is_elsewhere: boolean
}

/** What matters of a person depends on who asks: which class they would join, and which teacher brings them. */
export type AskedFor = { classId: string | null; teacherId: string | null }

const personColumns = ({ classId, teacherId }: AskedFor) => sql`
  p.id, p.full_name, p.email, p.phone, p.batch, p.department, p.merged_into is not null as is_merged,
  p.status <> 'invited' as is_active,
  array(select role from person_roles r where r.institution_id = p.institution_id and r.person_id = p.id) as roles,
  exists (select from class_students cs where cs.institution_id = p.institution_id and cs.class_id = ${classId}
    and cs.person_id = p.id and cs.left_at is null) as is_in_class,
  exists (select from class_students cs where cs.institution_id = p.institution_id and cs.person_id = p.id
    and cs.left_at is null and not exists (select from class_teachers ct where ct.institution_id = cs.institution_id
      and ct.class_id = cs.class_id and ct.person_id = ${teacherId}::uuid)) as is_elsewhere`

const toPeople = (rows: readonly PersonRow[]): Map<string, KnownPerson> =>
  new Map(
    rows.map((row) => [
      row.key,
      {
        personId: row.id,
        fullName: row.full_name,
        email: row.email,
        phone: row.phone,
        batch: row.batch,
        department: row.department,
        roles: row.roles,
        isMerged: row.is_merged,
        isActive: row.is_active,
        isInClass: row.is_in_class,
        isElsewhere: row.is_elsewhere,
      },
    ]),
  )

/** Who has these roll numbers, by roll number; in the lower case of `lowerTexts` here and there. */
export async function findPeopleByRollNo(
  tx: Tx,
  lowered: readonly string[],
  asked: AskedFor,
): Promise<Map<string, KnownPerson>> {
  const { rows } = await sql<PersonRow>`
    select p.sort_roll_no as key, ${personColumns(asked)} from people p
    where p.institution_id = current_institution() and p.sort_roll_no = any(${lowered.filter((rollNo) => rollNo !== '')}::text[])`.execute(
    tx,
  )
  return toPeople(rows)
}

export async function findPeopleByEmail(tx: Tx, emails: readonly string[]): Promise<Map<string, KnownPerson>> {
  const { rows } = await sql<PersonRow>`
    select p.email as key, ${personColumns({ classId: null, teacherId: null })} from people p
    where p.institution_id = current_institution() and p.email = any(${[...emails]}::text[])`.execute(tx)
  return toPeople(rows)
}

/** Whose addresses these are, by address. */
export async function findEmailOwners(tx: Tx, emails: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ email: string; id: string }>`
    select email, id from people
    where institution_id = current_institution() and email = any(${[...emails]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.email, row.id]))
}

/** Which of these addresses are of people who may teach. */
export async function findTeachersByEmail(tx: Tx, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map()
  const { rows } = await sql<{ email: string; id: string }>`
    select p.email, p.id from people p
    where p.institution_id = current_institution() and p.email = any(${[...emails]}::text[])
      and p.status in ('invited', 'active')
      and exists (select from person_roles r where r.institution_id = p.institution_id and r.person_id = p.id
        and r.role = 'teacher')`.execute(tx)
  return new Map(rows.map((row) => [row.email, row.id]))
}

export async function listTeacherEmails(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select p.email from people p join person_roles r on r.institution_id = p.institution_id and r.person_id = p.id
    where r.role = 'teacher' and p.email is not null`.execute(tx)
  return rows.map(({ email }) => email)
}

export type KnownSubject = { id: string; key: string; code: string; name: string; department: string | null }

export async function findSubjectsByCode(tx: Tx, lowered: readonly string[]): Promise<Map<string, KnownSubject>> {
  const { rows } = await sql<KnownSubject>`
    select s.id, lower(s.code) as key, s.code, s.name, d.name as department
    from subjects s left join departments d on d.institution_id = s.institution_id and d.id = s.department_id
    where s.institution_id = current_institution() and lower(s.code) = any(${[...lowered]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.key, row]))
}

export type ClassOfSubject = KnownClass & { subjectId: string; key: string }

/** Every class of these subjects; `key` is the name in lower case. */
export async function findClassesOf(tx: Tx, subjectIds: readonly string[]): Promise<ClassOfSubject[]> {
  if (subjectIds.length === 0) return []
  const { rows } = await sql<{
    id: string
    subject_id: string
    key: string
    name: string
    room: string | null
    term: string | null
    is_archived: boolean
    teachers: { id: string; email: string | null }[]
  }>`
    select c.id, c.subject_id, lower(c.name) as key, c.name, c.room, t.name as term,
      c.archived_at is not null as is_archived,
      (select coalesce(json_agg(json_build_object('id', p.id, 'email', p.email) order by p.email, p.id), '[]')
        from class_teachers ct join people p on p.institution_id = ct.institution_id and p.id = ct.person_id
        where ct.institution_id = c.institution_id and ct.class_id = c.id) as teachers
    from classes c left join terms t on t.institution_id = c.institution_id and t.id = c.term_id
    where c.institution_id = current_institution() and c.subject_id = any(${[...subjectIds]}::uuid[])`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    subjectId: row.subject_id,
    key: row.key,
    name: row.name,
    room: row.room,
    term: row.term,
    isArchived: row.is_archived,
    teachers: row.teachers,
  }))
}

/** Subject and class as one text, for whoever mistyped either. */
export async function listClassNames(tx: Tx): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select s.code, c.name from classes c join subjects s on s.institution_id = c.institution_id and s.id = c.subject_id
    where c.archived_at is null`.execute(tx)
  return rows
}

export type KnownTerm = { id: string; key: string; name: string; startsOn: string; endsOn: string }

export async function listTerms(tx: Tx): Promise<Map<string, KnownTerm>> {
  const { rows } = await sql<KnownTerm>`
    select id, lower(name) as key, name, starts_on as "startsOn", ends_on as "endsOn" from terms
    where archived_at is null`.execute(tx)
  return new Map(rows.map((row) => [row.key, row]))
}

/** The stays of these students in these classes, pair by pair, as days of the calendar of `timeZone`. */
export async function findStays(
  tx: Tx,
  pairs: readonly { personId: string; classId: string }[],
  timeZone: string,
): Promise<Map<string, KnownStay[]>> {
  const { rows } = await sql<{
    person_id: string
    class_id: string
    joined_at: string
    starts: string
    ends: string | null
  }>`
    select cs.person_id, cs.class_id, cs.joined_at::text, (cs.joined_at at time zone ${timeZone})::date as starts,
      ((cs.left_at - interval '1 microsecond') at time zone ${timeZone})::date as ends
    from class_students cs
    join unnest(${pairs.map(({ personId }) => personId)}::uuid[], ${pairs.map(({ classId }) => classId)}::uuid[])
      as asked (person_id, class_id) on asked.person_id = cs.person_id and asked.class_id = cs.class_id
    where cs.institution_id = current_institution() and (cs.left_at is null or cs.left_at > cs.joined_at)
    order by cs.joined_at`.execute(tx)
  const stays = new Map<string, KnownStay[]>()
  for (const row of rows) {
    const key = `${row.person_id}/${row.class_id}`
    const stay = { joinedAt: row.joined_at, from: row.starts, until: row.ends }
    stays.set(key, [...(stays.get(key) ?? []), stay])
  }
  return stays
}

/** For roll numbers that nobody has: one that is the same in letters and digits, by what was asked. */
export async function findSimilarRollNos(tx: Tx, rollNos: readonly string[]): Promise<Map<string, string>> {
  if (rollNos.length === 0) return new Map()
  const { rows } = await sql<{ asked: string; roll_no: string }>`
    select distinct on (a.asked) a.asked, p.roll_no
    from unnest(${[...rollNos]}::text[]) as a(asked)
    join people p on regexp_replace(lower(p.roll_no), '[^[:alnum:]]', '', 'g')
      = regexp_replace(lower(a.asked), '[^[:alnum:]]', '', 'g')
    where p.institution_id = current_institution() and p.roll_no is not null
    order by a.asked, p.roll_no`.execute(tx)
  return new Map(rows.map((row) => [row.asked, row.roll_no]))
}
