import type { ResultOf, getTeachersToday as todayRoute } from '@app/contract'
import { addDays, dayAt, zonedTime } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { getInstitution } from '../institutions/index.ts'
import { settleEach } from './closing.ts'
import { toSessionView } from './session-view.ts'
import { listSessionsOfTeacher } from './sessions.store.ts'
import type { SessionsDeps } from './sessions.ts'

/** What the teacher has today in the institution's zone, whatever day their own clock shows, and what still runs. */
export async function getTeachersToday(
  { db, now }: SessionsDeps,
  { actor }: { actor: Actor },
): Promise<ResultOf<typeof todayRoute>> {
  requireRole(actor, 'teacher')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const { day, from, until } = await todayOf(tx, at)
    const sessions = await settleEach(tx, await listSessionsOfTeacher(tx, actor.personId, { from, until }), at)
    return { day, serverNow: at.toISOString(), sessions: sessions.map((session) => toSessionView(session, at)) }
  })
}

/** The day that the institution's clocks show, and the instants it lasts from and until. */
export async function todayOf(tx: Tx, at: Date): Promise<{ day: string; from: Date; until: Date }> {
  const { timeZone } = await getInstitution(tx)
  const day = dayAt(at, timeZone)
  return { day, from: zonedTime(day, '00:00', timeZone), until: zonedTime(addDays(day, 1), '00:00', timeZone) }
}
