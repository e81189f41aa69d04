import { assuranceOf } from '@app/domain'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { insertMissingMarks, type Mark, UNDECIDED } from './records.store.ts'
import { deleteSessionFaces } from './session-faces.store.ts'
import { toSessionView } from './session-view.ts'
import {
  findSession,
  findUnendedSessionId,
  listDueSessions,
  lockSession,
  type Session,
  setSessionEnded,
} from './sessions.store.ts'
import { listSessionStudents } from './tile.ts'

/** Who ends a session and when; `actorId` null when its time was up. */
type Closing = { endedAt: Date; actorId: string | null; at: Date }

const ABSENCE = { status: 'absent', method: 'closing' } as const

/** What the closing of a session makes of somebody who has no mark. */
export function absenceOf(studentId: string, endedAt: Date): Mark {
  const assurance = assuranceOf({ method: ABSENCE.method, presenceProven: false })
  return { ...UNDECIDED, ...ABSENCE, studentId, assurance, markedAt: endedAt, markedBy: null }
}

/** Ends a session that is locked and not ended: the rest is absent, and the boards are told. */
export async function closeSession(tx: Tx, session: Session, closing: Closing): Promise<Session> {
  const { endedAt, at } = closing
  const ended = { ...session, endedAt }
  const key = { institutionId: session.institutionId, sessionId: session.id }
  await setSessionEnded(tx, session.id, endedAt)
  await deleteSessionFaces(tx, session.id)
  const students = await listSessionStudents(tx, ended)
  const absentIds = await insertMissingMarks(
    tx,
    key,
    students.map(({ personId }) => absenceOf(personId, endedAt)),
  )
  await appendAudit(tx, auditOf(key, closing, absentIds))
  await appendSessionEvent(tx, key, { kind: 'session', session: toSessionView(ended, at) }, at)
  await appendSessionEvent(tx, key, { kind: 'reload' }, at)
  return ended
}

function auditOf(
  key: { institutionId: string; sessionId: string },
  { endedAt, actorId, at }: Closing,
  absentIds: readonly string[],
): AuditEntry[] {
  const entry = { ...key, at, actorId, oldValue: null, reason: null }
  const newValue = { endedAt: endedAt.toISOString(), markedAbsent: absentIds.length }
  return [
    { ...entry, action: 'session-ended', subjectId: key.sessionId, newValue },
    ...absentIds.map((subjectId) => ({ ...entry, action: 'record-made', subjectId, newValue: ABSENCE })),
  ]
}

const isDue = (session: Session, at: Date) => session.endedAt === null && at >= session.closesAt

/** @throws Failure `not-found` */
export async function getExistingSession(tx: Tx, sessionId: string): Promise<Session> {
  const session = await findSession(tx, sessionId)
  if (!session) throw new Failure('not-found')
  return session
}

/** The session as it stands at `at`: ended, if its time was up and nobody had noticed. */
export async function settleSession(tx: Tx, session: Session, at: Date): Promise<Session> {
  return isDue(session, at) ? lockSettledSession(tx, session.id, at) : session
}

/** The same, read anew and locked until the transaction ends. @throws Failure `not-found` */
export async function lockSettledSession(tx: Tx, sessionId: string, at: Date): Promise<Session> {
  const session = await lockSession(tx, sessionId)
  if (!session) throw new Failure('not-found')
  if (!isDue(session, at)) return session
  return closeSession(tx, session, { endedAt: session.closesAt, actorId: null, at })
}

/** Ends the class's session if its time is up, so that the next can start. */
export async function settleSessionOfClass(tx: Tx, classId: string, at: Date): Promise<void> {
  const sessionId = await findUnendedSessionId(tx, classId)
  if (sessionId !== null) await settleSession(tx, await getExistingSession(tx, sessionId), at)
}

export type EndDueDeps = {
  db: Database
  now: () => Date
  log: { error(details: object, text: string): void }
}

/** Has one server process look for such sessions every minute. */
export function startEndingDueSessions(deps: EndDueDeps & { jobs: Jobs }): Promise<void> {
  return deps.jobs.everyMinute('end-due-sessions', () => endDueSessions(deps))
}

/** Ends every session whose time is up, each in a transaction of its own; one that fails does not keep the others open. */
async function endDueSessions({ db, now, log }: EndDueDeps): Promise<void> {
  const due = await db.outside((tx) => listDueSessions(tx, now()))
  for (const { institutionId, sessionId } of due)
    try {
      await db.inInstitution(institutionId, (tx) => lockSettledSession(tx, sessionId, now()))
    } catch (error) {
      log.error({ err: error, sessionId }, 'a session could not be ended')
    }
}
