import type { FrameBundle } from '@app/contract'
import { type FaceEvidence, FLASH_LIGHT, flashSteps } from '@app/domain'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { type Flash, type ReadFrames, VisionProblem } from '../../platform/vision.ts'
import { giveBackChallenge, type TakenChallenge } from './challenge.ts'
import { cutFrames } from './frame-bundle.ts'

export type ReadUploadDeps = {
  db: Database
  readFrames: ReadFrames
  log: { error(details: object, text: string): void }
}

/** Long enough for a queue of two workers to move on by a few uploads. */
const BUSY_RETRY_SECONDS = 3

const FAILURES = {
  'not-an-image': 'frames-unreadable',
  'truncated-image': 'frames-unreadable',
  'image-too-large': 'too-large',
  'frames-out-of-order': 'frames-out-of-order',
  'too-many-frames': 'frames-too-many',
  'too-few-frames': 'frames-too-few',
} as const

/**
 * Has the frames of a taken challenge read, outside any transaction.
 * A full queue gives the challenge back, since nothing was looked at; anything else leaves it spent, so that a second
 * look at other frames always needs a new challenge.
 * @throws Failure `frames-…`, `too-large`, `vision-busy`, `vision-down`
 */
export async function readUpload(
  { db, readFrames, log }: ReadUploadDeps,
  upload: { actor: Actor; challenge: TakenChallenge; bundle: FrameBundle; file: Buffer },
): Promise<FaceEvidence> {
  const { actor, challenge, bundle, file } = upload
  const frames = cutFrames(bundle, file)
  const timing = { kind: 'prompted', prompts: bundle.prompts } as const
  try {
    const { actions, purpose } = challenge
    const evidence = await readFrames({ frames, actions, timing, flash: flashOf(challenge, bundle), purpose })
    return withClockRead(evidence, challenge, bundle)
  } catch (error) {
    const problem = error instanceof VisionProblem ? error.problem : 'down'
    if (problem === 'busy') {
      await db.inInstitution(actor.institutionId, (tx) => giveBackChallenge(tx, actor, challenge))
      throw new Failure('vision-busy', { retryAfterSeconds: BUSY_RETRY_SECONDS })
    }
    if (problem === 'down') {
      log.error({ err: error, challengeId: challenge.id }, 'frames could not be read')
      throw new Failure('vision-down')
    }
    const frame = error instanceof VisionProblem ? error.frame : null
    throw new Failure(FAILURES[problem], frame === null ? {} : { frame })
  }
}

function flashOf({ colours }: TakenChallenge, { flash }: FrameBundle): Flash {
  if (colours === null || flash === null) return { kind: 'none' }
  const palette = Object.values(FLASH_LIGHT)
  return { kind: 'shown', steps: flashSteps(flash, colours), endedAtMs: flash.endedAtMs, palette }
}

/** A phone counts from when it showed the challenge, so it is behind the server's clock; this much for its own to run fast. */
const CLOCKS_DIFFER_MS = 1_000

/** Frames from a time that has not come were not taken by a camera: they were drawn faster than anybody moves. */
function withClockRead(
  evidence: FaceEvidence,
  { madeAt, takenAt }: TakenChallenge,
  { frames }: FrameBundle,
): FaceEvidence {
  const latestMs = Math.max(...frames.map(({ atMs }) => atMs))
  if (evidence.kind === 'unusable' || latestMs <= takenAt.getTime() - madeAt.getTime() + CLOCKS_DIFFER_MS)
    return evidence
  return { ...evidence, injection: [...evidence.injection, 'impossible-times'] }
}
