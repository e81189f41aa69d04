import { randomUUID } from 'node:crypto'
import type { SpotCheck, Tile } from '@app/contract'
import { drawSpotCheck, isOpen, SPOT_CHECK_MS } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireTeaches } from '../roster/index.ts'
import {
  answerSpotCheckRow,
  findOpenSpotCheck,
  getExistingSession,
  insertSpotChecks,
  listMarks,
  listSessionStudents,
  listSpotChecks,
  lockSettledSession,
  publishTile,
  type Session,
  type SpotCheckRow,
  viewSpotCheck,
} from '../sessions/index.ts'

export type SpotCheckDeps = { db: Database; now: () => Date; drawNumber: (bound: number) => number }

/** Asks some of those who are marked and still in the class, never one who is being asked already. */
export async function startSpotCheck(
  { db, now, drawNumber }: SpotCheckDeps,
  { actor, sessionId, students }: { actor: Actor; sessionId: string; students: number },
): Promise<Tile[]> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireTeaches(tx, actor, (await getExistingSession(tx, sessionId)).classId)
    const session = await lockSettledSession(tx, sessionId, now())
    const at = now()
    if (!isOpen(session, at)) throw new Failure('session-closed')
    return askStudents(tx, session, { count: students, askedBy: actor.personId, at, drawNumber })
  })
}

type Asking = { count: number; askedBy: string | null; at: Date; drawNumber: (bound: number) => number }

/** In a locked, open session. `askedBy` null: the policy asks. */
export async function askStudents(tx: Tx, session: Session, asking: Asking): Promise<Tile[]> {
  const { institutionId, id: sessionId } = session
  const { count, askedBy, at, drawNumber } = asking
  const members = new Set((await listSessionStudents(tx, session)).map(({ personId }) => personId))
  const asked = new Set((await listSpotChecks(tx, sessionId, null)).filter(isWaiting(at)).map((each) => each.studentId))
  const marked = (await listMarks(tx, sessionId, null)).filter(
    ({ studentId, status }) =>
      (status === 'present' || status === 'late') && members.has(studentId) && !asked.has(studentId),
  )
  const dueAt = new Date(at.getTime() + SPOT_CHECK_MS)
  const drawn = drawSpotCheck(marked, count, drawNumber).map(
    ({ studentId }): SpotCheckRow => ({
      id: randomUUID(),
      sessionId,
      studentId,
      askedAt: at,
      askedBy,
      dueAt,
      answer: null,
    }),
  )
  await insertSpotChecks(tx, institutionId, drawn)
  const tiles: Tile[] = []
  for (const { studentId } of drawn) {
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: askedBy,
      action: 'spot-check-asked',
      subjectId: studentId,
      sessionId,
      oldValue: null,
      newValue: { dueAt: dueAt.toISOString() },
      reason: null,
    })
    tiles.push(await publishTile(tx, session, studentId, at))
  }
  return tiles
}

const isWaiting = (at: Date) => (each: SpotCheckRow) => each.answer === null && at < each.dueAt

/** A tap of the teacher, also after the time was up: they see who sits there. */
export async function confirmSpotCheck(
  { db, now }: Pick<SpotCheckDeps, 'db' | 'now'>,
  { actor, sessionId, spotCheckId }: { actor: Actor; sessionId: string; spotCheckId: string },
): Promise<SpotCheck> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireTeaches(tx, actor, (await getExistingSession(tx, sessionId)).classId)
    const session = await lockSettledSession(tx, sessionId, now())
    const at = now()
    const asked = (await listSpotChecks(tx, sessionId, null)).find(({ id }) => id === spotCheckId)
    if (!asked) throw new Failure('not-found')
    const answered = await answer(tx, session, { asked, answer: 'teacher', by: actor.personId, at })
    if (!answered) throw new Failure('already-done')
    return viewSpotCheck({ ...asked, answer: 'teacher' }, at)
  })
}

/**
 * The actor showed again that they are there, in a locked session; false when nobody asks them (any more).
 */
export async function answerSpotCheck(
  tx: Tx,
  session: Session,
  { actor, method, at }: { actor: Actor; method: 'face' | 'code'; at: Date },
): Promise<boolean> {
  const asked = await findOpenSpotCheck(tx, { sessionId: session.id, studentId: actor.personId, at })
  return asked !== null && answer(tx, session, { asked, answer: method, by: actor.personId, at })
}

type Answer = { asked: SpotCheckRow; answer: 'face' | 'code' | 'teacher'; by: string; at: Date }

async function answer(tx: Tx, session: Session, { asked, answer, by, at }: Answer): Promise<boolean> {
  if (!(await answerSpotCheckRow(tx, { id: asked.id, answer, by, at }))) return false
  await appendAudit(tx, {
    institutionId: session.institutionId,
    at,
    actorId: by,
    action: 'spot-check-answered',
    subjectId: asked.studentId,
    sessionId: session.id,
    oldValue: null,
    newValue: { answer },
    reason: null,
  })
  await publishTile(tx, session, asked.studentId, at)
  return true
}
