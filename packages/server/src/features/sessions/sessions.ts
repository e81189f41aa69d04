import { randomUUID } from 'node:crypto'
import type { SessionView } from '@app/contract'
import { windowFrom } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { requireClassInUse, requireManagesClass, requireSeesClass, requireTeaches } from '../roster/index.ts'
import { closeSession, getExistingSession, lockSettledSession, settleSession, settleSessionOfClass } from './closing.ts'
import { rulesOf } from './session-rules.ts'
import { toSessionView } from './session-view.ts'
import { findSession, insertSession, listSessionsWithCounts, type MarkCounts } from './sessions.store.ts'

export type SessionsDeps = { db: Database; now: () => Date }

export type SessionToStart = {
  actor: Actor
  classId: string
  minutes: number
  lateAfterMinutes: number
  methods: readonly ('face' | 'code')[]
}

/** Starts a session now. What the class's policy does not allow is left out of `methods`. */
export async function startSession({ db, now }: SessionsDeps, input: SessionToStart): Promise<SessionView> {
  const { actor, classId } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireTeaches(tx, actor, classId)
    if (input.lateAfterMinutes > input.minutes)
      throw new Failure('bad-input', {
        fields: [{ path: 'body.lateAfterMinutes', message: 'a session cannot be late only after it has closed' }],
      })
    const policy = await getClassPolicy(tx, classId)
    const rules = rulesOf(policy, input.methods)
    const at = now()
    await settleSessionOfClass(tx, classId, at)
    await requireClassInUse(tx, classId)
    const id = randomUUID()
    const window = windowFrom(at, input.minutes, input.lateAfterMinutes)
    const { institutionId, personId } = actor
    const isStarted = await insertSession(tx, { institutionId, id, classId, startedBy: personId, ...rules, ...window })
    if (!isStarted) throw new Failure('session-open-already')
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: personId,
      action: 'session-started',
      subjectId: classId,
      sessionId: id,
      oldValue: null,
      newValue: { closesAt: window.closesAt.toISOString(), lateAfter: window.lateAfter.toISOString(), ...rules },
      reason: null,
    })
    const session = await findSession(tx, id)
    if (!session) throw new Error('a session that was just inserted is gone')
    return toSessionView(session, at)
  })
}

/** The sessions of a class with how many have which mark, newest first. */
export async function listClassSessions(
  { db, now }: SessionsDeps,
  { actor, classId }: { actor: Actor; classId: string },
): Promise<(SessionView & MarkCounts)[]> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const at = now()
    await settleSessionOfClass(tx, classId, at)
    const sessions = await listSessionsWithCounts(tx, classId)
    return sessions.map((session) => {
      const { present, late, excused, absent } = session
      return { ...toSessionView(session, at), present, late, excused, absent }
    })
  })
}

/** One session, for those who teach, manage or attend its class. */
export async function getSession(
  { db, now }: SessionsDeps,
  { actor, sessionId }: { actor: Actor; sessionId: string },
): Promise<SessionView> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const session = await getExistingSession(tx, sessionId)
    await requireSeesClass(tx, actor, session.classId)
    return toSessionView(await settleSession(tx, session, at), at)
  })
}

/** Ends a session now. One whose time was up ends as of then, and says `session-closed` like any that has ended. */
export async function endSession(
  { db, now }: SessionsDeps,
  { actor, sessionId }: { actor: Actor; sessionId: string },
): Promise<SessionView> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireTeaches(tx, actor, (await getExistingSession(tx, sessionId)).classId)
    const at = now()
    const session = await lockSettledSession(tx, sessionId, at)
    if (session.endedAt !== null) throw new Failure('session-closed')
    const ended = await closeSession(tx, session, { endedAt: at, actorId: actor.personId, at })
    return toSessionView(ended, at)
  })
}
