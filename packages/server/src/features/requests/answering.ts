import type { CorrectionView, LeaveView, listRequests as listRequestsRoute, ReplyOf } from '@app/contract'
import { addDays, zonedTime } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { getInstitution } from '../institutions/index.ts'
import { changeMark, toMark } from '../marks/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import { findLock, findMark, lockSettledSession, publishTile, requireUnlocked } from '../sessions/index.ts'
import { queueAnswerMail } from './answer-mails.ts'
import { getCorrection, getLeave, type RequestsDeps, viewOne } from './asking.ts'
import { listCorrectionRows, lockCorrection, setCorrectionAnswered } from './corrections.store.ts'
import {
  type LeaveRow,
  listLeaveClasses,
  listLeaveRows,
  listSessionsOfLeave,
  lockLeave,
  setLeaveAnswered,
} from './leaves.store.ts'
import { viewCorrections, viewLeaves } from './view.ts'

export type AnsweringDeps = RequestsDeps & { jobs: Jobs; mailer: Mailer | null }

const PAGE = 30

/** Whose classes are meant: an admin's are all of them. */
const teacherOf = (actor: Actor) => (actor.roles.has('admin') ? null : actor.personId)

/** A page of what students ask for, the newest first: all that was asked since `nextBefore`. */
export async function listRequests(
  { db }: Pick<RequestsDeps, 'db'>,
  { actor, state, before }: { actor: Actor; state: 'open' | 'answered'; before: Date | null },
): Promise<ReplyOf<typeof listRequestsRoute>> {
  requireRole(actor, 'admin', 'teacher')
  const teacherId = teacherOf(actor)
  return db.inInstitution(actor.institutionId, async (tx) => {
    const wanted = { state, teacherId, before, limit: PAGE }
    const corrections = await listCorrectionRows(tx, wanted)
    const leaves = await listLeaveRows(tx, wanted)
    const ends = [corrections, leaves].flatMap((rows) => (rows.length === PAGE ? [rows.at(-1)?.askedAt ?? 0] : []))
    const nextBefore = ends.length === 0 ? null : new Date(Math.max(...ends.map(Number)))
    const isOfPage = ({ askedAt }: { askedAt: Date }) => nextBefore === null || askedAt >= nextBefore
    return {
      corrections: await viewCorrections(tx, corrections.filter(isOfPage)),
      leaves: await viewLeaves(tx, leaves.filter(isOfPage), teacherId),
      nextBefore: nextBefore?.toISOString() ?? null,
    }
  })
}

export type CorrectionAnswer =
  | { answer: 'granted'; status: 'present' | 'late' | 'excused'; note: string }
  | { answer: 'declined'; note: string }

type Correcting = { actor: Actor; requestId: string; given: CorrectionAnswer }

/** Answers a correction, and has the student told by mail. */
export async function answerCorrection(deps: AnsweringDeps, input: Correcting): Promise<CorrectionView> {
  requireRole(input.actor, 'admin', 'teacher')
  const view = await saveCorrectionAnswer(deps, input)
  const { institutionId } = input.actor
  await queueAnswerMail(deps, { kind: 'correction', institutionId, requestId: input.requestId })
  return view
}

/** One that is granted changes the mark in the same transaction. */
function saveCorrectionAnswer(
  { db, now }: RequestsDeps,
  { actor, requestId, given }: Correcting,
): Promise<CorrectionView> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { sessionId, classId, studentId } = await getCorrection(tx, requestId)
    await requireManagesClass(tx, actor, classId)
    if (studentId === actor.personId) throw new Failure('own-request')
    const session = await lockSettledSession(tx, sessionId, now())
    const at = now()
    const asked = await lockCorrection(tx, requestId)
    if (!asked || asked.answer !== null) throw new Failure('already-done')
    if (given.answer === 'granted') {
      await requireUnlocked(tx, session, at)
      const before = await findMark(tx, sessionId, studentId)
      const decision = { status: given.status, ownStatusId: null, reason: asked.reason, note: given.note }
      const mark = toMark(decision, { studentId, by: actor.personId, at })
      await changeMark(tx, session, { before, mark, actorId: actor.personId, at })
      await publishTile(tx, session, studentId, at)
    }
    const note = given.note === '' ? null : given.note
    await setCorrectionAnswered(tx, { id: requestId, answer: given.answer, by: actor.personId, note, at })
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at,
      actorId: actor.personId,
      action: 'correction-answered',
      subjectId: studentId,
      sessionId,
      oldValue: null,
      newValue: { answer: given.answer },
      reason: note,
    })
    return viewOne(await viewCorrections(tx, [await getCorrection(tx, requestId)]))
  })
}

