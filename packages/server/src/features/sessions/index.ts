export { absenceOf, findLeaves, getExistingSession, lockSettledSession, settleEach, settleSession } from './closing.ts'
export { findLock, requireUnlocked } from './lock.ts'
export { markValue, NOTHING_SHOWN, type OwnDoing, recordOwnMark, requireReach } from './recording.ts'
export {
  deleteMark,
  findMark,
  insertMissingMarks,
  listMarks,
  type Mark,
  type NamedMark,
  putMark,
} from './records.store.ts'
export { codeOf } from './rotating-code.ts'
export { listFacesOfOthers, putSessionFace } from './session-faces.store.ts'
export { startSettlingSessions } from './session-jobs.ts'
export { toSessionView } from './session-view.ts'
export { listPlannedSessionsOfStudent, listUnendedSessionsOfStudent, type Session } from './sessions.store.ts'
export {
  answerSpotCheckRow,
  findOpenSpotCheck,
  findSpotCheckTime,
  insertSpotChecks,
  listSessionsToSpotCheck,
  listSpotChecks,
  type SpotCheckRow,
  setSpotCheckTime,
} from './spot-checks.store.ts'
export { requireMarkable, requireOpen } from './standing.ts'
export { getSessionStudent, listSessionStudents, listTiles, publishTile, viewSpotCheck } from './tile.ts'
export { todayOf } from './today.ts'
export { insertUnlock } from './unlocks.store.ts'
