import type { Models } from '../open-models.ts'
import { createSpoofCheck } from './antispoof.ts'
import { createDetector } from './detect.ts'
import { createEmbedder } from './embed.ts'
import { createEyeReader } from './eyes.ts'
import { createLandmarker } from './landmarks.ts'
import { createPoseReader } from './pose.ts'

/** Every stage, each over its own loaded model. */
export type Stages = ReturnType<typeof createStages>

/** Builds the stages; nothing is shared between two calls. */
export function createStages(models: Models) {
  return {
    detect: createDetector(models.detector),
    placeLandmarks: createLandmarker(models.landmarks),
    embed: createEmbedder(models.embedder),
    embedderName: models.embedder.spec.name,
    coveredFrom: models.embedder.spec.coveredFrom,
    spoofCheck: createSpoofCheck(models.antispoof),
    readPose: createPoseReader(models.pose),
    readEyes: createEyeReader(models.eyes),
  }
}
