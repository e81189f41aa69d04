export { findPresence, type Presence, viewPresence } from './presence.ts'
export { type RoomCodeDeps, requireRoomCode } from './room-code.ts'
