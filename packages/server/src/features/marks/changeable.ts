import { areMarksLocked } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { requireTeaches } from '../roster/index.ts'
import { getExistingSession, lockSettledSession, requireMarkable, type Session } from '../sessions/index.ts'
import { findUnlockedUntil } from './unlocks.store.ts'

/** Whether the marks of a session may be changed `at`, and until when an admin has unlocked them. */
export async function findLock(
  tx: Tx,
  session: Session,
  at: Date,
): Promise<{ isLocked: boolean; unlockedUntil: Date | null }> {
  const { lockDays } = await getClassPolicy(tx, session.classId)
  const unlockedUntil = await findUnlockedUntil(tx, session.id)
  return { isLocked: areMarksLocked({ endedAt: session.endedAt, unlockedUntil }, lockDays, at), unlockedUntil }
}

/** @throws Failure `marks-locked` */
export async function requireUnlocked(tx: Tx, session: Session, at: Date): Promise<void> {
  if ((await findLock(tx, session, at)).isLocked) throw new Failure('marks-locked')
}

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
