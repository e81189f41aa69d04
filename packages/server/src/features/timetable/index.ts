export { listMeetings } from './meetings.ts'
