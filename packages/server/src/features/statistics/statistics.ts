import type { ReasonCount, ResultOf, getRefusalStatistics as route } from '@app/contract'
import { type Crowd, groupsToMerge, SMALLEST_GROUP } from '@app/domain'
import type { Database } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { requireManagesClass } from '../roster/index.ts'
import {
  type AttemptCount,
  type Counted,
  countAttempts,
  type DeviceKind,
  type LightKind,
  listCrowds,
} from './statistics.store.ts'

export type StatisticsDeps = { db: Database; now: () => Date }

const DAY_MS = 24 * 60 * 60_000
const DEVICES: readonly DeviceKind[] = ['phone', 'tablet', 'computer', 'unknown']
const LIGHTS: readonly LightKind[] = ['dim', 'normal', 'bright', 'unknown']

/** How often each reason refused: numbers of attempts by device and light, never by student, never a score. */
export async function getRefusalStatistics(
  { db, now }: StatisticsDeps,
  { actor, days, classId }: { actor: Actor; days: number; classId: string | null },
): Promise<ResultOf<typeof route>> {
  requireRole(actor, 'admin', 'teacher')
  const since = new Date(now().getTime() - days * DAY_MS)
  return db.inInstitution(actor.institutionId, async (tx) => {
    if (classId !== null) await requireManagesClass(tx, actor, classId)
    const counted: Counted = { since, classId, taughtBy: actor.roles.has('admin') ? null : actor.personId }
    const counts = await countAttempts(tx, counted)
    const devices = await listCrowds(tx, counted, { column: 'device_kind', named: SMALLEST_GROUP })
    const lights = await listCrowds(tx, counted, { column: 'light', named: SMALLEST_GROUP })
    return {
      since: since.toISOString(),
      totals: {
        attempts: sum(counts),
        accepted: sum(counts, 'accepted'),
        held: sum(counts, 'held'),
        refused: sum(counts, 'refused'),
      },
      reasons: reasonsOf(counts),
      byDevice: split(counts, DEVICES, devices, ({ device }) => device),
      byLight: split(counts, LIGHTS, lights, ({ light }) => light),
    }
  })
}

const sum = (counts: readonly AttemptCount[], outcome?: AttemptCount['outcome']) =>
  counts.reduce((total, each) => total + (outcome === undefined || each.outcome === outcome ? each.count : 0), 0)

function reasonsOf(counts: readonly AttemptCount[]): ReasonCount[] {
  const reasons = new Map<string, ReasonCount>()
  for (const { because, action, outcome, count } of counts) {
    if (outcome !== 'refused' || because === null) continue
    const key = `${because} ${action ?? ''}`
    const known = reasons.get(key)
    reasons.set(key, { because, action, count: (known?.count ?? 0) + count })
  }
  return [...reasons].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1)).map(([, reason]) => reason)
}

/** The figures of each group in a fixed order, the small ones told as one at the end. */
function split<Name extends DeviceKind | LightKind>(
  counts: readonly AttemptCount[],
  order: readonly Name[],
  crowds: readonly Crowd<DeviceKind | LightKind>[],
  nameOf: (count: AttemptCount) => Name,
) {
  const merged = groupsToMerge(crowds)
  const groups = new Map<Name | 'too-few', AttemptCount[]>()
  for (const name of [...order, 'too-few'] as const) groups.set(name, [])
  for (const count of counts) groups.get(merged.has(nameOf(count)) ? 'too-few' : nameOf(count))?.push(count)
  return [...groups]
    .filter(([, ofGroup]) => ofGroup.length > 0)
    .map(([group, ofGroup]) => ({
      group,
      attempts: sum(ofGroup),
      refused: sum(ofGroup, 'refused'),
      reasons: reasonsOf(ofGroup),
    }))
}
