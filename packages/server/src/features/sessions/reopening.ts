import type { SessionView } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { findLock } from './lock.ts'
import { requireClassFree } from './opening.ts'
import { deleteClosingMarks, setSessionReopened } from './session-steps.store.ts'
import type { Session } from './sessions.store.ts'
import { type OnSession, type StepsDeps, takeStep } from './steps.ts'

const MINUTE_MS = 60_000

/** Opens an ended session again for some minutes. Its end is undone: the absences it made go, whatever else was marked stays. */
export function reopenSession(deps: StepsDeps, input: OnSession & { minutes: number }): Promise<SessionView> {
  const { actor, minutes } = input
  return takeStep(deps, { ...input, step: 'reopen' }, async (tx, session, at) => {
    await requireNotLocked(tx, { session, actor, at })
    await requireClassFree(tx, session.classId)
    const closesAt = new Date(at.getTime() + minutes * MINUTE_MS)
    await setSessionReopened(tx, session.id, closesAt)
    const takenBack = await takeBackAbsences(tx, { session, actor, at })
    return {
      session: { ...session, endedAt: null, pausedAt: null, closesAt },
      action: 'session-reopened',
      oldValue: { endedAt: session.endedAt?.toISOString() },
      newValue: { closesAt: closesAt.toISOString(), absencesTakenBack: takenBack },
      reason: null,
    }
  })
}

type Reopening = { session: Session; actor: Actor; at: Date }

/** @throws Failure `reopen-too-late` to everybody but an admin, while the marks of the session are locked */
async function requireNotLocked(tx: Tx, { session, actor, at }: Reopening): Promise<void> {
  if (actor.roles.has('admin')) return
  if ((await findLock(tx, session, at)).isLocked) throw new Failure('reopen-too-late')
}

async function takeBackAbsences(tx: Tx, { session, actor, at }: Reopening): Promise<number> {
  const { institutionId, id: sessionId } = session
  const taken = await deleteClosingMarks(tx, sessionId)
  await appendAudit(
    tx,
    taken.map(({ studentId, status }) => ({
      institutionId,
      at,
      actorId: actor.personId,
      action: 'record-taken-back',
      subjectId: studentId,
      sessionId,
      oldValue: { status, method: 'closing' },
      newValue: null,
      reason: null,
    })),
  )
  await appendSessionEvent(tx, { institutionId, sessionId }, { kind: 'reload' }, at)
  return taken.length
}
