import type { ImportObstacle } from '@app/contract'
import type { Section } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

const taken = (importId: string) =>
  sql`select r.* from import_rows r where r.import_id = ${importId} and r.outcome in ('new', 'changed')`

/** The stays that an import has begun or changed, as they should stand if nobody has touched them. */
const stays = (timeZone: string) => sql`
  select r.institution_id, r.n, r.target_id as person_id, i.class_id, i.taken_at as joined_at, null::timestamptz as left_at,
    'new' as outcome
  from taken r join imports i on i.institution_id = r.institution_id and i.id = r.import_id
  where r.section = 'students' and (r."values"->>'joins')::boolean
  union all
  select r.institution_id, r.n, (r."values"->>'personId')::uuid, (r."values"->>'classId')::uuid,
    case when r.outcome = 'changed' and not r.changes @> '[{"column": "from"}]' then (r."values"->>'joinedAt')::timestamptz
      else coalesce((r."values"->>'from')::timestamp at time zone ${timeZone}, i.taken_at) end,
    ((r."values"->>'until')::date + 1)::timestamp at time zone ${timeZone}, r.outcome
  from taken r join imports i on i.institution_id = r.institution_id and i.id = r.import_id
  where r.section = 'enrolments'`

const MOST_NAMED = 50

/** What stands in the way of taking an import back, people first, by name; some of them, and how many there are. */
export async function findObstacles(
  tx: Tx,
  importId: string,
  timeZone: string,
): Promise<{ obstacles: ImportObstacle[]; count: number }> {
  const { rows } = await sql<ImportObstacle & { count: number }>`
    with taken as materialized (${taken(importId)}),
    stays as materialized (${stays(timeZone)}),
    people_made as (select p.*, r."values" from taken r join people p
      on p.institution_id = r.institution_id and p.id = r.target_id
      where r.section in ('students', 'teachers') and r.outcome = 'new'),
    people_changed as (select p.*, r.changes from taken r join people p
      on p.institution_id = r.institution_id and p.id = r.target_id
      where r.section in ('students', 'teachers') and r.outcome = 'changed'),
    classes_made as (select c.*, r."values" from taken r join classes c
      on c.institution_id = r.institution_id and c.id = r.target_id
      where r.section = 'classes' and r.outcome = 'new'),
    -- As sets: asked for each person or class, a list of tens of thousands would be read through as often.
    unknown_stays as materialized (
      select class_id, person_id from class_students
      where person_id in (select id from people_made) or class_id in (select id from classes_made)
      except select class_id, person_id from stays),
    found as (
      select full_name as name, 'has-signed-in' as because from people_made
      where status <> 'invited' or exists (select from logins l where l.person_id = people_made.id)
      union
      select full_name, 'was-marked' from people_made
      where exists (select from records x where x.student_id = people_made.id)
      union
      select full_name, 'has-consented' from people_made
      where exists (select from consents x where x.person_id = people_made.id)
        or exists (select from face_templates x where x.person_id = people_made.id)
        or exists (select from enrolment_holds x where x.person_id = people_made.id)
      union
      select full_name, 'was-changed' from people_made
      where (full_name, email, phone, department) is distinct from
        ("values"->>'fullName', "values"->>'email', "values"->>'phone', "values"->>'department')
        or merged_into is not null
        or exists (select from people m where m.institution_id = people_made.institution_id and m.merged_into = people_made.id)
      union
      select full_name, 'joined-elsewhere' from people_made
      where id in (select person_id from unknown_stays)
        or exists (select from guardianships g where g.student_id = people_made.id or g.guardian_id = people_made.id)
      union
      select full_name, 'is-used' from people_made
      where exists (select from class_teachers ct where ct.person_id = people_made.id and not exists (
        select from taken r where r.section = 'classes' and r.target_id = ct.class_id
          and r."values"->'addTeacherIds' ? people_made.id::text))
      union
      select full_name, 'was-changed' from people_changed cross join lateral jsonb_array_elements(changes) as each
      where each->>'column' in ('full_name', 'email', 'phone', 'batch', 'department') and each->>'to' is distinct from
        case each->>'column' when 'full_name' then full_name when 'email' then email when 'phone' then phone
          when 'batch' then batch else department end
      union
      select p.full_name, 'was-marked' from stays s join people p on p.institution_id = s.institution_id and p.id = s.person_id
      join imports i on i.institution_id = s.institution_id and i.id = ${importId}
      where s.outcome = 'new' and exists (select from records x join sessions se
        on se.institution_id = x.institution_id and se.id = x.session_id
        where x.student_id = s.person_id and se.class_id = s.class_id and x.marked_at >= i.taken_at)
      union
      select p.full_name, 'was-changed' from stays s join people p on p.institution_id = s.institution_id and p.id = s.person_id
      where not exists (select from class_students cs where cs.institution_id = s.institution_id
        and cs.class_id = s.class_id and cs.person_id = s.person_id and cs.joined_at = s.joined_at
        and cs.left_at is not distinct from s.left_at)
      union
      select name, 'has-sessions' from classes_made
      where exists (select from sessions x where x.class_id = classes_made.id)
        or exists (select from timetable_slots x where x.class_id = classes_made.id)
      union
      select name, 'has-students' from classes_made
      where id in (select class_id from unknown_stays)
      union
      select t.name, 'is-used' from taken r join terms t on t.institution_id = r.institution_id and t.id = r.target_id
      where r.section = 'terms' and r.outcome = 'new' and exists (select from classes c
        where c.term_id = t.id and not exists (select from classes_made m where m.id = c.id))
    )
    select name, because, count(*) over ()::int as count from found order by because, name limit ${MOST_NAMED}`.execute(
    tx,
  )
  return { obstacles: rows.map(({ name, because }) => ({ name, because })), count: rows[0]?.count ?? 0 }
}

