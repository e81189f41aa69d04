import { LiveEvent } from '@app/contract'
import { sql } from 'kysely'
import type { Tx } from '../db/open.ts'

export const SESSION_EVENTS_CHANNEL = 'session_events'

type WithoutSeq<Event> = Event extends unknown ? Omit<Event, 'seq'> : never

/** A live event before it has its number. */
export type NewLiveEvent = WithoutSeq<LiveEvent>

/**
 * Appends an event in the transaction of the change it tells of; listeners hear of it when that commits.
 * Taking the number locks the session's row, so the events of one session commit in the order of their numbers.
 */
export async function appendSessionEvent(
  tx: Tx,
  session: { institutionId: string; sessionId: string },
  event: NewLiveEvent,
  at: Date,
): Promise<number> {
  const { event_seq } = await tx
    .updateTable('sessions')
    .set({ event_seq: sql<string>`event_seq + 1` })
    .where('id', '=', session.sessionId)
    .returning('event_seq')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('session_events')
    .values({
      institution_id: session.institutionId,
      session_id: session.sessionId,
      seq: event_seq,
      event: JSON.stringify(event),
      at,
    })
    .execute()
  await sql`select pg_notify(${SESSION_EVENTS_CHANNEL}, ${session.sessionId})`.execute(tx)
  return Number(event_seq)
}

/** The events of a session after number `after`, in order; at most `limit`. */
export async function listSessionEventsAfter(
  tx: Tx,
  sessionId: string,
  after: number,
  limit: number,
): Promise<LiveEvent[]> {
  const rows = await tx
    .selectFrom('session_events')
    .select(['seq', 'event'])
    .where('session_id', '=', sessionId)
    .where('seq', '>', String(after))
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => LiveEvent.parse({ ...(row.event as object), seq: Number(row.seq) }))
}
