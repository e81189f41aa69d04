import { assuranceOf, canTake, dayAt, dueAt, startableAt, stateAt, windowOfStarted } from '@app/domain'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { getClassPolicy, getInstitution } from '../institutions/index.ts'
import { listStudentsOnLeave } from '../leave/index.ts'
import { isClassFree, openPlanned } from './opening.ts'
import { insertMissingMarks, type Mark, UNDECIDED } from './records.store.ts'
import { deleteSessionFaces } from './session-faces.store.ts'
import { findRules } from './session-rules.ts'
import { setSessionEnded } from './session-steps.store.ts'
import { toSessionView } from './session-view.ts'
import { findSession, findUnendedSessionId, lockSession, type Session } from './sessions.store.ts'
import { listSessionStudents } from './tile.ts'

/** Who ends a session and when; `actorId` null when its time was up. */
type Closing = { endedAt: Date; actorId: string | null; at: Date }

type Leaves = ReadonlyMap<string, string>
const NO_LEAVES: Leaves = new Map()
const ABSENCE = { status: 'absent', method: 'closing' } as const

/** What the closing of a session makes of somebody who has no mark: absent, or excused who has leave for that day. */
export function absenceOf(studentId: string, endedAt: Date, leaves: Leaves = NO_LEAVES): Mark {
  const assurance = assuranceOf({ method: ABSENCE.method, presenceProven: false })
  const mark = { ...UNDECIDED, ...ABSENCE, studentId, assurance, markedAt: endedAt, markedBy: null }
  const reason = leaves.get(studentId)
  return reason === undefined ? mark : { ...mark, status: 'excused', reason }
}

/** Who has leave from a session, and why. */
export async function findLeaves(tx: Tx, session: Session): Promise<Leaves> {
  const { timeZone } = await getInstitution(tx)
  return listStudentsOnLeave(tx, session.classId, dayAt(session.opensAt, timeZone))
}

/** Ends a session that is locked and not ended: the rest is absent, and the boards are told. */
export async function closeSession(tx: Tx, session: Session, closing: Closing): Promise<Session> {
  const { endedAt, at } = closing
  const ended = { ...session, endedAt }
  const key = { institutionId: session.institutionId, sessionId: session.id }
  await setSessionEnded(tx, session.id, endedAt)
  await deleteSessionFaces(tx, session.id)
  const students = await listSessionStudents(tx, ended)
  const leaves = await findLeaves(tx, session)
  const marks = students.map(({ personId }) => absenceOf(personId, endedAt, leaves))
  const markedIds = new Set(await insertMissingMarks(tx, key, marks))
  const made = marks.filter(({ studentId }) => markedIds.has(studentId))
  await appendAudit(tx, auditOf(key, closing, made))
  await appendSessionEvent(tx, key, { kind: 'session', session: toSessionView(ended, at) }, at)
  await appendSessionEvent(tx, key, { kind: 'reload' }, at)
  return ended
}

function auditOf(
  key: { institutionId: string; sessionId: string },
  { endedAt, actorId, at }: Closing,
  made: readonly Mark[],
): AuditEntry[] {
  const entry = { ...key, at, actorId, oldValue: null, reason: null }
  const newValue = {
    endedAt: endedAt.toISOString(),
    markedAbsent: made.filter(({ status }) => status === 'absent').length,
  }
  return [
    { ...entry, action: 'session-ended', subjectId: key.sessionId, newValue },
    ...made.map(({ studentId, status, reason }) => ({
      ...entry,
      action: 'record-made',
      subjectId: studentId,
      newValue: { ...ABSENCE, status, ...(reason === null ? {} : { reason }) },
      reason,
    })),
  ]
}

const isDue = (session: Session, at: Date) =>
  session.startedAt !== null && session.endedAt === null && session.cancelledAt === null && at >= dueAt(session)

/** Planned, and its time runs: whether it opens by itself is the class's policy. */
const isInItsTime = (session: Session, at: Date) => stateAt(session, at) === 'planned' && at >= session.opensAt

/** @throws Failure `not-found` */
export async function getExistingSession(tx: Tx, sessionId: string): Promise<Session> {
  const session = await findSession(tx, sessionId)
  if (!session) throw new Failure('not-found')
  return session
}

/** The session as it stands at `at`: ended if its time was up, opened if it opens by itself, and nobody had noticed. */
export async function settleSession(tx: Tx, session: Session, at: Date): Promise<Session> {
  if (!isDue(session, at) && !(await opensByItself(tx, session, at))) return session
  return lockSettledSession(tx, session.id, at)
}

/** The same of several, one after the other and in their order, since those that change are locked in it. */
export async function settleEach(tx: Tx, sessions: readonly Session[], at: Date): Promise<Session[]> {
  const settled: Session[] = []
  for (const session of sessions) settled.push(await settleSession(tx, session, at))
  return settled
}

/** The same of one, read anew and locked until the transaction ends. @throws Failure `not-found` */
export async function lockSettledSession(tx: Tx, sessionId: string, at: Date): Promise<Session> {
  const session = await lockSession(tx, sessionId)
  if (!session) throw new Failure('not-found')
  if (isDue(session, at)) return closeSession(tx, session, { endedAt: dueAt(session), actorId: null, at })
  return (await opensByItself(tx, session, at)) ? openInItsTime(tx, session, at) : session
}

async function opensByItself(tx: Tx, session: Session, at: Date): Promise<boolean> {
  return isInItsTime(session, at) && (await getClassPolicy(tx, session.classId)).autoOpen
}

/** Opens a locked session that its time has come for; one whose class is still in another session waits, and so does
 * one that the policy lets nobody be marked in.  */
async function openInItsTime(tx: Tx, session: Session, at: Date): Promise<Session> {
  await settleSessionOfClass(tx, session.classId, at)
  const rules = findRules(await getClassPolicy(tx, session.classId), session.methods)
  if (rules === null || !(await isClassFree(tx, session.classId))) return session
  return openPlanned(tx, session, { window: windowOfStarted(session, at), rules, actorId: null, at })
}

/** Ends the class's session if its time is up, so that the next can start. */
export async function settleSessionOfClass(tx: Tx, classId: string, at: Date): Promise<void> {
  const sessionId = await findUnendedSessionId(tx, classId)
  if (sessionId !== null) await settleSession(tx, await getExistingSession(tx, sessionId), at)
}

/** @throws Failure `start-too-early`, `start-too-late` */
export function requireStartable(session: Session, at: Date): void {
  const startable = canTake('start', stateAt(session, at)) ? startableAt(session, at) : 'yes'
  if (startable !== 'yes') throw new Failure(`start-${startable}`)
}
