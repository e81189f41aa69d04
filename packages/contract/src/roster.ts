import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { ActionName, Instant, Note } from './fields.ts'

const ClassParams = z.object({ classId: z.uuid() })

export const ClassSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  subject: z.object({ id: z.uuid(), code: z.string(), name: z.string() }),
  /** Null for a class of no term. */
  term: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Empty where it has none of its own. */
  room: z.string(),
  archivedAt: Instant.nullable(),
  studentCount: z.number().int(),
  teachers: z.array(z.object({ personId: z.uuid(), fullName: z.string() })),
  /** The open session, if there is one now. */
  openSessionId: z.uuid().nullable(),
})
export type ClassSummary = z.infer<typeof ClassSummary>

export const listClasses = defineRoute({
  method: 'GET',
  path: '/api/classes',
  summary: 'A teacher’s own classes; all of them for an admin',
  access: ['admin', 'teacher'],
  response: z.object({ classes: z.array(ClassSummary) }),
  errors: [],
})

export const createClass = defineRoute({
  method: 'POST',
  path: '/api/classes',
  summary: 'Create a class of a subject (made on the way when its code is new); a teacher who creates it teaches it',
  access: ['admin', 'teacher'],
  body: z.object({
    name: z.string().trim().min(1).max(100),
    subjectCode: z.string().trim().min(1).max(30),
    subjectName: z.string().trim().min(1).max(200),
    /** An admin names who teaches it; a teacher leaves it empty. */
    teacherIds: z.array(z.uuid()).max(20),
    termId: z.uuid().nullable().default(null),
    room: z.string().trim().max(60).default(''),
  }),
  response: ClassSummary,
  errors: ['class-name-taken'],
})

export const getClass = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId',
  summary: 'One class',
  access: ['admin', 'teacher'],
  params: ClassParams,
  response: ClassSummary,
  errors: [],
})

export const ClassStudent = z.object({
  personId: z.uuid(),
  rollNo: z.string(),
  fullName: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  batch: z.string().nullable(),
  department: z.string().nullable(),
  /** `invited` until the invite has been used. */
  account: z.enum(['invited', 'active', 'disabled']),
  /** `unverified`: made of a photo that no live check-in has confirmed yet. */
  face: z.enum(['none', 'enrolled', 'unverified', 'held', 'may-enrol-again', 'needs-approval']),
  /** What this student is never asked for in front of the camera. */
  cannotDo: z.array(ActionName),
})
export type ClassStudent = z.infer<typeof ClassStudent>

export const listClassStudents = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/students',
  summary: 'The students of a class, by roll number',
  access: ['admin', 'teacher'],
  params: ClassParams,
  response: z.object({ students: z.array(ClassStudent) }),
  errors: [],
})

export const InviteLink = z.object({
  personId: z.uuid(),
  rollNo: z.string(),
  fullName: z.string(),
  link: z.string(),
  /** Typed where the link cannot be scanned. */
  code: z.string(),
})

export const inviteClassStudents = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/invites',
  summary: 'New invite links for the students of a class who have not used theirs; earlier links stop working',
  access: ['admin', 'teacher'],
  params: ClassParams,
  response: z.object({ mailed: z.number().int(), links: z.array(InviteLink) }),
  errors: [],
})

export const removeStudent = defineRoute({
  method: 'DELETE',
  path: '/api/classes/:classId/students/:personId',
  summary: 'Let a student leave a class; what was recorded stays',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid(), personId: z.uuid() }),
  response: Done,
  errors: [],
})

export const allowNewEnrolment = defineRoute({
  method: 'POST',
  path: '/api/students/:personId/allow-enrolment',
  summary: 'Let an enrolled student enrol their face once more',
  access: ['admin', 'teacher'],
  params: z.object({ personId: z.uuid() }),
  response: Done,
  errors: ['not-enrolled'],
})

export const adjustFaceCheck = defineRoute({
  method: 'PUT',
  path: '/api/students/:personId/actions',
  summary: 'What a student cannot do in front of the camera and is not asked for; at least two actions must remain',
  access: ['admin', 'teacher'],
  params: z.object({ personId: z.uuid() }),
  body: z.object({ cannotDo: z.array(ActionName).max(5), reason: Note.min(1) }),
  response: Done,
  errors: [],
})

export const EnrolmentHold = z.object({
  id: z.uuid(),
  student: z.object({ personId: z.uuid(), rollNo: z.string().nullable(), fullName: z.string() }),
  looksLike: z.object({ personId: z.uuid(), rollNo: z.string().nullable(), fullName: z.string() }),
  at: Instant,
})

export const listEnrolmentHolds = defineRoute({
  method: 'GET',
  path: '/api/enrolment-holds',
  summary: 'Enrolments that wait because the face is already someone else’s',
  access: ['admin'],
  response: z.object({ holds: z.array(EnrolmentHold) }),
  errors: [],
})

export const decideEnrolmentHold = defineRoute({
  method: 'POST',
  path: '/api/enrolment-holds/:holdId/decision',
  summary: 'Accept a held enrolment (twins) or throw it away',
  access: ['admin'],
  params: z.object({ holdId: z.uuid() }),
  body: z.object({ decision: z.enum(['accept', 'discard']) }),
  response: Done,
  errors: ['already-done'],
})
