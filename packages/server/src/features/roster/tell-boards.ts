import type { Tx } from '../../platform/db/open.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { findUnendedSessionOfClass, findUnendedSessionsOf } from './members.store.ts'

/**
 * Has the boards of the class's open session read their list anew, once this transaction has committed. It locks the
 * session, so it waits for the marks that are being made and keeps later ones waiting: call it late, but before a
 * person's row is changed, in the order of a check-in.
 */
export async function tellBoards(
  tx: Tx,
  { institutionId, classId, at }: { institutionId: string; classId: string; at: Date },
): Promise<void> {
  const sessionId = await findUnendedSessionOfClass(tx, classId)
  if (sessionId !== null) await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
}

/** The same of several classes, whose sessions are locked in the order in which everybody locks several. */
export async function tellBoardsOf(
  tx: Tx,
  { institutionId, classIds, at }: { institutionId: string; classIds: readonly string[]; at: Date },
): Promise<void> {
  for (const sessionId of await findUnendedSessionsOf(tx, classIds))
    await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
}
