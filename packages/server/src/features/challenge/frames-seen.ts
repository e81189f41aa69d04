import { type FaceEvidence, marksOf, wasSeenBefore } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { TakenChallenge } from './challenge.ts'
import { deleteFrameHashes, insertFrameHashes, listLikelyUploads } from './frame-hashes.store.ts'

/** How long the look of frames is remembered. */
const REMEMBERED_MS = 24 * 60 * 60_000

/**
 * Remembers what an upload's frames looked like, and adds `seen-before` to its evidence when they were sent before:
 * by this person, or by anybody of the institution. Call it once for each upload that was read.
 */
export async function withFramesSeen(
  tx: Tx,
  { actor, challenge, evidence, at }: { actor: Actor; challenge: TakenChallenge; evidence: FaceEvidence; at: Date },
): Promise<FaceEvidence> {
  if (evidence.kind === 'unusable' || evidence.frameHashes.length === 0) return evidence
  const { institutionId, personId } = actor
  const { frameHashes: hashes } = evidence
  const marks = marksOf(hashes)
  const since = new Date(at.getTime() - REMEMBERED_MS)
  const earlier = await listLikelyUploads(tx, { personId, marks, since })
  await insertFrameHashes(tx, { institutionId, challengeId: challenge.id, personId, at, hashes, marks })
  if (!wasSeenBefore(hashes, earlier)) return evidence
  return { ...evidence, injection: [...evidence.injection, 'seen-before'] }
}

/** Forgets, every minute, what was seen more than a day ago. */
export function startForgettingFrames({ db, jobs, now }: { db: Database; jobs: Jobs; now: () => Date }): Promise<void> {
  return jobs.everyMinute('forget-frames', () =>
    db.outside((tx) => deleteFrameHashes(tx, new Date(now().getTime() - REMEMBERED_MS))),
  )
}
