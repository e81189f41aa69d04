import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

const DAY_MS = 86_400_000
const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * DAY_MS)

export type StudentCounts = { total: number; active: number; invited: number; enrolled: number; consented: number }

/** Students whose account is not disabled; `enrolled` by templates of the model. */
export async function countStudents(tx: Tx, model: string): Promise<StudentCounts> {
  const { rows } = await sql<StudentCounts>`
    select count(*)::int as total,
      (count(*) filter (where p.status = 'active'))::int as active,
      (count(*) filter (where p.status = 'invited'))::int as invited,
      count(f.person_id)::int as enrolled, count(c.person_id)::int as consented
    from person_roles r
    join people p on p.institution_id = r.institution_id and p.id = r.person_id
    left join face_templates f on f.institution_id = p.institution_id and f.person_id = p.id and f.model = ${model}
    left join consents c on c.institution_id = p.institution_id and c.person_id = p.id and c.withdrawn_at is null
    where r.role = 'student' and p.status <> 'disabled' and p.merged_into is null`.execute(tx)
  return rows[0] ?? { total: 0, active: 0, invited: 0, enrolled: 0, consented: 0 }
}

export type SilentCounts = { neverInvited: number; week: number; month: number; longer: number }

/** Who has not answered an invite, by when the last one was made. */
export async function countSilent(tx: Tx, at: Date): Promise<SilentCounts> {
  const [week, month] = [daysBefore(at, 7), daysBefore(at, 30)]
  const { rows } = await sql<SilentCounts>`
    select (count(*) filter (where i.last is null))::int as "neverInvited",
      (count(*) filter (where i.last > ${week}))::int as week,
      (count(*) filter (where i.last <= ${week} and i.last > ${month}))::int as month,
      (count(*) filter (where i.last <= ${month}))::int as longer
    from people p
    left join (select person_id, max(created_at) as last from invites group by person_id) i on i.person_id = p.id
    where p.status = 'invited' and p.merged_into is null`.execute(tx)
  return rows[0] ?? { neverInvited: 0, week: 0, month: 0, longer: 0 }
}

/** Somebody who is disabled teaches nobody, and attends nothing. */
const teachers = sql`(select count(*) from class_teachers t
  join people p on p.institution_id = t.institution_id and p.id = t.person_id
  where t.institution_id = c.institution_id and t.class_id = c.id and p.status <> 'disabled')`
const students = sql`(select count(*) from class_students s
  join people p on p.institution_id = s.institution_id and p.id = s.person_id
  where s.institution_id = c.institution_id and s.class_id = c.id and s.left_at is null and p.status <> 'disabled')`

export type ClassCounts = { total: number; withoutTeacher: number; withoutStudents: number }

export async function countClasses(tx: Tx): Promise<ClassCounts> {
  const { rows } = await sql<ClassCounts>`
    select count(*)::int as total, (count(*) filter (where teachers = 0))::int as "withoutTeacher",
      (count(*) filter (where students = 0))::int as "withoutStudents"
    from (select ${teachers} as teachers, ${students} as students from classes c where c.archived_at is null) counted`.execute(
    tx,
  )
  return rows[0] ?? { total: 0, withoutTeacher: 0, withoutStudents: 0 }
}

export type LackingRow = {
  classId: string
  className: string
  subjectName: string
  teachers: number
  students: number
}

export async function findLackingClasses(tx: Tx, lacks: 'teacher' | 'students'): Promise<LackingRow[]> {
  const { rows } = await sql<LackingRow>`
    select * from (
      select c.id as "classId", c.name as "className", su.name as "subjectName",
        ${teachers}::int as teachers, ${students}::int as students
      from classes c join subjects su on su.institution_id = c.institution_id and su.id = c.subject_id
      where c.archived_at is null
    ) counted where ${lacks === 'teacher' ? sql`teachers` : sql`students`} = 0
    order by "subjectName", "className", "classId"`.execute(tx)
  return rows
}

const missed = (at: Date, days: number) => sql`s.started_at is null and s.cancelled_at is null
  and s.closes_at < ${at} and s.closes_at >= ${daysBefore(at, days)}`

export async function countMissedSessions(tx: Tx, at: Date, days: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from sessions s where ${missed(at, days)}`.execute(tx)
  return rows[0]?.count ?? 0
}

export type MissedRow = {
  sessionId: string
  classId: string
  className: string
  subjectName: string
  opensAt: Date
  closesAt: Date
  teachers: string[]
}

export async function findMissedSessions(
  tx: Tx,
  { at, days, limit }: { at: Date; days: number; limit: number },
): Promise<MissedRow[]> {
  const { rows } = await sql<MissedRow>`
    select s.id as "sessionId", c.id as "classId", c.name as "className", su.name as "subjectName",
      s.opens_at as "opensAt", s.closes_at as "closesAt",
      array(select p.full_name from class_teachers t join people p on p.institution_id = t.institution_id and p.id = t.person_id
        where t.institution_id = s.institution_id and t.class_id = s.class_id order by p.full_name) as teachers
    from sessions s
    join classes c on c.institution_id = s.institution_id and c.id = s.class_id
    join subjects su on su.institution_id = c.institution_id and su.id = c.subject_id
    where ${missed(at, days)} order by s.opens_at desc, s.id limit ${limit}`.execute(tx)
  return rows
}

/** What waits for an admin: teachers who signed up, and enrolments like somebody else's. */
export async function countWaiting(tx: Tx): Promise<{ waitingTeachers: number; enrolmentHolds: number }> {
  const { rows } = await sql<{ teachers: number; holds: number }>`
    select (select count(*)::int from people where status = 'awaiting-approval') as teachers,
      (select count(*)::int from enrolment_holds where decided_at is null) as holds`.execute(tx)
  return { waitingTeachers: rows[0]?.teachers ?? 0, enrolmentHolds: rows[0]?.holds ?? 0 }
}
