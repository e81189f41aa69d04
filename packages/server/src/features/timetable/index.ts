export { listMeetings, listOccurrences } from './meetings.ts'
