import { z } from 'zod'
import { defineRoute } from './define-route.ts'

const ClassParams = z.object({ classId: z.uuid() })

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
  query: z.object({ format: z.enum(['xlsx', 'csv']) }),
  response: { download: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'] },
  errors: [],
})
