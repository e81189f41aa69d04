import { areMarksLocked } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { getClassPolicy } from '../institutions/index.ts'
import type { Session } from './sessions.store.ts'
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
