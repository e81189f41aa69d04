import { findEvents } from './actions/find-events.ts'
import { matchOrder } from './actions/match-order.ts'
import { neutralOf } from './actions/moments.ts'
import { chooseFrames } from './choose-frames.ts'
import type { FaceEvidence, ReadRequest } from './evidence.ts'
import { followHead } from './follow-head.ts'
import { checkFrames } from './frame-limits.ts'
import { fuse } from './fuse.ts'
import { readInjection } from './injection.ts'
import { lookClosely } from './look-closely.ts'
import { QUALITY_RULES, readLight, whyUnusable } from './quality.ts'
import { readSolidHead } from './solid-head.ts'
import type { Stages } from './stages/stages.ts'
import { readSurroundings } from './surroundings.ts'

/** Reads one upload: frames in, evidence out. Applies no threshold of policy. @throws BadFrames */
export function createFrameReader(stages: Stages) {
  return async ({ frames, actions, timing, purpose }: ReadRequest): Promise<FaceEvidence> => {
    checkFrames(frames)
    const course = await followHead(stages, frames, chooseFrames(frames, actions, timing))
    const neutral = course.moments.length > 0 ? neutralOf(course.moments) : null
    const unusable = whyUnusable(course, neutral, QUALITY_RULES[purpose])
    const light = readLight(course)
    if (unusable || !neutral) return { kind: 'unusable', because: unusable ?? 'no-face', light }
    const events = [...new Set(actions)].flatMap((action) => findEvents(action, course.moments, neutral))
    const views = purpose === 'enrolment' ? 'with-mirror' : 'one'
    const close = await lookClosely(stages, { frames, course, peaksMs: events.map((event) => event.peakMs), views })
    if (!close) return { kind: 'unusable', because: 'no-face', light }
    const solidHead = readSolidHead(course.moments)
    const surroundings = readSurroundings(course, solidHead)
    const { signs, frameHashes } = readInjection({ frames, timing, course, surroundings })
    return {
      kind: 'face',
      light,
      actions: matchOrder(actions, events, timing),
      sameFace: close.sameFace,
      genuine: fuse({ network: close.network, framed: surroundings.framed, ...close.texture }),
      solidHead,
      injection: signs,
      probe: close.probe,
      goodFrames: close.goodFrames,
      agreement: close.agreement,
      model: stages.embedderName,
      frameHashes,
    }
  }
}
