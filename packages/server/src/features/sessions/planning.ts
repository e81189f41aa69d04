import { randomUUID } from 'node:crypto'
import type { SessionView } from '@app/contract'
import { clashesOf, type Plan, roomKey, windowFrom, zonedTime } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getClassPolicy, getInstitution } from '../institutions/index.ts'
import { requireClassInUse, requireManagesClass } from '../roster/index.ts'
import { getExistingSession } from './closing.ts'
import { holdPlan, insertPlanned, listNeighbours } from './planning.store.ts'
import { toSessionView } from './session-view.ts'
import { chooseMinutes, type SessionsDeps, type SessionToStart } from './sessions.ts'

export type SessionToPlan = SessionToStart & { day: string; startsAt: string; room: string }

/** Plans one session. Its day and time are those of the institution's zone, whatever the clock of who asks. */
export async function planSession({ db, now }: SessionsDeps, input: SessionToPlan): Promise<SessionView> {
  const { actor, classId, day, startsAt, room } = input
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    await requireClassInUse(tx, classId)
    await holdPlan(tx, classId)
    const at = now()
    const policy = await getClassPolicy(tx, classId)
    const { timeZone } = await getInstitution(tx)
    const { minutes, lateAfterMinutes } = chooseMinutes(policy, input)
    const methods = policy.methods.filter((method) => (input.methods ?? policy.methods).includes(method))
    if (methods.length === 0) throw new Failure('method-not-allowed-here')
    const window = windowFrom(zonedTime(day, startsAt, timeZone), minutes, lateAfterMinutes)
    const plan = { ...window, id: randomUUID(), slot: null, room: room === '' ? null : room }
    await requirePossible(tx, { classId, plan, sessionId: plan.id, at })
    const { institutionId, personId } = actor
    await insertPlanned(tx, { institutionId, classId, methods, plannedBy: personId }, [plan])
    await auditPlan(tx, { actor, at, sessionId: plan.id, action: 'session-planned', was: null, plan })
    return toSessionView(await getExistingSession(tx, plan.id), at)
  })
}

type Possible = { classId: string; plan: Plan; sessionId: string; at: Date }

/** @throws Failure `plan-in-the-past`, `plan-overlaps` */
async function requirePossible(tx: Tx, { classId, plan, sessionId, at }: Possible): Promise<void> {
  if (plan.opensAt <= at) throw new Failure('plan-in-the-past')
  const clashes = clashesOf(
    plan,
    (await listNeighboursOf(tx, classId, [plan])).filter(({ id }) => id !== sessionId),
  )
  if (clashes.some(({ because }) => because === 'class')) throw new Failure('plan-overlaps')
}

/** What else is at the time of any of these plans. */
export async function listNeighboursOf(tx: Tx, classId: string, plans: readonly Plan[]) {
  if (plans.length === 0) return []
  const rooms = [...new Set(plans.flatMap(({ room }) => (room === null ? [] : [roomKey(room)])))]
  const from = new Date(Math.min(...plans.map(({ opensAt }) => opensAt.getTime())))
  const until = new Date(Math.max(...plans.map(({ closesAt }) => closesAt.getTime())))
  return listNeighbours(tx, { classId, rooms, from, until })
}

type Planned = {
  actor: Actor
  at: Date
  sessionId: string
  action: 'session-planned' | 'session-replanned'
  was: Plan | null
  plan: Plan
}

export function auditPlan(tx: Tx, { actor, at, sessionId, action, was, plan }: Planned): Promise<void> {
  return appendAudit(tx, {
    institutionId: actor.institutionId,
    at,
    actorId: actor.personId,
    action,
    subjectId: sessionId,
    sessionId,
    oldValue: was && planValue(was),
    newValue: planValue(plan),
    reason: null,
  })
}

const planValue = ({ opensAt, closesAt, room }: Plan) => ({
  opensAt: opensAt.toISOString(),
  closesAt: closesAt.toISOString(),
  room,
})
