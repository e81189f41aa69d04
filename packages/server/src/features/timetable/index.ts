export { listMeetings, type ZonedMeeting } from './meetings.ts'
