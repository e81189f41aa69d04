import type { Tx } from '../../platform/db/open.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { findUnendedSessionOfClass } from './members.store.ts'

/**
 * Has the boards of the class's open session read their list anew. Call it last in the transaction that changed who is
 * in the class: it waits for the marks that are being made.
 */
export async function tellBoards(
  tx: Tx,
  { institutionId, classId, at }: { institutionId: string; classId: string; at: Date },
): Promise<void> {
  const sessionId = await findUnendedSessionOfClass(tx, classId)
  if (sessionId !== null) await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
}
