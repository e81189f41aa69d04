import type { SessionWindow } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { requireClassInUse } from '../roster/index.ts'
import { lockClass, setSessionStarted } from './session-steps.store.ts'
import { toSessionView } from './session-view.ts'
import { findUnendedSessionId, type Session, type SessionRules } from './sessions.store.ts'

/** What every start says in the audit log. */
export type Started = {
  window: SessionWindow
  rules: SessionRules
  /** Null when the server opened it by itself. */
  actorId: string | null
  at: Date
}

/** Whether the class is in use and has no session that runs; what is asked is held until the transaction ends. */
export async function isClassFree(tx: Tx, classId: string): Promise<boolean> {
  const { isArchived } = await lockClass(tx, classId)
  return !isArchived && (await findUnendedSessionId(tx, classId)) === null
}

/** @throws Failure `session-open-already`, or what an archived class is refused with */
export async function requireClassFree(tx: Tx, classId: string): Promise<void> {
  if (await isClassFree(tx, classId)) return
  await requireClassInUse(tx, classId)
  throw new Failure('session-open-already')
}

/** Starts a planned session that is locked, of a class that is free, and tells whoever looks at it. */
export async function openPlanned(tx: Tx, session: Session, { window, rules, actorId, at }: Started): Promise<Session> {
  const by = actorId ?? session.plan?.by
  if (by === undefined) throw new Error('a session that nobody planned opens by itself')
  await setSessionStarted(tx, session.id, { ...window, ...rules, by })
  const started: Session = { ...session, ...window, ...rules, startedAt: window.opensAt }
  await auditStart(tx, started, { actorId, at })
  const key = { institutionId: session.institutionId, sessionId: session.id }
  await appendSessionEvent(tx, key, { kind: 'session', session: toSessionView(started, at) }, at)
  await appendSessionEvent(tx, key, { kind: 'reload' }, at)
  return started
}

export function auditStart(
  tx: Tx,
  session: Session,
  { actorId, at }: { actorId: string | null; at: Date },
): Promise<void> {
  const { institutionId, id: sessionId, classId, closesAt, lateAfter, plan } = session
  const { methods, assurance, presence, codeSeconds } = session
  return appendAudit(tx, {
    institutionId,
    at,
    actorId,
    action: 'session-started',
    subjectId: classId,
    sessionId,
    oldValue: plan && { opensAt: plan.opensAt.toISOString(), closesAt: plan.closesAt.toISOString() },
    newValue: {
      closesAt: closesAt.toISOString(),
      lateAfter: lateAfter.toISOString(),
      methods,
      assurance,
      presence,
      codeSeconds,
    },
    reason: null,
  })
}
