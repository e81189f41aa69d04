import type { SessionView } from '@app/contract'
import { mayCloseAt, type SessionStep, stateAt, timesAfterPause } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { requireManagesClass } from '../roster/index.ts'
import { getExistingSession, lockSettledSession, settleSession } from './closing.ts'
import {
  isReplaced,
  lockClass,
  setSessionCancelled,
  setSessionClosing,
  setSessionPaused,
  setSessionRestored,
  setSessionResumed,
} from './session-steps.store.ts'
import { toSessionView } from './session-view.ts'
import type { Session } from './sessions.store.ts'
import { requireStep } from './standing.ts'

export type StepsDeps = { db: Database; now: () => Date }
export type OnSession = { actor: Actor; sessionId: string }

/** Of a step: what to write, what the session then is, and what the audit log says of it. */
export type Taken = {
  session: Session
  action: string
  oldValue: Record<string, unknown> | null
  newValue: Record<string, unknown> | null
  reason: string | null
}

/**
 * Takes one step of a session's life, for its teachers and the institution's admins: under its lock, by the server's
 * clock, with its audit row and the news to the boards.
 */
export function takeStep(
  { db, now }: StepsDeps,
  { actor, sessionId, step }: OnSession & { step: SessionStep },
  write: (tx: Tx, session: Session, at: Date) => Promise<Taken | null>,
): Promise<SessionView> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, (await getExistingSession(tx, sessionId)).classId)
    const locked = await lockSettledSession(tx, sessionId, now())
    const at = now()
    requireStep(locked, step, at)
    const taken = await write(tx, locked, at)
    if (taken === null) return toSessionView(locked, at)
    await tellOfStep(tx, { ...taken, actor, at })
    return toSessionView(await settleSession(tx, taken.session, at), at)
  })
}

/** A planned session has a board too, which may be open. */
export async function tellOfReplan(tx: Tx, session: Session, at: Date): Promise<void> {
  const key = { institutionId: session.institutionId, sessionId: session.id }
  await appendSessionEvent(tx, key, { kind: 'session', session: toSessionView(session, at) }, at)
}

async function tellOfStep(tx: Tx, { session, actor, at, ...entry }: Taken & { actor: Actor; at: Date }) {
  const key = { institutionId: session.institutionId, sessionId: session.id }
  await appendAudit(tx, { ...key, ...entry, at, actorId: actor.personId, subjectId: session.id })
  await tellOfReplan(tx, session, at)
}

/** Asked for the time it closes at already, it stays as it is: two teachers who extend at once extend once. */
export function extendSession(deps: StepsDeps, input: OnSession & { closesAt: string }): Promise<SessionView> {
  const closesAt = new Date(input.closesAt)
  return takeStep(deps, { ...input, step: 'extend' }, async (tx, session, at) => {
    if (closesAt.getTime() === session.closesAt.getTime()) return null
    if (!mayCloseAt(session, closesAt, at))
      throw new Failure('bad-input', {
        fields: [{ path: 'body.closesAt', message: 'later than it closes now, and at most eight hours from now' }],
      })
    await setSessionClosing(tx, session.id, closesAt)
    return {
      session: { ...session, closesAt },
      action: 'session-extended',
      oldValue: { closesAt: session.closesAt.toISOString() },
      newValue: { closesAt: closesAt.toISOString() },
      reason: null,
    }
  })
}

export function pauseSession(deps: StepsDeps, input: OnSession): Promise<SessionView> {
  return takeStep(deps, { ...input, step: 'pause' }, async (tx, session, at) => {
    await setSessionPaused(tx, session.id, at)
    return {
      session: { ...session, pausedAt: at },
      action: 'session-paused',
      oldValue: null,
      newValue: { pausedAt: at.toISOString() },
      reason: null,
    }
  })
}

export function resumeSession(deps: StepsDeps, input: OnSession): Promise<SessionView> {
  return takeStep(deps, { ...input, step: 'resume' }, async (tx, session, at) => {
    const { pausedAt } = session
    if (pausedAt === null) throw new Error('a paused session without the time of its pause')
    const times = timesAfterPause({ ...session, pausedAt }, at)
    await setSessionResumed(tx, session.id, times)
    return {
      session: { ...session, ...times, pausedAt: null },
      action: 'session-resumed',
      oldValue: { pausedAt: pausedAt.toISOString(), closesAt: session.closesAt.toISOString() },
      newValue: { lateAfter: times.lateAfter.toISOString(), closesAt: times.closesAt.toISOString() },
      reason: null,
    }
  })
}

/** What was missed stays missed but for an admin: it is what tells of teachers who take no sessions. */
export function cancelSession(deps: StepsDeps, input: OnSession & { reason: string }): Promise<SessionView> {
  const { actor, reason } = input
  return takeStep(deps, { ...input, step: 'cancel' }, async (tx, session, at) => {
    if (stateAt(session, at) === 'missed' && !actor.roles.has('admin')) throw new Failure('not-allowed')
    return writeCancellation(tx, session, { actor, at, because: reason, withdrawn: false })
  })
}

type Cancellation = { actor: Actor; at: Date; because: string; withdrawn: boolean }

async function writeCancellation(
  tx: Tx,
  session: Session,
  { actor, at, because, withdrawn }: Cancellation,
): Promise<Taken> {
  await setSessionCancelled(tx, session.id, { at, by: actor.personId, because, withdrawn })
  return {
    session: { ...session, cancelledAt: at, cancelledBecause: because },
    action: 'session-cancelled',
    oldValue: null,
    newValue: { cancelledAt: at.toISOString(), ...(withdrawn ? { byTimetable: true } : {}) },
    reason: because === '' ? null : because,
  }
}

/** Cancels one of many planned sessions that are locked. */
export async function cancelLocked(tx: Tx, session: Session, cancellation: Cancellation): Promise<void> {
  await tellOfStep(tx, { ...(await writeCancellation(tx, session, cancellation)), ...cancellation })
}

/** Back to what it would be: one whose time ran out meanwhile ends at once, as of then. */
export function restoreSession(deps: StepsDeps, input: OnSession): Promise<SessionView> {
  return takeStep(deps, { ...input, step: 'restore' }, async (tx, session) => {
    await lockClass(tx, session.classId)
    if (await isReplaced(tx, session)) throw new Failure('restore-too-late')
    await setSessionRestored(tx, session.id)
    return {
      session: { ...session, cancelledAt: null, cancelledBecause: null },
      action: 'session-restored',
      oldValue: { cancelledAt: session.cancelledAt?.toISOString(), because: session.cancelledBecause },
      newValue: null,
      reason: null,
    }
  })
}
