export { BadFrames, type BadFramesCode, VisionBusy } from './bad-frames.ts'
export type {
  Action,
  ActionEvidence,
  FaceEvidence,
  Frame,
  InjectionSign,
  Light,
  PhotoEvidence,
  QualityReason,
  ReadRequest,
  SolidHead,
  Timing,
} from './evidence.ts'
export { FRAME_LIMITS } from './frame-limits.ts'
export { DEFAULT_MODELS, MODEL_PACKAGE, type ModelFile, type ModelRole } from './models.ts'
export { ModelUnusable } from './open-models.ts'
export { createVisionPool, type VisionPool } from './vision-pool.ts'
