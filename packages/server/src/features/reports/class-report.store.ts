import type { Status, Stay } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type EndedSession = { id: string; opensAt: Date; endedAt: Date }
export type ReportStudent = {
  personId: string
  rollNo: string | null
  fullName: string
  email: string | null
  batch: string | null
  department: string | null
  stays: Stay[]
  /** One for each session asked about, in their order; null where nothing was recorded. */
  statuses: (Status | null)[]
}

export async function getClassNames(tx: Tx, classId: string): Promise<{ className: string; subjectName: string }> {
  return tx
    .selectFrom('classes')
    .innerJoin('subjects', (join) =>
      join
        .onRef('subjects.institution_id', '=', 'classes.institution_id')
        .onRef('subjects.id', '=', 'classes.subject_id'),
    )
    .select(['classes.name as className', 'subjects.name as subjectName'])
    .where('classes.id', '=', classId)
    .executeTakeFirstOrThrow()
}

/** The class's ended sessions, oldest first. */
export async function findEndedSessions(tx: Tx, classId: string): Promise<EndedSession[]> {
  const rows = await tx
    .selectFrom('sessions')
    .select(['id', 'opens_at', 'ended_at'])
    .where('class_id', '=', classId)
    .where('ended_at', 'is not', null)
    .orderBy('opens_at')
    .orderBy('id')
    .$narrowType<{ ended_at: Date }>()
    .execute()
  return rows.map((row) => ({ id: row.id, opensAt: row.opens_at, endedAt: row.ended_at }))
}

/** Everybody who is in the class now, with their stays and their mark in each of these sessions, in one pass. */
export async function findReportStudents(
  tx: Tx,
  classId: string,
  sessionIds: readonly string[],
): Promise<ReportStudent[]> {
  const { rows } = await sql<{
    id: string
    roll_no: string | null
    full_name: string
    email: string | null
    batch: string | null
    department: string | null
    joined: Date[]
    left: (Date | null)[]
    statuses: (Status | null)[]
  }>`
    with asked as materialized (
      select id, place from unnest(${[...sessionIds]}::uuid[]) with ordinality as s (id, place)),
    members as materialized (
      select person_id, array_agg(joined_at order by joined_at) as joined, array_agg(left_at order by joined_at) as left
      from class_students where class_id = ${classId}
      group by person_id having bool_or(left_at is null)),
    marks as (
      select m.person_id, array_agg(r.status order by a.place) as statuses
      from members m cross join asked a
        left join records r on r.institution_id = current_institution() and r.session_id = a.id and r.student_id = m.person_id
      group by m.person_id)
    select p.id, p.roll_no, p.full_name, p.email, p.batch, p.department, m.joined, m.left,
      coalesce(marks.statuses, '{}') as statuses
    from members m join people p on p.institution_id = current_institution() and p.id = m.person_id
      left join marks on marks.person_id = m.person_id`.execute(tx)
  return rows.map((row) => ({
    personId: row.id,
    rollNo: row.roll_no,
    fullName: row.full_name,
    email: row.email,
    batch: row.batch,
    department: row.department,
    stays: row.joined.map((joinedAt, i) => ({ joinedAt, leftAt: row.left[i] ?? null })),
    statuses: row.statuses,
  }))
}
