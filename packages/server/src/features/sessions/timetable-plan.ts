import { randomUUID } from 'node:crypto'
import type { PlanRowView } from '@app/contract'
import { addDays, type Plan, type PlanRow, type Policy, planMeetings } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getClassPolicy } from '../institutions/index.ts'
import { requireClassInUse, requireManagesClass } from '../roster/index.ts'
import { listOccurrences } from '../timetable/index.ts'
import { holdPlan, insertPlanned, listSlotSessions, lockPlanned, setPlan } from './planning.store.ts'
import { auditPlan, listNeighboursOf } from './planning.ts'
import { lockClass } from './session-steps.store.ts'
import type { Session } from './sessions.store.ts'
import type { SessionsDeps } from './sessions.ts'
import { cancelLocked } from './steps.ts'

/** A meeting may be moved that far from its own day; farther ones are not looked for. */
const FARTHEST_MOVE_DAYS = 400
const LONGEST_RANGE_DAYS = 400

export type FromTimetable = {
  actor: Actor
  classId: string
  from: string
  until: string
  mode: 'check' | 'commit'
}

/**
 * Makes the planned sessions of a class follow its timetable on these days, or says what that would do. Nothing that
 * was started, is over, or was moved or cancelled by somebody is touched, so it can be done again whenever the
 * timetable or the holidays have changed.
 */
export async function planFromTimetable({ db, now }: SessionsDeps, input: FromTimetable): Promise<PlanRowView[]> {
  const { actor, classId, from, until, mode } = input
  if (until < from || until > addDays(from, LONGEST_RANGE_DAYS))
    throw new Failure('bad-input', {
      fields: [{ path: 'body.until', message: 'not before the first day, nor 400 days after' }],
    })
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    await requireClassInUse(tx, classId)
    if (mode === 'check') return (await findRows(tx, input, now())).map(viewRow)
    await holdPlan(tx, classId)
    const locked = await lockPlanned(tx, { kind: 'days', classId, from, until })
    await lockClass(tx, classId)
    const at = now()
    const rows = await findRows(tx, input, at)
    await writeRows(tx, rows, { actor, classId, at, sessions: new Map(locked.map((session) => [session.id, session])) })
    return rows.map(viewRow)
  })
}

async function findRows(tx: Tx, { classId, from, until }: FromTimetable, at: Date): Promise<PlanRow[]> {
  const occurrences = await listOccurrences(tx, {
    classId,
    from: addDays(from, -FARTHEST_MOVE_DAYS),
    to: addDays(until, FARTHEST_MOVE_DAYS),
  })
  const meetings = occurrences
    .filter(({ slotDay }) => slotDay >= from && slotDay <= until)
    .map(({ beginsAt, endsAt, ...meeting }) => ({ ...meeting, opensAt: beginsAt, closesAt: endsAt }))
  const sessions = await listSlotSessions(tx, { classId, from, until, at })
  const following = new Set(sessions.filter(({ standing }) => standing === 'planned').map(({ id }) => id))
  const neighbours = await listNeighboursOf(tx, classId, meetings)
  // What follows the timetable itself is in nobody's way: it is planned anew with the rest.
  return planMeetings(meetings, { sessions, neighbours: neighbours.filter(({ id }) => !following.has(id)), at })
}

type Writing = { actor: Actor; classId: string; at: Date; sessions: ReadonlyMap<string, Session> }

async function writeRows(tx: Tx, rows: readonly PlanRow[], { actor, classId, at, sessions }: Writing): Promise<void> {
  const policy = await getClassPolicy(tx, classId)
  const { institutionId, personId } = actor
  const made: (PlanRow & { id: string })[] = []
  for (const row of rows) {
    const { outcome, sessionId, plan, was } = row
    if (outcome === 'new' && sessionId === null) made.push({ ...row, id: randomUUID() })
    else if ((outcome === 'new' || outcome === 'changed') && sessionId !== null) {
      await setPlan(tx, sessionId, { ...plan, lateAfter: lateAfterOf(plan, policy), byHandAt: null })
      await auditPlan(tx, { actor, at, sessionId, action: was ? 'session-replanned' : 'session-planned', was, plan })
    } else if (outcome === 'gone' && sessionId !== null) {
      const session = sessions.get(sessionId)
      if (session) await cancelLocked(tx, session, { actor, at, because: row.because ?? '', withdrawn: true })
    }
  }
  const methods = [...policy.methods]
  await insertPlanned(
    tx,
    { institutionId, classId, methods, plannedBy: personId },
    made.map(({ id, plan, slotId, slotDay }) => ({
      ...plan,
      id,
      lateAfter: lateAfterOf(plan, policy),
      slot: { id: slotId, day: slotDay },
    })),
  )
  for (const { id, plan } of made)
    await auditPlan(tx, { actor, at, sessionId: id, action: 'session-planned', was: null, plan })
}

const MINUTE_MS = 60_000

/** A short meeting is never late only after it has closed. */
function lateAfterOf({ opensAt, closesAt }: Plan, { lateAfterMinutes }: Policy): Date {
  return new Date(Math.min(opensAt.getTime() + lateAfterMinutes * MINUTE_MS, closesAt.getTime()))
}

function viewRow({ slotDay, outcome, sessionId, plan, was, because, clashes }: PlanRow): PlanRowView {
  return {
    slotDay,
    outcome,
    sessionId,
    plan: viewPlan(plan),
    was: was && viewPlan(was),
    because,
    clashes: clashes.map((clash) => ({ ...clash, opensAt: clash.opensAt.toISOString() })),
  }
}

export const viewPlan = ({ opensAt, closesAt, room }: Plan) => ({
  opensAt: opensAt.toISOString(),
  closesAt: closesAt.toISOString(),
  room,
})
