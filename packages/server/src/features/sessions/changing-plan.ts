import type { changePlan as changePlanRoute, ResultOf } from '@app/contract'
import { clashesOf, dayAt, isSamePlan, type Plan, type PlanClash, zonedTime } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getInstitution } from '../institutions/index.ts'
import { requireManagesClass } from '../roster/index.ts'
import { getExistingSession, lockSettledSession } from './closing.ts'
import { holdPlan, lockPlanned, setPlan } from './planning.store.ts'
import { auditPlan, listNeighboursOf } from './planning.ts'
import { lockClass } from './session-steps.store.ts'
import type { Session } from './sessions.store.ts'
import type { SessionsDeps } from './sessions.ts'
import { requireStep } from './standing.ts'
import { cancelLocked, tellOfReplan } from './steps.ts'
import { viewPlan } from './timetable-plan.ts'

type Move = { kind: 'move'; day: string | null; startsAt: string; minutes: number; room: string }
type Change = Move | { kind: 'cancel'; reason: string }

export type PlanToChange = {
  actor: Actor
  sessionId: string
  mode: 'check' | 'commit'
  scope: 'one' | 'following'
  change: Change
}

type Row = {
  session: Session
  outcome: 'changed' | 'cancelled' | 'same' | 'past' | 'overlaps'
  plan: Plan
  clashes: PlanClash[]
}

/**
 * Moves or cancels a planned session, or it and all that follow of its weekly time, each on its own day. Of many, those
 * that cannot be moved stay where they are and are named; of one, that is a refusal.
 */
export async function changePlan(
  { db, now }: SessionsDeps,
  input: PlanToChange,
): Promise<ResultOf<typeof changePlanRoute>> {
  const { actor, sessionId, mode, scope, change } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { classId } = await getExistingSession(tx, sessionId)
    await requireManagesClass(tx, actor, classId)
    await holdPlan(tx, classId)
    const sessions = await lockChosen(tx, { sessionId, scope, at: now() })
    await lockClass(tx, classId)
    const at = now()
    const rows = change.kind === 'cancel' ? sessions.map(toCancelled) : await findMoves(tx, sessions, { change, at })
    if (scope === 'one') refuse(rows)
    if (mode === 'commit') for (const row of rows) await write(tx, row, { actor, change, at })
    return { rows: rows.map(viewRow) }
  })
}

/** The one, and of its weekly time those that come after it. */
async function lockChosen(
  tx: Tx,
  { sessionId, scope, at }: { sessionId: string; scope: PlanToChange['scope']; at: Date },
): Promise<Session[]> {
  const known = await getExistingSession(tx, sessionId)
  if (scope === 'one' || known.slot === null) {
    const one = await lockSettledSession(tx, sessionId, at)
    requireStep(one, 'replan', at)
    return [one]
  }
  requireStep(known, 'replan', at)
  const { id: slotId, day: from } = known.slot
  const planned = await lockPlanned(tx, { kind: 'following', classId: known.classId, slotId, from })
  return planned.filter(({ closesAt }) => closesAt > at)
}

const planOf = ({ opensAt, closesAt, room }: Session): Plan => ({ opensAt, closesAt, room })

const toCancelled = (session: Session): Row => ({ session, outcome: 'cancelled', plan: planOf(session), clashes: [] })

async function findMoves(
  tx: Tx,
  sessions: readonly Session[],
  { change, at }: { change: Move; at: Date },
): Promise<Row[]> {
  const { timeZone } = await getInstitution(tx)
  const moves = sessions.map((session) => {
    const day = (sessions.length === 1 ? change.day : null) ?? dayAt(session.opensAt, timeZone)
    const opensAt = zonedTime(day, change.startsAt, timeZone)
    const closesAt = new Date(opensAt.getTime() + change.minutes * 60_000)
    return { session, plan: { opensAt, closesAt, room: change.room === '' ? null : change.room } }
  })
  const moved = new Set(sessions.map(({ id }) => id))
  const [first] = sessions
  const plans = moves.map(({ plan }) => plan)
  const all = first === undefined ? [] : await listNeighboursOf(tx, first.classId, plans)
  const neighbours = all.filter(({ id }) => !moved.has(id))
  return moves.map(({ session, plan }): Row => {
    const clashes = clashesOf(plan, neighbours)
    const row = { session, plan, clashes }
    if (isSamePlan(plan, planOf(session))) return { ...row, outcome: 'same' }
    if (plan.opensAt <= at) return { ...row, outcome: 'past' }
    return { ...row, outcome: clashes.some(({ because }) => because === 'class') ? 'overlaps' : 'changed' }
  })
}

function refuse(rows: readonly Row[]): void {
  for (const { outcome } of rows) {
    if (outcome === 'past') throw new Failure('plan-in-the-past')
    if (outcome === 'overlaps') throw new Failure('plan-overlaps')
  }
}

async function write(
  tx: Tx,
  { session, outcome, plan }: Row,
  { actor, change, at }: { actor: Actor; change: Change; at: Date },
): Promise<void> {
  if (change.kind === 'cancel')
    return cancelLocked(tx, session, { actor, at, because: change.reason, withdrawn: false })
  if (outcome !== 'changed') return
  const lateMs = Math.min(
    session.lateAfter.getTime() - session.opensAt.getTime(),
    plan.closesAt.getTime() - plan.opensAt.getTime(),
  )
  const lateAfter = new Date(plan.opensAt.getTime() + lateMs)
  await setPlan(tx, session.id, { ...plan, lateAfter, byHandAt: at })
  await auditPlan(tx, { actor, at, sessionId: session.id, action: 'session-replanned', was: planOf(session), plan })
  await tellOfReplan(tx, { ...session, ...plan, lateAfter }, at)
}

function viewRow({ session, outcome, plan, clashes }: Row) {
  return {
    sessionId: session.id,
    outcome,
    plan: viewPlan(plan),
    was: viewPlan(planOf(session)),
    clashes: clashes.map((clash) => ({ ...clash, opensAt: clash.opensAt.toISOString() })),
  }
}
