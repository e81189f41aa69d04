import type { Stay, WeighedMark } from '@app/domain'
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

/** Everybody who is in the class now, or who ever was, with all their stays in it. */
export async function findReportStudents(tx: Tx, classId: string, who: 'now' | 'ever'): Promise<ReportStudent[]> {
  const { rows } = await sql<{
    id: string
    roll_no: string | null
    full_name: string
    email: string | null
    batch: string | null
    department: string | null
    joined: Date[]
    left: (Date | null)[]
  }>`
    select p.id, p.roll_no, p.full_name, p.email, p.batch, p.department, m.joined, m.left
    from (
      select person_id, array_agg(joined_at order by joined_at) as joined, array_agg(left_at order by joined_at) as left
      from class_students where class_id = ${classId}
      group by person_id having ${who === 'ever'} or bool_or(left_at is null)) m
      join people p on p.institution_id = current_institution() and p.id = m.person_id`.execute(tx)
  return rows.map((row) => ({
    personId: row.id,
    rollNo: row.roll_no,
    fullName: row.full_name,
    email: row.email,
    batch: row.batch,
    department: row.department,
    stays: row.joined.map((joinedAt, i) => ({ joinedAt, leftAt: row.left[i] ?? null })),
  }))
}

/**
 * The marks made in these sessions: by student, then by the session's place in `sessionIds`.
 * Students and marks are joined by the caller: in one statement PostgreSQL, where it has no statistics yet, walks
 * all marks once for each student.
 */
export async function findMarks(tx: Tx, sessionIds: readonly string[]): Promise<Map<string, Map<number, WeighedMark>>> {
  const { rows } = await sql<{ student_id: string; marks: [place: number, mark: WeighedMark][] }>`
    select r.student_id, json_agg(json_build_array(asked.place - 1, json_build_object(
      'status', r.status, 'isHeld', r.held_at is not null,
      'custom', case when s.id is null then null else json_build_object('weight', s.weight) end))) as marks
    from unnest(${[...sessionIds]}::uuid[]) with ordinality as asked (id, place)
      join records r on r.institution_id = current_institution() and r.session_id = asked.id
      left join statuses s on s.institution_id = r.institution_id and s.id = r.custom_status_id
    group by r.student_id`.execute(tx)
  return new Map(rows.map(({ student_id, marks }) => [student_id, new Map(marks)]))
}
