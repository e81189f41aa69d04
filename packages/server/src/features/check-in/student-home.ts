import type {
  getStudentHistory as historyRoute,
  getStudentHome as homeRoute,
  ResultOf,
  SubjectSummary,
} from '@app/contract'
import {
  countsFor,
  type SessionState,
  sessionsThatCanBeMissed,
  stateAt,
  summariseAttendance,
  weightOrAbsent,
} from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { findFaceStanding } from '../enrolment/index.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { findStays, listAttendedClasses } from '../roster/index.ts'
import {
  findMark,
  findOpenSpotCheck,
  listPlannedSessionsOfStudent,
  listUnendedSessionsOfStudent,
  type Session,
  settleEach,
  todayOf,
  toSessionView,
} from '../sessions/index.ts'
import { listEndedSessionsOfStudent, listMarksOfStudent } from './student.store.ts'

export type StudentDeps = { db: Database; faceModel: FaceModel; now: () => Date }

/** A student's open sessions and attendance so far, of their own classes only. */
export async function getStudentHome(
  { db, faceModel, now }: StudentDeps,
  { actor }: { actor: Actor },
): Promise<ResultOf<typeof homeRoute>> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { open, today } = await listSessionsOf(tx, actor.personId, now())
    const { face, againBecause, hasConsent } = await findFaceStanding(tx, actor.personId, faceModel.name)
    return { open, today, subjects: await summariseSubjects(tx, actor.personId), face, againBecause, hasConsent }
  })
}

const RUNNING: readonly SessionState[] = ['open', 'paused']
const TO_COME: readonly SessionState[] = ['planned', 'cancelled']

/** What runs, with the mark a student has in it, and what today was planned and not started. */
async function listSessionsOf(
  tx: Tx,
  studentId: string,
  at: Date,
): Promise<Pick<ResultOf<typeof homeRoute>, 'open' | 'today'>> {
  const unended = await settleEach(tx, await listUnendedSessionsOfStudent(tx, studentId), at)
  const planned = await listPlannedSessionsOfStudent(tx, studentId, await todayOf(tx, at))
  const sessions = [...unended, ...(await settleEach(tx, planned, at))]
  const inState = (states: readonly SessionState[]) => sessions.filter((each) => states.includes(stateAt(each, at)))
  return {
    open: await withMarks(tx, studentId, { sessions: inState(RUNNING), at }),
    today: inState(TO_COME).map((session) => toSessionView(session, at)),
  }
}

/** The sessions that run for a student, with the mark they have. */
export async function listOpenSessionsOf(
  tx: Tx,
  studentId: string,
  at: Date,
): Promise<ResultOf<typeof homeRoute>['open']> {
  return (await listSessionsOf(tx, studentId, at)).open
}

async function withMarks(
  tx: Tx,
  studentId: string,
  { sessions, at }: { sessions: readonly Session[]; at: Date },
): Promise<ResultOf<typeof homeRoute>['open']> {
  const open: ResultOf<typeof homeRoute>['open'] = []
  for (const session of sessions) {
    const mark = await findMark(tx, session.id, studentId)
    open.push({
      session: toSessionView(session, at),
      mark: mark && { status: mark.status, method: mark.method, markedAt: mark.markedAt.toISOString() },
      spotCheckDueAt:
        (await findOpenSpotCheck(tx, { sessionId: session.id, studentId, at }))?.dueAt.toISOString() ?? null,
    })
  }
  return open
}

/** How a student is doing in each class they belong to. */
export async function summariseSubjects(tx: Tx, studentId: string): Promise<SubjectSummary[]> {
  const stays = await findStays(tx, { personId: studentId, taughtBy: null })
  const counted = (await listEndedSessionsOfStudent(tx, studentId)).filter((session) =>
    stays.some((stay) => stay.classId === session.classId && countsFor(stay, session)),
  )
  const subjects: SubjectSummary[] = []
  for (const attended of await listAttendedClasses(tx, studentId)) {
    const policy = await getClassPolicy(tx, attended.classId)
    const ofClass = counted.filter(({ classId }) => classId === attended.classId)
    const summary = summariseAttendance(ofClass.map(({ mark }) => weightOrAbsent(mark, policy)))
    subjects.push({ ...attended, ...summary, canMiss: sessionsThatCanBeMissed(summary, policy.minimumPercentage) })
  }
  return subjects
}

/** A student's own marks, the newest first. */
export async function getStudentHistory(
  { db }: StudentDeps,
  { actor, classId }: { actor: Actor; classId: string | null },
): Promise<ResultOf<typeof historyRoute>> {
  const marks = await db.inInstitution(actor.institutionId, (tx) => listMarksOfStudent(tx, actor.personId, classId))
  return {
    records: marks.map(({ opensAt, markedAt, ...mark }) => ({
      ...mark,
      opensAt: opensAt.toISOString(),
      markedAt: markedAt.toISOString(),
    })),
  }
}
