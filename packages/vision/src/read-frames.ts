import { matchOrder } from './actions/match-order.ts'
import { neutralOf } from './actions/moments.ts'
import { chooseFrames } from './choose-frames.ts'
import type { FaceEvidence, ReadRequest } from './evidence.ts'
import { readFlash } from './flash.ts'
import { followHead } from './follow-head.ts'
import { hashFrames } from './frame-hash.ts'
import { checkFrames } from './frame-limits.ts'
import { fuse } from './fuse.ts'
import { readInjection } from './injection.ts'
import { lookClosely } from './look-closely.ts'
import { QUALITY_RULES, readLight, whyUnusable } from './quality.ts'
import { seekActions } from './seek-actions.ts'
import { readSolidHead } from './solid-head.ts'
import type { Stages } from './stages/stages.ts'
import { readSurroundings } from './surroundings.ts'

/**
 * Reads one upload: frames in, evidence out. Applies no threshold of policy, and stops where nothing that follows could
 * change the verdict: no usable face, or an asked action that is not there.
 * @throws BadFrames
 */
export function createFrameReader(stages: Stages) {
  return async ({ frames, actions, timing, flash, purpose }: ReadRequest): Promise<FaceEvidence> => {
    checkFrames(frames)
    const { maxMissing } = QUALITY_RULES[purpose]
    const chosen = chooseFrames(frames, 'sparse')
    const coarse = await followHead(stages, frames, { chosen, maxMissing })
    const neutral = coarse.moments.length > 0 ? neutralOf(coarse.moments) : null
    const unusable = whyUnusable(coarse, neutral, QUALITY_RULES[purpose])
    const light = readLight(coarse)
    if (unusable || !neutral) return { kind: 'unusable', because: unusable ?? 'no-face', light }
    const performed = await seekActions(stages, { frames, course: coarse, neutral, actions, timing })
    const { course, missing, events } = performed
    const frameHashes = await hashFrames(frames, course)
    if (missing) {
      const injection = readInjection({ frames, timing, bodyStill: false })
      return { kind: 'unfinished', missing, light, injection, frameHashes }
    }
    const views = purpose === 'enrolment' ? 'with-mirror' : 'one'
    const close = await lookClosely(stages, { frames, course, peaksMs: events.map((event) => event.peakMs), views })
    if (!close) return { kind: 'unusable', because: 'no-face', light }
    if (close.covered) return { kind: 'unusable', because: 'covered', light }
    const solidHead = readSolidHead(course.moments)
    const { framed, bodyStill } = readSurroundings(course, solidHead)
    return {
      kind: 'face',
      light,
      actions: matchOrder(actions, events, timing),
      sameFace: close.sameFace,
      genuine: fuse({ network: close.network, framed, ...close.texture }),
      solidHead,
      flash: await readFlash(frames, course, flash),
      injection: readInjection({ frames, timing, bodyStill }),
      probe: close.probe,
      goodFrames: close.goodFrames,
      agreement: close.agreement,
      model: stages.embedderName,
      frameHashes,
    }
  }
}
