import type { Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireTeaches } from '../roster/index.ts'
import {
  getExistingSession,
  lockSettledSession,
  requireMarkable,
  requireUnlocked,
  type Session,
} from '../sessions/index.ts'

/**
 * The session, locked until the transaction ends, for a teacher who changes its marks.
 * @throws Failure `not-found`, `not-allowed`, `session-not-started`, `session-cancelled`, `marks-locked`
 */
export async function lockChangeableSession(tx: Tx, actor: Actor, sessionId: string, at: Date): Promise<Session> {
  await requireTeaches(tx, actor, (await getExistingSession(tx, sessionId)).classId)
  const session = await lockSettledSession(tx, sessionId, at)
  requireMarkable(session, at)
  await requireUnlocked(tx, session, at)
  return session
}
