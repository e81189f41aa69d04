export { findFaceStanding } from './face-state.ts'
export { findFace } from './templates.ts'
