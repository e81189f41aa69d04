import { randomUUID } from 'node:crypto'
import type { SessionView } from '@app/contract'
import { type Policy, windowFrom, windowOfStarted } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { requireManagesClass, requireSeesClass, requireTeaches } from '../roster/index.ts'
import {
  closeSession,
  getExistingSession,
  lockSettledSession,
  requireStartable,
  settleSession,
  settleSessionOfClass,
} from './closing.ts'
import { auditStart, openPlanned, requireClassFree } from './opening.ts'
import { rulesOf } from './session-rules.ts'
import { toSessionView } from './session-view.ts'
import { findSessionToStart, insertSession, listSessionsWithCounts, type MarkCounts } from './sessions.store.ts'
import { requireStep } from './standing.ts'

export type SessionsDeps = { db: Database; now: () => Date }

type Methods = readonly ('face' | 'code')[]

/** What is left open is the class's policy. */
export type SessionToStart = {
  actor: Actor
  classId: string
  minutes?: number | undefined
  lateAfterMinutes?: number | undefined
  methods?: Methods | undefined
}

/**
 * Starts a session now; where one of the class is planned for now, it is that one. What the class's policy does not
 * allow is left out of `methods`.
 */
export async function startSession({ db, now }: SessionsDeps, input: SessionToStart): Promise<SessionView> {
  const { actor, classId } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireTeaches(tx, actor, classId)
    const policy = await getClassPolicy(tx, classId)
    const rules = rulesOf(policy, input.methods ?? policy.methods)
    await settleSessionOfClass(tx, classId, now())
    const plannedId = await findSessionToStart(tx, classId, now())
    const planned = plannedId === null ? null : await lockSettledSession(tx, plannedId, now())
    await requireClassFree(tx, classId)
    const at = now()
    const window = chooseWindow(policy, input, at)
    const started = { window, rules, actorId: actor.personId, at }
    if (planned !== null) return toSessionView(await openPlanned(tx, planned, started), at)
    const id = randomUUID()
    const { institutionId, personId } = actor
    await insertSession(tx, { institutionId, id, classId, startedBy: personId, ...rules, ...window })
    const session = await getExistingSession(tx, id)
    await auditStart(tx, session, { actorId: personId, at })
    return toSessionView(session, at)
  })
}

/** Of what is not asked for, lateness gives way to the length: a short session is never late only after it has closed. */
export function chooseMinutes(
  policy: Policy,
  asked: Pick<SessionToStart, 'minutes' | 'lateAfterMinutes'>,
): { minutes: number; lateAfterMinutes: number } {
  const minutes = asked.minutes ?? Math.max(policy.sessionMinutes, asked.lateAfterMinutes ?? 0)
  const lateAfterMinutes = asked.lateAfterMinutes ?? Math.min(policy.lateAfterMinutes, minutes)
  if (lateAfterMinutes > minutes)
    throw new Failure('bad-input', {
      fields: [{ path: 'body.lateAfterMinutes', message: 'a session cannot be late only after it has closed' }],
    })
  return { minutes, lateAfterMinutes }
}

function chooseWindow(policy: Policy, asked: SessionToStart, at: Date) {
  const { minutes, lateAfterMinutes } = chooseMinutes(policy, asked)
  return windowFrom(at, minutes, lateAfterMinutes)
}

/** What a session of the class starts with when nobody says otherwise. */
export async function getSessionDefaults({ db }: SessionsDeps, { actor, classId }: { actor: Actor; classId: string }) {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const policy = await getClassPolicy(tx, classId)
    return { ...chooseMinutes(policy, {}), methods: [...policy.methods] }
  })
}

/** Starts a planned session, in its time or near it. */
export async function startPlannedSession(
  { db, now }: SessionsDeps,
  { actor, sessionId }: { actor: Actor; sessionId: string },
): Promise<SessionView> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { classId } = await getExistingSession(tx, sessionId)
    await requireTeaches(tx, actor, classId)
    await settleSessionOfClass(tx, classId, now())
    const session = await lockSettledSession(tx, sessionId, now())
    const at = now()
    requireStep(session, 'start', at)
    requireStartable(session, at)
    await requireClassFree(tx, classId)
    const rules = rulesOf(await getClassPolicy(tx, classId), session.methods)
    const window = windowOfStarted(session, at)
    return toSessionView(await openPlanned(tx, session, { window, rules, actorId: actor.personId, at }), at)
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
    await settleClass(tx, classId, at)
    const sessions = await listSessionsWithCounts(tx, classId)
    return sessions.map((session) => {
      const { present, late, excused, absent } = session
      return { ...toSessionView(session, at), present, late, excused, absent }
    })
  })
}

/** What of a class should have ended, and what should have opened by itself. */
async function settleClass(tx: Tx, classId: string, at: Date): Promise<void> {
  await settleSessionOfClass(tx, classId, at)
  const planned = await findSessionToStart(tx, classId, at)
  if (planned !== null) await settleSession(tx, await getExistingSession(tx, planned), at)
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
    await requireManagesClass(tx, actor, (await getExistingSession(tx, sessionId)).classId)
    const session = await lockSettledSession(tx, sessionId, now())
    const at = now()
    // A paused one ends too; what is in its way is named as for any mark.
    requireStep(session, 'end', at)
    const ended = await closeSession(tx, session, { endedAt: at, actorId: actor.personId, at })
    return toSessionView(ended, at)
  })
}
