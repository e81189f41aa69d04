import { drawSpotCheckTime, isOpen } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { getClassPolicy } from '../institutions/index.ts'
import {
  findSpotCheckTime,
  listSessionsToSpotCheck,
  listSpotChecks,
  lockSettledSession,
  setSpotCheckTime,
} from '../sessions/index.ts'
import { askStudents, type SpotCheckDeps } from './spot-checks.ts'

type Deps = SpotCheckDeps & { log: { error(details: object, text: string): void } }

/** Has one server process ask, every minute, where the policy wants a spot check and its time has come. */
export function startPolicySpotChecks(deps: Deps & { jobs: Jobs }): Promise<void> {
  return deps.jobs.everyMinute('policy-spot-checks', () => askByPolicy(deps))
}

/** Each session in a transaction of its own; one that fails does not keep the others from being asked. */
export async function askByPolicy(deps: Deps): Promise<void> {
  const { db, now, log } = deps
  const due = await db.outside((tx) => listSessionsToSpotCheck(tx, now()))
  for (const { institutionId, sessionId } of due)
    try {
      await db.inInstitution(institutionId, (tx) => askInSession(tx, deps, sessionId))
    } catch (error) {
      log.error({ err: error, sessionId }, 'a spot check could not be asked')
    }
}

/** Draws the time when there is none, then asks once it has come: nobody knows it before, and a restart changes nothing. */
async function askInSession(tx: Tx, { now, drawNumber }: SpotCheckDeps, sessionId: string): Promise<void> {
  const session = await lockSettledSession(tx, sessionId, now())
  const at = now()
  if (!isOpen(session, at)) return
  const drawn = await findSpotCheckTime(tx, sessionId)
  const askAt = drawn ?? drawSpotCheckTime(session, drawNumber)
  if (drawn === null) await setSpotCheckTime(tx, sessionId, askAt)
  const wasAsked = (await listSpotChecks(tx, sessionId, null)).some(({ askedBy }) => askedBy === null)
  if (at < askAt || wasAsked) return
  const { spotCheck } = await getClassPolicy(tx, session.classId)
  await askStudents(tx, session, { count: spotCheck, askedBy: null, at, drawNumber })
}
