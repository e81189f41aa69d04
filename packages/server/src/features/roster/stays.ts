import type { ReplyOf, moveStudent as route, StayView } from '@app/contract'
import { countsFor, dayAt, type Stay, staysFrom, staysUntil, zonedTime } from '@app/domain'
import { auditChange } from '../../platform/audit/audit-change.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { getInstitution } from '../institutions/index.ts'
import { requireManagesClass } from './class-access.ts'
import { requireClassInUse } from './class-parts.ts'
import {
  findEndedSessionsSince,
  findStays,
  isStudent,
  lockClassLists,
  lockStays,
  type NamedStay,
  putStays,
} from './stays.store.ts'
import { tellBoardsOf } from './tell-boards.ts'

type Deps = { db: Database; now: () => Date }

/** In which classes a student was and is; a teacher sees those that they teach. @throws Failure `not-found`, `not-allowed` */
export async function listStays(
  { db }: Deps,
  { actor, personId }: { actor: Actor; personId: string },
): Promise<StayView[]> {
  requireRole(actor, 'admin', 'teacher')
  return db.inInstitution(actor.institutionId, (tx) => viewStays(tx, actor, personId))
}

async function viewStays(tx: Tx, actor: Actor, personId: string): Promise<StayView[]> {
  const isAdmin = actor.roles.has('admin')
  if (!(await isStudent(tx, personId))) throw new Failure('not-found')
  const stays = await findStays(tx, { personId, taughtBy: isAdmin ? null : actor.personId })
  if (!isAdmin && stays.length === 0) throw new Failure('not-allowed')
  const { timeZone } = await getInstitution(tx)
  return stays.map((stay) => toView(stay, timeZone))
}

function toView({ joinedAt, leftAt, ...named }: NamedStay, timeZone: string): StayView {
  const firstDay = dayAt(joinedAt, timeZone)
  // Who left at midnight was there for the last time on the day before.
  const lastDay = leftAt && dayAt(new Date(leftAt.getTime() - 1), timeZone)
  return {
    ...named,
    joinedAt: joinedAt.toISOString(),
    leftAt: leftAt?.toISOString() ?? null,
    firstDay,
    lastDay: lastDay !== null && lastDay < firstDay ? firstDay : lastDay,
  }
}

export type Move = { actor: Actor; personId: string; fromClassId: string; toClassId: string; firstDay: string }

/**
 * Lets a student belong to another class from the first moment of a day on; for whoever manages both. A day in the past
 * changes which ended sessions count for them, and in which class; what was recorded stays.
 * @throws Failure `not-found` where they are not in the first class, `day-in-future`, `class-archived`, `bad-input`
 */
export async function moveStudent({ db, now }: Deps, move: Move): Promise<ReplyOf<typeof route>> {
  const { actor, personId, fromClassId, toClassId, firstDay } = move
  const { institutionId } = actor
  return db.inInstitution(institutionId, async (tx) => {
    await requireManagesClass(tx, actor, fromClassId)
    await requireManagesClass(tx, actor, toClassId)
    if (fromClassId === toClassId)
      throw new Failure('bad-input', { fields: [{ path: 'body.toClassId', message: 'the class they are in' }] })
    const at = now()
    const { timeZone } = await getInstitution(tx)
    if (firstDay > dayAt(at, timeZone)) throw new Failure('day-in-future')
    const movedAt = zonedTime(firstDay, '00:00', timeZone)
    await lockClassLists(tx, institutionId)
    await tellBoardsOf(tx, { institutionId, classIds: [fromClassId, toClassId], at })
    await requireClassInUse(tx, toClassId)
    const counted = await carryOut(tx, move, movedAt)
    await auditChange(tx, actor, {
      at,
      action: 'student-moved',
      subjectId: personId,
      oldValue: { classId: fromClassId, stays: counted.before },
      newValue: { classId: toClassId, firstDay, ...counted.sessions },
    })
    return { stays: await viewStays(tx, actor, personId), ...counted.sessions }
  })
}

async function carryOut(tx: Tx, { actor, personId, fromClassId, toClassId }: Move, movedAt: Date) {
  const { institutionId } = actor
  const from = await lockStays(tx, fromClassId, personId)
  if (!from.some(({ leftAt }) => leftAt === null)) throw new Failure('not-found')
  const to = await lockStays(tx, toClassId, personId)
  const [left, joined] = [staysUntil(from, movedAt), staysFrom(to, movedAt)]
  await putStays(tx, { institutionId, classId: fromClassId, personId }, left)
  await putStays(tx, { institutionId, classId: toClassId, personId }, joined)
  const noLongerCounted = await countChanges(tx, fromClassId, { more: from, fewer: left, since: movedAt })
  const nowCounted = await countChanges(tx, toClassId, { more: joined, fewer: to, since: movedAt })
  return { before: from, sessions: { noLongerCounted, nowCounted } }
}

/** How many ended sessions count for the one list of stays and not for the other. */
async function countChanges(
  tx: Tx,
  classId: string,
  { more, fewer, since }: { more: readonly Stay[]; fewer: readonly Stay[]; since: Date },
): Promise<number> {
  const sessions = await findEndedSessionsSince(tx, classId, since)
  const counts = (stays: readonly Stay[], session: { opensAt: Date; endedAt: Date }) =>
    stays.some((stay) => countsFor(stay, session))
  return sessions.filter((session) => counts(more, session) && !counts(fewer, session)).length
}
