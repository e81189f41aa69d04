import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** What is asked of the students of one class. */
export type AttendanceRule = {
  classId: string
  /** What a late mark counts, in hundredths. */
  lateHundredths: number
  minimumPercentage: number
}

/** What each class that is still held has decided for itself, as it was stored. */
export async function listStoredClassPolicies(tx: Tx): Promise<{ classId: string; policy: unknown }[]> {
  return tx.selectFrom('classes').select(['id as classId', 'policy']).where('archived_at', 'is', null).execute()
}

/** Where a page begins: after this student of this class. Percentages are in tenths. */
export type Place = { tenths: number; personId: string; classId: string }

export type LowRow = Place & {
  fullName: string
  rollNo: string | null
  className: string
  subjectName: string
  attended: number
  counted: number
  minimumPercentage: number
  /** How many there are in all. */
  total: number
}

/**
 * The students below the rule of their class, the lowest first; nobody who is disabled or has left the class. What
 * `summariseAttendance` and `countsFor` say of one student is here said of all: nearly everybody's sessions are those
 * since they joined, which are counted by a search in the list of the class; only who came back, or has marks from
 * before, is looked at session by session.
 */
export async function findLowAttendance(
  tx: Tx,
  { rules, after, limit }: { rules: readonly AttendanceRule[]; after: Place | null; limit: number },
): Promise<LowRow[]> {
  const { rows } = await sql<LowRow>`
    with rule as materialized (
      select * from unnest(${rules.map(({ classId }) => classId)}::uuid[], ${rules.map(({ lateHundredths }) => lateHundredths)}::int[],
        ${rules.map(({ minimumPercentage }) => minimumPercentage)}::numeric[]) as rule (class_id, late_points, minimum)),
    held as (
      select s.class_id, array_agg(s.ended_at order by s.ended_at) as ends
      from sessions s where s.ended_at is not null group by s.class_id),
    member as (
      select m.class_id, m.person_id, m.joined_at, p.full_name, p.roll_no, h.ends,
        exists (select from class_students e where e.institution_id = m.institution_id and e.class_id = m.class_id
          and e.person_id = m.person_id and e.left_at is not null) as came_back
      from class_students m join people p on p.institution_id = m.institution_id and p.id = m.person_id
      join held h on h.class_id = m.class_id
      where m.left_at is null and p.status <> 'disabled' and p.merged_into is null),
    marked as (
      select m.*, k.present, k.late, k.own_points, k.own_attended, k.uncounted,
        m.came_back or coalesce(k.first_ended_at <= m.joined_at, false) as is_mixed
      from member m left join sum_marks() k on k.class_id = m.class_id and k.student_id = m.person_id),
    tally as (
      select class_id, person_id, full_name, roll_no, cardinality(ends) - width_bucket(joined_at, ends) as sessions,
        present, late, own_points, own_attended, uncounted
      from marked where not is_mixed
      union all
      select m.class_id, m.person_id, m.full_name, m.roll_no, each.*
      from marked m cross join lateral (${eachSession}) each where m.is_mixed),
    summed as (
      select t.*, rule.minimum, t.sessions - coalesce(t.uncounted, 0) as counted,
        coalesce(t.present * 100 + t.late * rule.late_points + coalesce(t.own_points, 0), 0) as points,
        coalesce(t.present + case when rule.late_points > 0 then t.late else 0 end + t.own_attended, 0) as attended
      from tally t join rule on rule.class_id = t.class_id),
    low as (
      select *, (points * 10 / counted)::int as tenths from summed where counted > 0 and points * 10 / counted < minimum * 10),
    page as (
      select *, (select count(*)::int from low) as total from low
      ${after === null ? sql`` : sql`where (tenths, person_id, class_id) > (${after.tenths}::int, ${after.personId}::uuid, ${after.classId}::uuid)`}
      order by tenths, person_id, class_id limit ${limit})
    select page.tenths, page.person_id as "personId", page.class_id as "classId", page.full_name as "fullName",
      page.roll_no as "rollNo", c.name as "className", s.name as "subjectName", page.attended::int as attended,
      page.counted::int as counted, page.minimum::float8 as "minimumPercentage", page.total
    from page join classes c on c.id = page.class_id
    join subjects s on s.institution_id = c.institution_id and s.id = c.subject_id
    order by page.tenths, page.person_id, page.class_id`.execute(tx)
  return rows
}

/** The sessions that count for `m` by any of their stays, and the marks in them, by what they weigh. */
const eachSession = sql`
  select count(*)::int as sessions,
    count(*) filter (where r.held_at is null and r.custom_status_id is null and r.status = 'present') as present,
    count(*) filter (where r.held_at is null and r.custom_status_id is null and r.status = 'late') as late,
    sum((o.weight * 100)::int) filter (where r.held_at is null) as own_points,
    count(*) filter (where r.held_at is null and o.weight > 0) as own_attended,
    count(*) filter (where r.held_at is not null
      or case when r.custom_status_id is null then r.status = 'excused' else o.weight is null end) as uncounted
  from sessions s
  left join records r on r.institution_id = s.institution_id and r.session_id = s.id and r.student_id = m.person_id
  left join statuses o on o.institution_id = r.institution_id and o.id = r.custom_status_id
  where s.class_id = m.class_id and s.ended_at is not null and exists (
    select from class_students e where e.institution_id = s.institution_id and e.class_id = s.class_id
      and e.person_id = m.person_id and e.joined_at < s.ended_at and (e.left_at is null or e.left_at > s.opens_at))`
