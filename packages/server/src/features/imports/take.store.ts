import type { ImportChange, Section } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** The rows of an import that one statement takes: those after `from`, up to `to`. */
export type Span = { importId: string; from: number; to: number }

const within = ({ importId, from, to }: Span) =>
  sql`r.institution_id = current_institution() and r.import_id = ${importId} and r.n > ${from} and r.n <= ${to}`

export async function insertTerms(tx: Tx, span: Span, at: Date): Promise<void> {
  await sql`
    insert into terms (institution_id, id, name, starts_on, ends_on, created_at)
    select r.institution_id, r.target_id, r."values"->>'name', (r."values"->>'startsOn')::date,
      (r."values"->>'endsOn')::date, ${at}
    from import_rows r where ${within(span)} and r.section = 'terms' and r.outcome = 'new'`.execute(tx)
}

export async function updateTerms(tx: Tx, span: Span): Promise<void> {
  await sql`
    update terms t set starts_on = (r."values"->>'startsOn')::date, ends_on = (r."values"->>'endsOn')::date
    from import_rows r
    where ${within(span)} and r.section = 'terms' and r.outcome = 'changed'
      and t.institution_id = r.institution_id and t.id = r.target_id`.execute(tx)
}

/** New people without an account yet; students are students and nothing else. */
export async function insertPeople(tx: Tx, span: Span, at: Date): Promise<void> {
  await sql`
    with people_made as (
      insert into people (institution_id, id, full_name, email, phone, roll_no, batch, department, status, created_at)
      select r.institution_id, r.target_id, r."values"->>'fullName', r."values"->>'email', r."values"->>'phone',
        r."values"->>'rollNo', r."values"->>'batch', r."values"->>'department', 'invited', ${at}
      from import_rows r where ${within(span)} and r.section in ('students', 'teachers') and r.outcome = 'new'
      returning institution_id, id, roll_no)
    insert into person_roles (institution_id, person_id, role)
    select institution_id, id, 'student' from people_made where roll_no is not null`.execute(tx)
}

export async function insertTeacherRoles(tx: Tx, span: Span): Promise<void> {
  await sql`
    insert into person_roles (institution_id, person_id, role)
    select r.institution_id, r.target_id, added.name
    from import_rows r cross join lateral jsonb_array_elements_text(r."values"->'addRoles') as added (name)
    where ${within(span)} and r.section = 'teachers' and r.outcome in ('new', 'changed')
    on conflict do nothing`.execute(tx)
}

/**
 * What the rows change of people who are known, and nothing else of them: somebody may be changing it at this moment.
 * @param onlyInvited passes over whoever has used their invite since the row was judged
 */
export async function updatePeople(tx: Tx, span: Span, { onlyInvited }: { onlyInvited: boolean }): Promise<void> {
  await sql`
    update people p set
      full_name = coalesce(c.changed->>'full_name', p.full_name),
      email = coalesce(c.changed->>'email', p.email),
      phone = coalesce(c.changed->>'phone', p.phone),
      batch = coalesce(c.changed->>'batch', p.batch),
      department = coalesce(c.changed->>'department', p.department)
    from import_rows r cross join lateral (
      select jsonb_object_agg(each->>'column', each->>'to') as changed from jsonb_array_elements(r.changes) as each) c
    where ${within(span)} and r.section in ('students', 'teachers') and r.outcome = 'changed'
      and c.changed ?| array['full_name', 'email', 'phone', 'batch', 'department']
      and p.institution_id = r.institution_id and p.id = r.target_id
      and (not ${onlyInvited}::boolean or p.status = 'invited')`.execute(tx)
}

/** Begins a stay for each who joins the class; whoever left at this very moment goes on with the one they had. */
export async function insertJoins(tx: Tx, span: Span, { classId, at }: { classId: string; at: Date }): Promise<void> {
  await sql`
    insert into class_students (institution_id, class_id, person_id, joined_at)
    select r.institution_id, ${classId}::uuid, r.target_id, ${at}
    from import_rows r
    where ${within(span)} and r.section = 'students' and r.outcome in ('new', 'changed')
      and (r."values"->>'joins')::boolean
    on conflict (institution_id, class_id, person_id, joined_at) do update set left_at = null`.execute(tx)
}

/** Days begin at midnight in the institution; the last day of a stay belongs to it. */
const startOf = (day: string, timeZone: string) =>
  sql`((r."values"->>${sql.lit(day)})::timestamp at time zone ${timeZone})`
const endOf = (day: string, timeZone: string) =>
  sql`(((r."values"->>${sql.lit(day)})::date + 1)::timestamp at time zone ${timeZone})`

export async function insertStays(tx: Tx, span: Span, { timeZone, at }: { timeZone: string; at: Date }): Promise<void> {
  await sql`
    insert into class_students (institution_id, class_id, person_id, joined_at, left_at)
    select r.institution_id, (r."values"->>'classId')::uuid, (r."values"->>'personId')::uuid,
      coalesce(${startOf('from', timeZone)}, ${at}), ${endOf('until', timeZone)}
    from import_rows r where ${within(span)} and r.section = 'enrolments' and r.outcome = 'new'
    on conflict (institution_id, class_id, person_id, joined_at) do update set left_at = excluded.left_at`.execute(tx)
}

