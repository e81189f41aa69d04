import { LONGEST_PAUSE_MINUTES } from '@app/domain'
import type { Database } from '../../platform/db/open.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { lockSettledSession } from './closing.ts'
import { listDueSessions, listSessionsInTheirTime } from './session-steps.store.ts'

export type SessionJobsDeps = {
  db: Database
  now: () => Date
  log: { error(details: object, text: string): void }
}

/** Has one server process look every minute for sessions whose time is up, and for those that open by themselves. */
export function startSettlingSessions(deps: SessionJobsDeps & { jobs: Jobs }): Promise<void> {
  return deps.jobs.everyMinute('settle-sessions', () => settleSessions(deps))
}

/** Each in a transaction of its own: one that fails does not keep the others as they are. What ends makes room for what opens. */
async function settleSessions({ db, now, log }: SessionJobsDeps): Promise<void> {
  const settle = async ({ institutionId, sessionId }: { institutionId: string; sessionId: string }) => {
    try {
      await db.inInstitution(institutionId, (tx) => lockSettledSession(tx, sessionId, now()))
    } catch (error) {
      log.error({ err: error, sessionId }, 'a session could not be settled')
    }
  }
  const longestPauseMinutes = LONGEST_PAUSE_MINUTES
  for (const due of await db.outside((tx) => listDueSessions(tx, { at: now(), longestPauseMinutes }))) await settle(due)
  for (const planned of await db.outside((tx) => listSessionsInTheirTime(tx, now()))) await settle(planned)
}
