export { type RoomCodeDeps, requireRoomCode } from './room-code.ts'
