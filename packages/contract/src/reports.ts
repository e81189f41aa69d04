import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { SessionParams } from './sessions.ts'

const ClassParams = z.object({ classId: z.uuid() })
const SheetChoice = z.object({ format: z.enum(['xlsx', 'csv']) })
const SHEET = { download: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'] } as const

export const ReportRow = z.object({
  personId: z.uuid(),
  rollNo: z.string(),
  fullName: z.string(),
  email: z.string().nullable(),
  batch: z.string().nullable(),
  department: z.string().nullable(),
  presentSessions: z.number().int(),
  totalSessions: z.number().int(),
  percentage: z.number().min(0).max(100).nullable(),
})
export type ReportRow = z.infer<typeof ReportRow>

export const getClassReport = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/report',
  summary: 'Attendance of every student of a class over its ended sessions',
  access: ['admin', 'teacher'],
  params: ClassParams,
  response: z.object({
    className: z.string(),
    subjectName: z.string(),
    sessions: z.number().int(),
    rows: z.array(ReportRow),
  }),
  errors: [],
})

export const downloadClassReport = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/report/file',
  summary:
    'The same report as a file: Roll No, Full Name, Email, Batch, Department, Present Sessions, Total Sessions, Attendance Percentage',
  access: ['admin', 'teacher'],
  params: ClassParams,
  query: SheetChoice,
  response: SHEET,
  errors: [],
})

export const downloadClassMarks = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/marks/file',
  summary:
    'Every mark of a class over its ended sessions: Roll No, Full Name, Date, Starts, Status, How, Assurance, Marked At, Marked By, Reason, Note; times in the institution’s zone',
  access: ['admin', 'teacher'],
  params: ClassParams,
  query: SheetChoice,
  response: SHEET,
  errors: [],
})

export const downloadSessionMarks = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/marks/file',
  summary:
    'The marks of one session as its board has them: Roll No, Full Name, Status, How, Assurance, Marked At, Marked By, Reason, Note; times in the institution’s zone',
  access: ['admin', 'teacher'],
  params: SessionParams,
  query: SheetChoice,
  response: SHEET,
  errors: ['session-not-started', 'session-cancelled'],
})