type LeaveAnswer = { actor: Actor; requestId: string; answer: 'granted' | 'declined'; classIds: string[]; note: string }

/**
 * Answers leave for some of the classes that were asked: a teacher for those they teach, an admin for any. Absences
 * that sessions in its days have made already become excused.
 * @throws Failure `not-found`, `not-allowed`, `own-request`, `already-done`
 */
export async function answerLeave(deps: AnsweringDeps, input: LeaveAnswer): Promise<LeaveView> {
  const { actor, requestId, classIds } = input
  requireRole(actor, 'admin', 'teacher')
  const view = await saveLeaveAnswer(deps, input)
  await queueAnswerMail(deps, { kind: 'leave', institutionId: actor.institutionId, requestId, classIds })
  return view
}

function saveLeaveAnswer({ db, now }: RequestsDeps, input: LeaveAnswer): Promise<LeaveView> {
  const { actor, requestId, answer, classIds } = input
  const note = input.note === '' ? null : input.note
  return db.inInstitution(actor.institutionId, async (tx) => {
    const leave = await getLeave(tx, requestId)
    const open = await requireMayAnswer(tx, input, leave)
    if (answer === 'granted') await excuseAbsences(tx, { leave, classIds, actor, now })
    const at = now()
    const locked = await lockLeave(tx, requestId)
    const isStillOpen = (await requireMayAnswer(tx, input, leave)).every((id) => open.includes(id))
    if (!locked || locked.withdrawnAt !== null || !isStillOpen) throw new Failure('already-done')
    await setLeaveAnswered(tx, { id: requestId, classIds, answer, by: actor.personId, note, at })
    await appendAudit(tx, {
      institutionId: actor.institutionId,
      at,
      actorId: actor.personId,
      action: 'leave-answered',
      subjectId: leave.studentId,
      sessionId: null,
      oldValue: null,
      newValue: { answer, classIds, from: leave.from, until: leave.until },
      reason: note,
    })
    return viewOne(await viewLeaves(tx, [await getLeave(tx, requestId)], teacherOf(actor)))
  })
}

/** The classes that the actor may answer for and that nobody has answered yet. */
async function requireMayAnswer(
  tx: Tx,
  { actor, requestId, classIds }: LeaveAnswer,
  leave: LeaveRow,
): Promise<string[]> {
  const seen = await listLeaveClasses(tx, [requestId], teacherOf(actor))
  if (!classIds.every((id) => seen.some(({ classId }) => classId === id))) throw new Failure('not-allowed')
  if (leave.studentId === actor.personId) throw new Failure('own-request')
  const open = seen.filter(({ answer }) => answer === null).map(({ classId }) => classId)
  if (!classIds.every((id) => open.includes(id))) throw new Failure('already-done')
  return open
}

type Excusing = { leave: LeaveRow; classIds: readonly string[]; actor: Actor; now: () => Date }

/** Open sessions are locked too: one that ends at this moment waits, and then knows of the leave. */
async function excuseAbsences(tx: Tx, { leave, classIds, actor, now }: Excusing): Promise<void> {
  const { timeZone } = await getInstitution(tx)
  const from = zonedTime(leave.from, '00:00', timeZone)
  const to = zonedTime(addDays(leave.until, 1), '00:00', timeZone)
  const { studentId } = leave
  for (const sessionId of await listSessionsOfLeave(tx, { classIds, from, to })) {
    const session = await lockSettledSession(tx, sessionId, now())
    const at = now()
    const before = await findMark(tx, sessionId, studentId)
    if (before?.method !== 'closing' || before.status !== 'absent') continue
    if ((await findLock(tx, session, at)).isLocked) continue
    const decision = { status: 'excused', ownStatusId: null, reason: leave.reason, note: '' } as const
    const mark = toMark(decision, { studentId, by: actor.personId, at })
    await changeMark(tx, session, { before, mark, actorId: actor.personId, at })
    await publishTile(tx, session, studentId, at)
  }
}