export async function updateStays(tx: Tx, span: Span, timeZone: string): Promise<void> {
  const changes = (column: string) => sql`r.changes @> ${JSON.stringify([{ column }])}::jsonb`
  await sql`
    update class_students cs set
      joined_at = case when ${changes('from')} then ${startOf('from', timeZone)} else cs.joined_at end,
      left_at = case when ${changes('until')} then ${endOf('until', timeZone)} else cs.left_at end
    from import_rows r
    where ${within(span)} and r.section = 'enrolments' and r.outcome = 'changed'
      and cs.institution_id = r.institution_id and cs.class_id = (r."values"->>'classId')::uuid
      and cs.person_id = (r."values"->>'personId')::uuid
      and cs.joined_at = (r."values"->>'joinedAt')::timestamptz`.execute(tx)
}

/** Departments that good rows name and nobody has made yet. */
export async function insertDepartments(tx: Tx, importId: string, at: Date): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    insert into departments (institution_id, id, name, created_at)
    select institution_id, gen_random_uuid(), name, ${at} from (
      select distinct on (lower(r."values"->>'department')) r.institution_id, r."values"->>'department' as name
      from import_rows r
      where r.import_id = ${importId} and r.outcome in ('new', 'changed') and r."values"->>'department' is not null
      order by lower(r."values"->>'department'), r.n) named
    on conflict (institution_id, lower(name)) do nothing
    returning id, name`.execute(tx)
  return rows
}

const departmentOf = sql`(select d.id from departments d where lower(d.name) = lower(r."values"->>'department'))`

export async function insertSubjects(tx: Tx, importId: string, at: Date): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    insert into subjects (institution_id, id, code, name, department_id, created_at)
    select distinct on (r."values"->>'subjectId') r.institution_id, (r."values"->>'subjectId')::uuid,
      r."values"->>'subjectCode', r."values"->>'subjectName', ${departmentOf}, ${at}
    from import_rows r
    where r.import_id = ${importId} and r.section = 'classes' and r.outcome = 'new'
      and not exists (select from subjects s where s.id = (r."values"->>'subjectId')::uuid)
    order by r."values"->>'subjectId', (r."values"->>'department') is null, r.n
    returning id, code as name`.execute(tx)
  return rows
}

export async function updateSubjects(tx: Tx, importId: string): Promise<void> {
  await sql`
    update subjects s set name = coalesce(c.changed->>'subject_name', s.name),
      department_id = case when c.changed ? 'department' then ${departmentOf} else s.department_id end
    from import_rows r cross join lateral (
      select jsonb_object_agg(each->>'column', each->>'to') as changed from jsonb_array_elements(r.changes) as each) c
    where r.institution_id = current_institution() and r.import_id = ${importId} and r.section = 'classes'
      and r.outcome in ('new', 'changed') and c.changed ?| array['subject_name', 'department']
      and s.institution_id = r.institution_id and s.id = (r."values"->>'subjectId')::uuid`.execute(tx)
}

export async function insertClasses(tx: Tx, span: Span, at: Date): Promise<void> {
  await sql`
    insert into classes (institution_id, id, subject_id, name, term_id, room, created_at)
    select r.institution_id, r.target_id, (r."values"->>'subjectId')::uuid, r."values"->>'name',
      (r."values"->>'termId')::uuid, r."values"->>'room', ${at}
    from import_rows r where ${within(span)} and r.section = 'classes' and r.outcome = 'new'`.execute(tx)
}

export async function updateClasses(tx: Tx, span: Span): Promise<void> {
  await sql`
    update classes c set room = coalesce(r."values"->>'room', c.room),
      term_id = coalesce((r."values"->>'termId')::uuid, c.term_id)
    from import_rows r
    where ${within(span)} and r.section = 'classes' and r.outcome = 'changed'
      and c.institution_id = r.institution_id and c.id = r.target_id`.execute(tx)
}

export async function insertClassTeachers(tx: Tx, span: Span): Promise<void> {
  await sql`
    insert into class_teachers (institution_id, class_id, person_id)
    select r.institution_id, r.target_id, teacher::uuid
    from import_rows r cross join lateral jsonb_array_elements_text(r."values"->'addTeacherIds') as teacher
    where ${within(span)} and r.section = 'classes' and r.outcome in ('new', 'changed')
    on conflict do nothing`.execute(tx)
}

/** The classes whose lists good rows change and that have a session now, in the order in which sessions are locked. */
export async function findRunningClasses(tx: Tx, importId: string): Promise<string[]> {
  const { rows } = await sql<{ class_id: string }>`
    select s.class_id from sessions s
    where s.started_at is not null and s.ended_at is null and s.cancelled_at is null and s.class_id in (
      select (r."values"->>'classId')::uuid from import_rows r
      where r.import_id = ${importId} and r.section = 'enrolments' and r.outcome in ('new', 'changed')
      union all
      select i.class_id from imports i join import_rows r on r.institution_id = i.institution_id and r.import_id = i.id
      where i.id = ${importId} and r.section = 'students' and r.outcome in ('new', 'changed'))
    order by s.id`.execute(tx)
  return rows.map((row) => row.class_id)
}

export type TakenRow = {
  section: Section
  outcome: 'new' | 'changed'
  targetId: string
  values: Record<string, unknown>
  changes: ImportChange[]
}

/** What was done, for the audit log. */
export async function findTakenRows(tx: Tx, span: Span): Promise<TakenRow[]> {
  const { rows } = await sql<TakenRow>`
    select r.section, r.outcome, r.target_id as "targetId", r."values", r.changes from import_rows r
    where ${within(span)} and r.outcome in ('new', 'changed') order by r.n`.execute(tx)
  return rows
}
