import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { AttendanceStatus, Day, Instant, Note } from './fields.ts'

/** The largest picture or PDF that goes with a request. */
export const REQUEST_FILE_MAX_BYTES = 5 * 1024 * 1024
export const REQUEST_FILES_MAX = 3

export const RequestFileKind = z.enum(['jpeg', 'png', 'webp', 'pdf'])
export type RequestFileKind = z.infer<typeof RequestFileKind>
const RequestFile = z.object({ id: z.uuid(), kind: RequestFileKind, bytes: z.number().int() })
export type RequestFile = z.infer<typeof RequestFile>

const WhoAsks = z.object({ personId: z.uuid(), fullName: z.string(), rollNo: z.string().nullable() })

export const CorrectionView = z.object({
  id: z.uuid(),
  student: WhoAsks,
  session: z.object({ id: z.uuid(), className: z.string(), subjectName: z.string(), opensAt: Instant }),
  /** What the mark is now. */
  status: AttendanceStatus.nullable(),
  wanted: AttendanceStatus,
  reason: z.string(),
  files: z.array(RequestFile),
  askedAt: Instant,
  answer: z.enum(['granted', 'declined', 'withdrawn']).nullable(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
  note: z.string().nullable(),
})
export type CorrectionView = z.infer<typeof CorrectionView>

export const LeaveView = z.object({
  id: z.uuid(),
  student: WhoAsks,
  from: Day,
  until: Day,
  reason: z.string(),
  files: z.array(RequestFile),
  askedAt: Instant,
  isWithdrawn: z.boolean(),
  /** Those the reader may see; each answers for itself. */
  classes: z.array(
    z.object({
      classId: z.uuid(),
      className: z.string(),
      subjectName: z.string(),
      answer: z.enum(['granted', 'declined']).nullable(),
      answeredBy: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
})
export type LeaveView = z.infer<typeof LeaveView>

export const askCorrection = defineRoute({
  method: 'POST',
  path: '/api/me/corrections',
  summary: 'Ask that one’s own mark in an ended session be corrected',
  access: ['student'],
  body: z.object({ sessionId: z.uuid(), wanted: z.enum(['present', 'late', 'excused']), reason: Note.min(1) }),
  response: CorrectionView,
  errors: ['not-in-class', 'session-not-ended', 'request-open-already', 'marks-locked', 'already-done'],
})

export const askLeave = defineRoute({
  method: 'POST',
  path: '/api/me/leaves',
  summary: 'Ask to be away from some or all of one’s classes on some days, from today on',
  access: ['student'],
  body: z.object({
    from: Day,
    until: Day,
    /** Empty: all of them. */
    classIds: z.array(z.uuid()).max(100),
    reason: Note.min(1),
  }),
  response: LeaveView,
  errors: ['leave-days', 'not-in-class'],
})

export const listMyRequests = defineRoute({
  method: 'GET',
  path: '/api/me/requests',
  summary: 'What one has asked for, the newest first, with the answers; and one’s classes to ask leave from',
  access: ['student'],
  response: z.object({
    corrections: z.array(CorrectionView),
    leaves: z.array(LeaveView),
    classes: z.array(z.object({ classId: z.uuid(), className: z.string(), subjectName: z.string() })),
  }),
  errors: [],
})

export const withdrawRequest = defineRoute({
  method: 'DELETE',
  path: '/api/me/requests/:requestId',
  summary: 'Take back what one asked for, as long as nobody has answered',
  access: ['student'],
  params: z.object({ requestId: z.uuid() }),
  response: Done,
  errors: ['already-done'],
})

export const addRequestFile = defineRoute({
  method: 'POST',
  path: '/api/me/requests/:requestId/files',
  summary: 'Put a picture or a PDF beside one’s own open request; three at most',
  access: ['student'],
  params: z.object({ requestId: z.uuid() }),
  file: { field: 'file', maxBytes: REQUEST_FILE_MAX_BYTES, description: 'JPEG, PNG, WebP or PDF' },
  response: RequestFile,
  errors: ['already-done', 'too-large', 'wrong-media-type', 'files-too-many'],
})

export const downloadRequestFile = defineRoute({
  method: 'GET',
  path: '/api/requests/:requestId/files/:fileId',
  summary: 'The file as it was sent, to save; for who sent it and who answers',
  access: ['admin', 'teacher', 'student'],
  params: z.object({ requestId: z.uuid(), fileId: z.uuid() }),
  response: { download: ['application/octet-stream'] },
  errors: [],
})

export const listRequests = defineRoute({
  method: 'GET',
  path: '/api/requests',
  summary: 'What students ask for: of the classes a teacher teaches, of the institution for an admin; the newest first',
  access: ['admin', 'teacher'],
  query: z.object({
    state: z.enum(['open', 'answered']).default('open'),
    /** The next page begins after this one: the `askedAt` of the last that is known. */
    before: Instant.optional(),
  }),
  response: z.object({
    corrections: z.array(CorrectionView),
    leaves: z.array(LeaveView),
    /** Null at the end. */
    nextBefore: Instant.nullable(),
  }),
  errors: [],
})

export const answerCorrection = defineRoute({
  method: 'POST',
  path: '/api/corrections/:requestId/answer',
  summary: 'Grant a correction, with the status it gets, or decline it; nobody answers their own',
  access: ['admin', 'teacher'],
  params: z.object({ requestId: z.uuid() }),
  body: z.discriminatedUnion('answer', [
    z.object({ answer: z.literal('granted'), status: z.enum(['present', 'late', 'excused']), note: Note }),
    z.object({ answer: z.literal('declined'), note: Note.min(1) }),
  ]),
  response: CorrectionView,
  errors: ['already-done', 'own-request', 'marks-locked'],
})

export const answerLeave = defineRoute({
  method: 'POST',
  path: '/api/leaves/:requestId/answer',
  summary: 'Grant or decline leave for one’s own classes (an admin: for all); absences in its days become excused',
  access: ['admin', 'teacher'],
  params: z.object({ requestId: z.uuid() }),
  body: z.object({ answer: z.enum(['granted', 'declined']), classIds: z.array(z.uuid()).min(1).max(100), note: Note }),
  response: LeaveView,
  errors: ['already-done', 'own-request'],
})
