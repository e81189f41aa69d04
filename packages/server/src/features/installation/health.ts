import type { InstallationHealth } from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { type Probes, within } from '../../platform/probes.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { readDatabaseFacts } from './installation.store.ts'

export type HealthDeps = { db: Database; jobs: Jobs; mailer: Mailer | null; faceModel: FaceModel; probes: Probes }

/** A part that has not answered by then is down, as far as anybody who waits for it can tell. */
const PATIENCE_MS = 3000

/** How the parts of the installation are. A database that is down answers for itself: nobody is signed in without it. */
export async function getInstallationHealth(
  { db, jobs, mailer, faceModel, probes }: HealthDeps,
  { actor }: { actor: Actor },
): Promise<InstallationHealth> {
  requireRole(actor, 'owner')
  const asked = performance.now()
  const facts = await db.inInstitution(actor.institutionId, (tx) => readDatabaseFacts(tx, actor.personId))
  const answerMs = Math.round(performance.now() - asked)
  const [queue, mailIsUp, disk] = await Promise.all([
    within(PATIENCE_MS, jobs.count(), null),
    mailer === null ? null : within(PATIENCE_MS, mailer.check(), false),
    within(PATIENCE_MS, probes.disk(), null),
  ])
  const vision = probes.vision()
  return {
    version: probes.version,
    startedAt: probes.startedAt.toISOString(),
    database: {
      answerMs,
      version: facts.version,
      bytes: facts.bytes,
      migrations: facts.migrations.map(({ name, appliedAt }) => ({ name, appliedAt: appliedAt.toISOString() })),
    },
    queue: { isUp: queue !== null, waiting: queue?.waiting ?? 0, failed: queue?.failed ?? 0 },
    vision: { ...vision, isUp: vision.workers > 0, model: faceModel.name },
    mail: mailIsUp === null ? null : { isUp: mailIsUp },
    disk,
  }
}
