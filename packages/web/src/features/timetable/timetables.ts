import { getClassTimetable, getTeacherTimetable } from '@app/contract'

/** What a change of a timetable makes stale. */
export const TIMETABLES = { changes: [getClassTimetable, getTeacherTimetable] }
