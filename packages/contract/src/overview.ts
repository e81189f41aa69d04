import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { Instant } from './fields.ts'

/** How far back a session that nobody started is told of. */
export const MISSED_DAYS = 30

const Count = z.number().int()

export const OverviewView = z.object({
  /** Students whose account is not disabled. */
  students: z.object({ total: Count, active: Count, invited: Count, enrolled: Count, consented: Count }),
  /** People who were invited and have not answered, by how long ago; `neverInvited` were only put on a list. */
  silent: z.object({ neverInvited: Count, week: Count, month: Count, longer: Count }),
  /** Classes that are not archived. */
  classes: z.object({ total: Count, withoutTeacher: Count, withoutStudents: Count }),
  /** Planned, over, and never started. */
  missedSessions: Count,
  waitingTeachers: Count,
  enrolmentHolds: Count,
})
export type OverviewView = z.infer<typeof OverviewView>

export const getOverview = defineRoute({
  method: 'GET',
  path: '/api/overview',
  summary: 'What an admin should know of: enrolment, consent, invites, classes that lack somebody, sessions not taken',
  access: ['admin'],
  response: OverviewView,
  errors: [],
})

export const Lack = z.enum(['teacher', 'students'])
export type Lack = z.infer<typeof Lack>

export const LackingClass = z.object({
  classId: z.uuid(),
  className: z.string(),
  subjectName: z.string(),
  teachers: Count,
  students: Count,
})

export const listLackingClasses = defineRoute({
  method: 'GET',
  path: '/api/overview/classes',
  summary: 'The classes that nobody teaches, or that nobody attends',
  access: ['admin'],
  query: z.object({ lacks: Lack }),
  response: z.object({ classes: z.array(LackingClass) }),
  errors: [],
})

export const MissedSession = z.object({
  sessionId: z.uuid(),
  classId: z.uuid(),
  className: z.string(),
  subjectName: z.string(),
  opensAt: Instant,
  closesAt: Instant,
  teachers: z.array(z.string()),
})

export const listMissedSessions = defineRoute({
  method: 'GET',
  path: '/api/overview/missed-sessions',
  summary: 'Sessions that were planned and that nobody started, the newest first; 200 at most',
  access: ['admin'],
  response: z.object({ sessions: z.array(MissedSession) }),
  errors: [],
})

export const LOW_ATTENDANCE_PER_PAGE = 50

/** A student who attends less of a class than its policy asks. */
export const LowAttendance = z.object({
  personId: z.uuid(),
  fullName: z.string(),
  rollNo: z.string().nullable(),
  classId: z.uuid(),
  className: z.string(),
  subjectName: z.string(),
  percentage: z.number(),
  /** What the class asks for. */
  minimumPercentage: z.number(),
  presentSessions: Count,
  totalSessions: Count,
})

export const listLowAttendance = defineRoute({
  method: 'GET',
  path: '/api/overview/low-attendance',
  summary: 'A page of the students who attend less than their class asks, the lowest first, and how many there are',
  access: ['admin'],
  query: z.object({
    /** `next` of the page before. */
    after: z.string().max(100).optional(),
  }),
  response: z.object({
    students: z.array(LowAttendance),
    /** Where the next page begins; null on the last. */
    next: z.string().nullable(),
    /** How many there are in all. */
    total: Count,
  }),
  errors: [],
})
