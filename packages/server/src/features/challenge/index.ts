export { listSessionRefusals, type SessionRefusals } from './attempts.store.ts'
export { dropColours } from './challenge.store.ts'
export {
  countChallenge,
  lockOpenChallenge,
  makeChallenge,
  settling,
  type TakenChallenge,
  takeChallenge,
} from './challenge.ts'
export { parseBundle } from './frame-bundle.ts'
export { startForgettingFrames, withFramesSeen } from './frames-seen.ts'
export { type ReadUploadDeps, readUpload } from './read-upload.ts'
export { type Camera, keepAttempt, requireNotPaused, tellRefusal } from './refusals.ts'