/** Ends the stays that an import has begun as if they had never been, and gives those it has changed their days back. */
export async function undoStays(tx: Tx, importId: string, timeZone: string): Promise<void> {
  await sql`
    with taken as materialized (${taken(importId)}), stays as materialized (${stays(timeZone)})
    delete from class_students cs using stays s
    where s.outcome = 'new' and cs.institution_id = s.institution_id and cs.class_id = s.class_id
      and cs.person_id = s.person_id and cs.joined_at = s.joined_at`.execute(tx)
  await sql`
    with taken as materialized (${taken(importId)}), stays as materialized (${stays(timeZone)})
    update class_students cs set joined_at = (r."values"->>'joinedAt')::timestamptz,
      left_at = case when c.changed ? 'until' then ((c.changed->>'until')::date + 1)::timestamp at time zone ${timeZone}
        else cs.left_at end
    from stays s join taken r on r.n = s.n cross join lateral (
      select jsonb_object_agg(each->>'column', each->>'from') as changed from jsonb_array_elements(r.changes) as each) c
    where s.outcome = 'changed' and cs.institution_id = s.institution_id and cs.class_id = s.class_id
      and cs.person_id = s.person_id and cs.joined_at = s.joined_at`.execute(tx)
}

export async function undoClasses(tx: Tx, importId: string): Promise<void> {
  await sql`
    delete from class_teachers ct using import_rows r cross join lateral jsonb_array_elements_text(r."values"->'addTeacherIds') as teacher
    where r.import_id = ${importId} and r.section = 'classes' and r.outcome in ('new', 'changed')
      and ct.institution_id = r.institution_id and ct.class_id = r.target_id and ct.person_id = teacher::uuid`.execute(
    tx,
  )
  await sql`
    update classes c set
      room = case when u.changed ? 'room' then u.changed->>'room' else c.room end,
      term_id = case when u.changed ? 'term'
        then (select t.id from terms t where t.name = u.changed->>'term') else c.term_id end
    from import_rows r cross join lateral (
      select jsonb_object_agg(each->>'column', each->>'from') as changed from jsonb_array_elements(r.changes) as each) u
    where r.import_id = ${importId} and r.section = 'classes' and r.outcome = 'changed'
      and c.institution_id = r.institution_id and c.id = r.target_id`.execute(tx)
  await sql`
    update subjects s set name = case when u.changed ? 'subject_name' then u.changed->>'subject_name' else s.name end,
      department_id = case when u.changed ? 'department'
        then (select d.id from departments d where d.name = u.changed->>'department') else s.department_id end
    from import_rows r cross join lateral (
      select jsonb_object_agg(each->>'column', each->>'from') as changed from jsonb_array_elements(r.changes) as each) u
    where r.import_id = ${importId} and r.section = 'classes' and r.outcome in ('new', 'changed')
      and u.changed ?| array['subject_name', 'department']
      and s.institution_id = r.institution_id and s.id = (r."values"->>'subjectId')::uuid`.execute(tx)
  await deleteMade(tx, importId, { section: 'classes', table: 'classes' })
}

/** How far it is: the last row whose person is gone. */
type Tell = (n: number) => Promise<void>

