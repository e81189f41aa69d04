export { lockEnrolments } from './enrolment.store.ts'
export { findFaceStanding } from './face-state.ts'
export { findFacesOf, mergeFaces } from './merge-faces.ts'
export { findFace } from './templates.ts'
