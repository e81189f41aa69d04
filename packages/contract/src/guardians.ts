import { z } from 'zod'
import { SubjectSummary } from './check-in.ts'
import { defineRoute } from './define-route.ts'
import { AttendanceStatus, Instant } from './fields.ts'

const Meeting = z.object({
  sessionId: z.uuid(),
  className: z.string(),
  subjectName: z.string(),
  opensAt: Instant,
})

/** A mark as a guardian sees it: whether, not how. */
export const GuardianRecord = Meeting.extend({ status: AttendanceStatus, markedAt: Instant })
export type GuardianRecord = z.infer<typeof GuardianRecord>

export const GuardianStudent = z.object({
  personId: z.uuid(),
  fullName: z.string(),
  rollNo: z.string().nullable(),
  /** Sessions that are open now. */
  open: z.array(
    Meeting.extend({
      closesAt: Instant,
      mark: z.object({ status: AttendanceStatus, markedAt: Instant }).nullable(),
    }),
  ),
  /** The last few, the newest first. */
  last: z.array(GuardianRecord),
  subjects: z.array(SubjectSummary),
})
export type GuardianStudent = z.infer<typeof GuardianStudent>

export const listGuardianStudents = defineRoute({
  method: 'GET',
  path: '/api/guardian/students',
  summary: 'The attendance of the students one is a guardian of',
  access: ['guardian'],
  response: z.object({ students: z.array(GuardianStudent) }),
  errors: [],
})

export const getGuardianHistory = defineRoute({
  method: 'GET',
  path: '/api/guardian/students/:studentId/history',
  summary: 'The records of one of them, the newest first',
  access: ['guardian'],
  params: z.object({ studentId: z.uuid() }),
  response: z.object({ fullName: z.string(), records: z.array(GuardianRecord) }),
  errors: [],
})
