import type { ErrorCode } from '@app/contract'
import { canTake, isOpen, type SessionState, type SessionStep, stateAt, statusAt } from '@app/domain'
import { Failure } from '../../platform/failure.ts'
import type { Session } from './sessions.store.ts'

/** What is in the way of a mark or a step; an open session is in the way of what opens one. */
const IN_THE_WAY: Record<SessionState, ErrorCode> = {
  planned: 'session-not-started',
  missed: 'session-not-started',
  open: 'already-done',
  paused: 'session-paused',
  ended: 'session-closed',
  cancelled: 'session-cancelled',
}

/** @throws Failure `session-not-started`, `session-paused`, `session-closed`, `session-cancelled` */
export function requireOpen(session: Session, at: Date): void {
  if (!isOpen(session, at)) throw new Failure(IN_THE_WAY[stateAt(session, at)])
}

/** What was never started has no marks, and in what is cancelled they mean nothing. @throws Failure `session-not-started`, `session-cancelled` */
export function requireMarkable(session: Session, at: Date): void {
  const state = stateAt(session, at)
  if (session.startedAt === null || state === 'cancelled') throw new Failure(IN_THE_WAY[state])
}

/** @throws Failure that names the state in which the step cannot be taken */
export function requireStep(session: Session, step: SessionStep, at: Date): void {
  const state = stateAt(session, at)
  if (!canTake(step, state)) throw new Failure(IN_THE_WAY[state])
}

/** The status of a mark made `at`. @throws Failure as `requireOpen` does */
export function requireStatusAt(session: Session, at: Date): 'present' | 'late' {
  const status = statusAt(session, at)
  if (status === null) throw new Failure(IN_THE_WAY[stateAt(session, at)])
  return status
}
