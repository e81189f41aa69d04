import { randomUUID } from 'node:crypto'
import type { CorrectionView, LeaveView, listMyRequests as myRequestsRoute, ReplyOf } from '@app/contract'
import { addDays, dayAt } from '@app/domain'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { getInstitution } from '../institutions/index.ts'
import { listAttendedClasses } from '../roster/index.ts'
import { findMark, getExistingSession, getSessionStudent, requireUnlocked, settleSession } from '../sessions/index.ts'
import {
  type CorrectionRow,
  findCorrection,
  insertCorrection,
  listCorrectionsOfStudent,
  lockCorrection,
  setCorrectionAnswered,
} from './corrections.store.ts'
import {
  findLeave,
  insertLeave,
  type LeaveRow,
  listLeaveClasses,
  listLeavesOfStudent,
  lockLeave,
  setLeaveWithdrawn,
} from './leaves.store.ts'
import { viewCorrections, viewLeaves } from './view.ts'

export type RequestsDeps = { db: Database; now: () => Date }

/** What a student sees of their own requests: the last of each kind. */
const OWN_LIMIT = 100
/** Leave is asked for at most this far ahead, and for no longer: a mistyped year is no leave of a decade. */
const FARTHEST_DAYS = 400

const auditOf = (actor: Actor, at: Date, what: Pick<AuditEntry, 'action' | 'sessionId' | 'newValue' | 'reason'>) => ({
  institutionId: actor.institutionId,
  at,
  actorId: actor.personId,
  subjectId: actor.personId,
  oldValue: null,
  ...what,
})

/** @throws Failure `session-not-ended`, `not-in-class`, `already-done`, `marks-locked`, `request-open-already` */
export async function askCorrection(
  { db, now }: RequestsDeps,
  input: { actor: Actor; sessionId: string; wanted: 'present' | 'late' | 'excused'; reason: string },
): Promise<CorrectionView> {
  const { actor, sessionId, wanted, reason } = input
  requireRole(actor, 'student')
  const { institutionId, personId: studentId } = actor
  return db.inInstitution(institutionId, async (tx) => {
    const at = now()
    const session = await settleSession(tx, await getExistingSession(tx, sessionId), at)
    await getSessionStudent(tx, session, studentId)
    if ((await getExistingSession(tx, sessionId)).endedAt === null) throw new Failure('session-not-ended')
    await requireUnlocked(tx, session, at)
    const mark = await findMark(tx, sessionId, studentId)
    if (mark?.status === wanted && mark.heldAt === null) throw new Failure('already-done')
    const id = randomUUID()
    if (!(await insertCorrection(tx, { institutionId, id, sessionId, studentId, wanted, reason, at })))
      throw new Failure('request-open-already')
    await appendAudit(tx, auditOf(actor, at, { action: 'correction-asked', sessionId, newValue: { wanted }, reason }))
    return viewOne(await viewCorrections(tx, [await getCorrection(tx, id)]))
  })
}

/** @throws Failure `leave-days` for days that are past, backwards or too many, `not-in-class` */
export async function askLeave(
  { db, now }: RequestsDeps,
  input: { actor: Actor; from: string; until: string; classIds: readonly string[]; reason: string },
): Promise<LeaveView> {
  const { actor, from, until, classIds, reason } = input
  requireRole(actor, 'student')
  const { institutionId, personId: studentId } = actor
  return db.inInstitution(institutionId, async (tx) => {
    const at = now()
    const today = dayAt(at, (await getInstitution(tx)).timeZone)
    if (from < today || until < from || until > addDays(today, FARTHEST_DAYS)) throw new Failure('leave-days')
    const own = (await listAttendedClasses(tx, studentId)).map(({ classId }) => classId)
    const asked = classIds.length === 0 ? own : [...new Set(classIds)]
    if (asked.length === 0 || !asked.every((classId) => own.includes(classId))) throw new Failure('not-in-class')
    const id = randomUUID()
    await insertLeave(tx, { institutionId, id, studentId, from, until, reason, classIds: asked, at })
    const newValue = { from, until, classIds: asked }
    await appendAudit(tx, auditOf(actor, at, { action: 'leave-asked', sessionId: null, newValue, reason }))
    return viewOne(await viewLeaves(tx, [await getLeave(tx, id)], null))
  })
}

export async function listMyRequests(
  { db }: Pick<RequestsDeps, 'db'>,
  { actor }: { actor: Actor },
): Promise<ReplyOf<typeof myRequestsRoute>> {
  requireRole(actor, 'student')
  return db.inInstitution(actor.institutionId, async (tx) => ({
    corrections: await viewCorrections(tx, await listCorrectionsOfStudent(tx, actor.personId, OWN_LIMIT)),
    leaves: await viewLeaves(tx, await listLeavesOfStudent(tx, actor.personId, OWN_LIMIT), null),
    classes: await listAttendedClasses(tx, actor.personId),
  }))
}

/** @throws Failure `not-found` for what is not one's own, `already-done` once somebody has answered */
export async function withdrawRequest(
  { db, now }: RequestsDeps,
  { actor, requestId }: { actor: Actor; requestId: string },
): Promise<void> {
  requireRole(actor, 'student')
  await db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const own = await lockOwnRequest(tx, actor, requestId)
    if (!own.isOpen) throw new Failure('already-done')
    if (own.kind === 'leave') await setLeaveWithdrawn(tx, requestId, at)
    else await setCorrectionAnswered(tx, { id: requestId, answer: 'withdrawn', by: actor.personId, note: null, at })
    const action = own.kind === 'leave' ? 'leave-withdrawn' : 'correction-withdrawn'
    await appendAudit(tx, auditOf(actor, at, { action, sessionId: own.sessionId, newValue: null, reason: null }))
  })
}

export type OwnRequest = { kind: 'correction' | 'leave'; isOpen: boolean; sessionId: string | null }

/** One's own request, held until the transaction ends. @throws Failure `not-found` */
export async function lockOwnRequest(tx: Tx, actor: Actor, requestId: string): Promise<OwnRequest> {
  const correction = await lockCorrection(tx, requestId)
  if (correction?.studentId === actor.personId)
    return { kind: 'correction', isOpen: correction.answer === null, sessionId: correction.sessionId }
  const leave = await lockLeave(tx, requestId)
  if (leave?.studentId !== actor.personId) throw new Failure('not-found')
  const classes = await listLeaveClasses(tx, [requestId], null)
  const isOpen = leave.withdrawnAt === null && classes.every(({ answer }) => answer === null)
  return { kind: 'leave', isOpen, sessionId: null }
}

/** @throws Failure `not-found` */
export async function getCorrection(tx: Tx, id: string): Promise<CorrectionRow> {
  const row = await findCorrection(tx, id)
  if (!row) throw new Failure('not-found')
  return row
}

/** @throws Failure `not-found` */
export async function getLeave(tx: Tx, id: string): Promise<LeaveRow> {
  const row = await findLeave(tx, id)
  if (!row) throw new Failure('not-found')
  return row
}

/** The view of the one request that was asked for. */
export function viewOne<View>(views: readonly View[]): View {
  const [view] = views
  if (view === undefined) throw new Error('a request that was just read is gone')
  return view
}
