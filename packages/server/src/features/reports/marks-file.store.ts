import type { AssuranceLevel, Status } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** A mark as it is told to people. */
export type ToldMark = {
  status: Status
  /** The institution's own, by name. */
  ownStatus: string | null
  method: 'face' | 'code' | 'hand' | 'closing'
  assurance: AssuranceLevel | null
  markedAt: Date
  /** Who marked by hand, by id: the names are `findNames`. */
  markedBy: string | null
  reason: string | null
  note: string | null
  isHeld: boolean
}

/**
 * The marks of these sessions: by session, then by student.
 * Students and who marked them are joined by the caller, for the reason that `findMarks` gives.
 */
export async function findToldMarks(
  tx: Tx,
  sessionIds: readonly string[],
): Promise<Map<string, Map<string, ToldMark>>> {
  const { rows } = await sql<ToldMark & { sessionId: string; studentId: string }>`
    select r.session_id as "sessionId", r.student_id as "studentId", r.status, s.name as "ownStatus", r.method,
      r.assurance, r.marked_at as "markedAt", r.marked_by as "markedBy", r.reason, r.note,
      r.held_at is not null as "isHeld"
    from unnest(${[...sessionIds]}::uuid[]) as asked (id)
      join records r on r.institution_id = current_institution() and r.session_id = asked.id
      left join statuses s on s.institution_id = r.institution_id and s.id = r.custom_status_id`.execute(tx)
  const marks = new Map(sessionIds.map((id) => [id, new Map<string, ToldMark>()]))
  for (const { sessionId, studentId, ...mark } of rows) marks.get(sessionId)?.set(studentId, mark)
  return marks
}

/** What people are called, by id. */
export async function findNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('people')
    .select(['id', 'full_name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.full_name]))
}

/** Somebody who was not on the list, and the account they turned out to be. */
export type ToldGuest = {
  sessionId: string
  fullName: string
  note: string | null
  addedAt: Date
  addedBy: string
  matched: { personId: string; rollNo: string | null; fullName: string } | null
}

/** The guests of these sessions, in the order they were added. */
export async function findToldGuests(tx: Tx, sessionIds: readonly string[]): Promise<ToldGuest[]> {
  const { rows } = await sql<ToldGuest>`
    select g.session_id as "sessionId", g.full_name as "fullName", g.note, g.added_at as "addedAt",
      by_.full_name as "addedBy",
      case when m.id is null then null
        else json_build_object('personId', m.id, 'rollNo', m.roll_no, 'fullName', m.full_name) end as matched
    from session_guests g
      join people by_ on by_.institution_id = g.institution_id and by_.id = g.added_by
      left join people m on m.institution_id = g.institution_id and m.id = g.matched_id
    where g.institution_id = current_institution() and g.session_id = any(${[...sessionIds]}::uuid[])
    order by g.added_at, g.id`.execute(tx)
  return rows
}