/** Gives the people an import has changed their old details back, and lets go of those it has made. */
export async function undoPeople(tx: Tx, importId: string, tell: Tell): Promise<void> {
  await sql`
    delete from person_roles pr using import_rows r cross join lateral jsonb_array_elements_text(r."values"->'addRoles') as added (name)
    where r.import_id = ${importId} and r.section = 'teachers' and r.outcome = 'changed'
      and pr.institution_id = r.institution_id and pr.person_id = r.target_id and pr.role = added.name`.execute(tx)
  await sql`
    update people p set
      full_name = case when u.changed ? 'full_name' then u.changed->>'full_name' else p.full_name end,
      email = case when u.changed ? 'email' then u.changed->>'email' else p.email end,
      phone = case when u.changed ? 'phone' then u.changed->>'phone' else p.phone end,
      batch = case when u.changed ? 'batch' then u.changed->>'batch' else p.batch end,
      department = case when u.changed ? 'department' then u.changed->>'department' else p.department end
    from import_rows r cross join lateral (
      select jsonb_object_agg(each->>'column', each->>'from') as changed from jsonb_array_elements(r.changes) as each) u
    where r.import_id = ${importId} and r.section in ('students', 'teachers') and r.outcome = 'changed'
      and p.institution_id = r.institution_id and p.id = r.target_id`.execute(tx)
  for (const table of ['invites', 'person_roles'] as const)
    await sql`
      delete from ${sql.table(table)} x using import_rows r
      where r.import_id = ${importId} and r.section in ('students', 'teachers') and r.outcome = 'new'
        and x.institution_id = r.institution_id and x.person_id = r.target_id`.execute(tx)
  await deleteMade(tx, importId, { section: 'teachers', table: 'people', tell })
  await deleteMade(tx, importId, { section: 'students', table: 'people', tell })
}

export async function undoTerms(tx: Tx, importId: string): Promise<void> {
  await sql`
    update terms t set
      starts_on = coalesce((u.changed->>'starts_on')::date, t.starts_on),
      ends_on = coalesce((u.changed->>'ends_on')::date, t.ends_on)
    from import_rows r cross join lateral (
      select jsonb_object_agg(each->>'column', each->>'from') as changed from jsonb_array_elements(r.changes) as each) u
    where r.import_id = ${importId} and r.section = 'terms' and r.outcome = 'changed'
      and t.institution_id = r.institution_id and t.id = r.target_id`.execute(tx)
  await deleteMade(tx, importId, { section: 'terms', table: 'terms' })
}

/** Every person is looked for in thirty tables: tens of thousands in one statement would not end in the time it has. */
const DELETED_AT_ONCE = 2_000

async function deleteMade(
  tx: Tx,
  importId: string,
  { section, table, tell = async () => {} }: { section: Section; table: 'terms' | 'people' | 'classes'; tell?: Tell },
): Promise<void> {
  for (let after = -1; ; ) {
    const { rows } = await sql<{ last: number | null }>`
      select max(n)::int as last from (select n from import_rows
        where import_id = ${importId} and section = ${section} and outcome = 'new' and n > ${after}
        order by n limit ${DELETED_AT_ONCE}) portion`.execute(tx)
    const last = rows[0]?.last ?? null
    if (last === null) return
    await sql`
      delete from ${sql.table(table)} x using import_rows r
      where r.import_id = ${importId} and r.section = ${section} and r.outcome = 'new' and r.n > ${after} and r.n <= ${last}
        and x.institution_id = r.institution_id and x.id = r.target_id`.execute(tx)
    await tell(last)
    after = last
  }
}

/** Subjects and departments that were made on the way, where nothing else has come to use them. */
export async function deleteMadeOnTheWay(
  tx: Tx,
  { subjectIds, departmentIds }: { subjectIds: readonly string[]; departmentIds: readonly string[] },
): Promise<void> {
  await sql`
    delete from subjects s where s.id = any(${subjectIds}::uuid[])
      and not exists (select from classes c where c.institution_id = s.institution_id and c.subject_id = s.id)`.execute(
    tx,
  )
  await sql`
    delete from departments d where d.id = any(${departmentIds}::uuid[])
      and not exists (select from subjects s where s.institution_id = d.institution_id and s.department_id = d.id)
      and not exists (select from people p where lower(p.department) = lower(d.name))`.execute(tx)
}

/** People an import has made who have not used an invite; of a teacher's import only those whom nobody else teaches. */
export async function findInvitable(
  tx: Tx,
  importId: string,
): Promise<{ personId: string; rollNo: string; fullName: string; email: string | null }[]> {
  const { rows } = await sql<{ id: string; roll_no: string | null; full_name: string; email: string | null }>`
    select p.id, p.roll_no, p.full_name, p.email from import_rows r
    join people p on p.institution_id = r.institution_id and p.id = r.target_id
    where r.import_id = ${importId} and r.section in ('students', 'teachers') and r.outcome = 'new'
      and p.status = 'invited'
    order by r.n`.execute(tx)
  return rows.map((row) => ({
    personId: row.id,
    rollNo: row.roll_no ?? '',
    fullName: row.full_name,
    email: row.email,
  }))
}
