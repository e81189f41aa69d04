import type { SessionWindow, Status } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'
import { type Session, type SessionRules, toRulesRow } from './sessions.store.ts'

const change = (tx: Tx, sessionId: string) => tx.updateTable('sessions').where('id', '=', sessionId)

/** Holds the class's row until the transaction ends: of two sessions of a class one opens after the other. Taken after a session's. */
export async function lockClass(tx: Tx, classId: string): Promise<{ isArchived: boolean }> {
  const { archived_at } = await tx
    .selectFrom('classes')
    .select('archived_at')
    .where('id', '=', classId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return { isArchived: archived_at !== null }
}

export async function setSessionStarted(
  tx: Tx,
  sessionId: string,
  started: Pick<SessionWindow, 'opensAt' | 'lateAfter' | 'closesAt'> & SessionRules & { by: string },
): Promise<void> {
  await change(tx, sessionId)
    .set({
      started_at: started.opensAt,
      started_by: started.by,
      opens_at: started.opensAt,
      late_after: started.lateAfter,
      closes_at: started.closesAt,
      ...toRulesRow(started),
    })
    .execute()
}

export async function setSessionEnded(tx: Tx, sessionId: string, endedAt: Date): Promise<void> {
  await change(tx, sessionId).set({ ended_at: endedAt }).execute()
}

export async function setSessionClosing(tx: Tx, sessionId: string, closesAt: Date): Promise<void> {
  await change(tx, sessionId).set({ closes_at: closesAt }).execute()
}

export async function setSessionPaused(tx: Tx, sessionId: string, pausedAt: Date): Promise<void> {
  await change(tx, sessionId).set({ paused_at: pausedAt }).execute()
}

export async function setSessionResumed(
  tx: Tx,
  sessionId: string,
  times: Pick<SessionWindow, 'lateAfter' | 'closesAt'>,
): Promise<void> {
  await change(tx, sessionId).set({ paused_at: null, late_after: times.lateAfter, closes_at: times.closesAt }).execute()
}

export async function setSessionCancelled(
  tx: Tx,
  sessionId: string,
  cancelled: { at: Date; by: string; because: string; withdrawn: boolean },
): Promise<void> {
  await change(tx, sessionId)
    .set({
      cancelled_at: cancelled.at,
      cancelled_by: cancelled.by,
      cancelled_because: cancelled.because,
      withdrawn: cancelled.withdrawn,
    })
    .execute()
}

export async function setSessionRestored(tx: Tx, sessionId: string): Promise<void> {
  await change(tx, sessionId)
    .set({ cancelled_at: null, cancelled_by: null, cancelled_because: null, withdrawn: false })
    .execute()
}

export async function setSessionReopened(tx: Tx, sessionId: string, closesAt: Date): Promise<void> {
  await change(tx, sessionId).set({ ended_at: null, paused_at: null, closes_at: closesAt }).execute()
}

/** Takes back what the end of a session made of those without a mark and nobody has changed since; answers what that was. */
export async function deleteClosingMarks(tx: Tx, sessionId: string): Promise<{ studentId: string; status: Status }[]> {
  const rows = await tx
    .deleteFrom('records')
    .where('session_id', '=', sessionId)
    .where('method', '=', 'closing')
    .returning(['student_id', 'status'])
    .execute()
  return rows.map((row) => ({ studentId: row.student_id, status: row.status }))
}

/** Whether another session takes the place of a cancelled one: one of its class that began since, or its own meeting planned anew. */
export async function isReplaced(
  tx: Tx,
  session: Pick<Session, 'id' | 'classId' | 'opensAt' | 'startedAt' | 'slot'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('class_id', '=', session.classId)
    .where('id', '<>', session.id)
    .where('cancelled_at', 'is', null)
    .where((where) =>
      where.or([
        where.and([where('started_at', 'is not', null), where('opens_at', '>=', session.opensAt)]),
        ...(session.startedAt === null
          ? []
          : [where.and([where('started_at', 'is not', null), where('ended_at', 'is', null)])]),
        ...(session.slot === null
          ? []
          : [where.and([where('slot_id', '=', session.slot.id), where('slot_date', '=', session.slot.day)])]),
      ]),
    )
    .executeTakeFirst()
  return row !== undefined
}

/** Sessions of any institution whose time is up and that nobody ended; asked outside the wall, at most a hundred. */
export async function listDueSessions(
  tx: Tx,
  { at, longestPauseMinutes }: { at: Date; longestPauseMinutes: number },
): Promise<{ institutionId: string; sessionId: string }[]> {
  const { rows } = await sql<{ institution_id: string; session_id: string }>`
    select * from list_due_sessions(${at}, make_interval(mins => ${longestPauseMinutes}))`.execute(tx)
  return rows.map((row) => ({ institutionId: row.institution_id, sessionId: row.session_id }))
}

/** Planned sessions of any institution whose time has come and is not over; asked outside the wall. */
export async function listSessionsInTheirTime(
  tx: Tx,
  at: Date,
): Promise<{ institutionId: string; sessionId: string; classId: string }[]> {
  const { rows } = await sql<{ institution_id: string; session_id: string; class_id: string }>`
    select * from list_sessions_in_their_time(${at})`.execute(tx)
  return rows.map((row) => ({
    institutionId: row.institution_id,
    sessionId: row.session_id,
    classId: row.class_id,
  }))
}
