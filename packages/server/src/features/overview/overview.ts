import {
  type Lack,
  type listLackingClasses as lackingRoute,
  MISSED_DAYS,
  type listMissedSessions as missedRoute,
  type OverviewView,
  type ReplyOf,
} from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { FaceModel } from '../../platform/vision.ts'
import {
  countClasses,
  countMissedSessions,
  countSilent,
  countStudents,
  countWaiting,
  findLackingClasses,
  findMissedSessions,
} from './overview.store.ts'

export type OverviewDeps = { db: Database; faceModel: FaceModel; now: () => Date }

/** More than these are not read through; the number says how many there are. */
const MISSED_AT_ONCE = 200

/** What an admin should know of at a glance; each number has a list behind it. */
export async function getOverview(
  { db, faceModel, now }: OverviewDeps,
  { actor }: { actor: Actor },
): Promise<OverviewView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    return {
      students: await countStudents(tx, faceModel.name),
      silent: await countSilent(tx, at),
      classes: await countClasses(tx),
      missedSessions: await countMissedSessions(tx, at, MISSED_DAYS),
      ...(await countWaiting(tx)),
    }
  })
}

export async function listLackingClasses(
  { db }: Pick<OverviewDeps, 'db'>,
  { actor, lacks }: { actor: Actor; lacks: Lack },
): Promise<ReplyOf<typeof lackingRoute>> {
  requireRole(actor, 'admin')
  return { classes: await db.inInstitution(actor.institutionId, (tx) => findLackingClasses(tx, lacks)) }
}

export async function listMissedSessions(
  { db, now }: Pick<OverviewDeps, 'db' | 'now'>,
  { actor }: { actor: Actor },
): Promise<ReplyOf<typeof missedRoute>> {
  requireRole(actor, 'admin')
  const rows = await db.inInstitution(actor.institutionId, (tx) =>
    findMissedSessions(tx, { at: now(), days: MISSED_DAYS, limit: MISSED_AT_ONCE }),
  )
  return {
    sessions: rows.map(({ opensAt, closesAt, ...row }) => ({
      ...row,
      opensAt: opensAt.toISOString(),
      closesAt: closesAt.toISOString(),
    })),
  }
}
