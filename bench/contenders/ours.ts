import { nearest } from '../../packages/vision/src/follow-head.ts'
import { similarity } from '../../packages/vision/src/stages/embed.ts'
import { nearestTo } from '../face-of.ts'
import { openStages } from '../open-stages.ts'
import type { Contender, Description } from './contender.ts'

/** The shipped stages as enrolment uses them: detect, landmarks, align, embed with the mirror image. */
export async function openOurs(): Promise<Contender> {
  const stages = await openStages()
  return {
    name: 'Smart Attendance',
    version: stages.embedderName,
    async describe(picture) {
      const box = nearestTo(picture, await stages.detect(picture))
      return box && stages.embed(picture, await stages.placeLandmarks(picture, box), 'with-mirror')
    },
    alike: (a: Description, b: Description) => similarity(Float32Array.from(a), Float32Array.from(b)),
    async spoofScores(picture) {
      const box = nearest(await stages.detect(picture))
      return box && { antispoof: await stages.spoofCheck(picture, box) }
    },
  }
}
