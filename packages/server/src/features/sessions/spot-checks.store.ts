import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type SpotCheckRow = {
  id: string
  sessionId: string
  studentId: string
  askedAt: Date
  /** Null where the policy asked. */
  askedBy: string | null
  dueAt: Date
  answer: 'face' | 'code' | 'teacher' | null
}

const spotChecks = (tx: Tx, sessionId: string) =>
  tx
    .selectFrom('spot_checks')
    .select(['id', 'session_id', 'student_id', 'asked_at', 'asked_by', 'due_at', 'answer'])
    .where('session_id', '=', sessionId)

type Row = Awaited<ReturnType<ReturnType<typeof spotChecks>['executeTakeFirstOrThrow']>>

const toSpotCheck = (row: Row): SpotCheckRow => ({
  id: row.id,
  sessionId: row.session_id,
  studentId: row.student_id,
  askedAt: row.asked_at,
  askedBy: row.asked_by,
  dueAt: row.due_at,
  answer: row.answer,
})

/** The spot checks of a session, of one student or of all when `studentId` is null; the latest of a student comes last. */
export async function listSpotChecks(tx: Tx, sessionId: string, studentId: string | null): Promise<SpotCheckRow[]> {
  let asked = spotChecks(tx, sessionId)
  if (studentId !== null) asked = asked.where('student_id', '=', studentId)
  return (await asked.orderBy('asked_at').orderBy('id').execute()).map(toSpotCheck)
}

/** The one a student can still answer at `at`; null when there is none. */
export async function findOpenSpotCheck(
  tx: Tx,
  { sessionId, studentId, at }: { sessionId: string; studentId: string; at: Date },
): Promise<SpotCheckRow | null> {
  const row = await spotChecks(tx, sessionId)
    .where('student_id', '=', studentId)
    .where('answer', 'is', null)
    .where('due_at', '>', at)
    .orderBy('asked_at', 'desc')
    .executeTakeFirst()
  return row ? toSpotCheck(row) : null
}

export async function insertSpotChecks(tx: Tx, institutionId: string, asked: readonly SpotCheckRow[]): Promise<void> {
  if (asked.length === 0) return
  await tx
    .insertInto('spot_checks')
    .values(
      asked.map((each) => ({
        institution_id: institutionId,
        id: each.id,
        session_id: each.sessionId,
        student_id: each.studentId,
        asked_at: each.askedAt,
        asked_by: each.askedBy,
        due_at: each.dueAt,
      })),
    )
    .execute()
}

/** Whether it was still without an answer. */
export async function answerSpotCheckRow(
  tx: Tx,
  given: { id: string; answer: 'face' | 'code' | 'teacher'; by: string; at: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('spot_checks')
    .set({ answer: given.answer, answered_at: given.at, answered_by: given.by })
    .where('id', '=', given.id)
    .where('answer', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Sessions of any institution whose policy asks and that had no spot check of its own yet; asked outside the wall. */
export async function listSessionsToSpotCheck(
  tx: Tx,
  at: Date,
): Promise<{ institutionId: string; sessionId: string }[]> {
  const { rows } = await sql<{ institution_id: string; session_id: string }>`
    select * from list_sessions_to_spot_check(${at})`.execute(tx)
  return rows.map((row) => ({ institutionId: row.institution_id, sessionId: row.session_id }))
}

/** When the server asks by itself in this session; null until that is drawn. */
export async function findSpotCheckTime(tx: Tx, sessionId: string): Promise<Date | null> {
  const row = await tx.selectFrom('sessions').select('spot_check_at').where('id', '=', sessionId).executeTakeFirst()
  return row?.spot_check_at ?? null
}

export async function setSpotCheckTime(tx: Tx, sessionId: string, at: Date): Promise<void> {
  await tx.updateTable('sessions').set({ spot_check_at: at }).where('id', '=', sessionId).execute()
}
