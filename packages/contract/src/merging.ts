import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { Assurance, AttendanceStatus, Instant, MarkMethod, Note } from './fields.ts'

const StudentParams = z.object({ personId: z.uuid() })

const Student = z.object({
  personId: z.uuid(),
  rollNo: z.string().nullable(),
  fullName: z.string(),
  email: z.string().nullable(),
  account: z.enum(['invited', 'active', 'disabled']),
})

const MarkView = z.object({
  status: AttendanceStatus,
  method: MarkMethod,
  assurance: Assurance.nullable(),
  markedAt: Instant,
})

export const MergePreview = z.object({
  /** Who goes on, and whose account ends. */
  kept: Student,
  merged: Student,
  /** Stays in classes, marks and guardians that go over. */
  stays: z.number().int(),
  records: z.number().int(),
  guardians: z.number().int(),
  /** Sessions in which both have a mark, and whose stays. */
  both: z.array(
    z.object({
      sessionId: z.uuid(),
      className: z.string(),
      opensAt: Instant,
      ofKept: MarkView,
      ofMerged: MarkView,
      stays: z.enum(['kept', 'merged']),
    }),
  ),
  /** Whose face stays; `choose` when both have one and the admin says which, `deleted` when no consent holds. */
  face: z.enum(['none', 'of-kept', 'of-merged', 'choose', 'deleted']),
  /** Face set-ups that wait for a decision and are thrown away. */
  holds: z.number().int(),
  /** Whether a consent to the face check holds afterwards: the last word of either counts. */
  consent: z.boolean(),
  /** What the kept student lacks and takes over. */
  filled: z.array(z.enum(['rollNo', 'email', 'phone', 'batch', 'department'])),
})
export type MergePreview = z.infer<typeof MergePreview>

export const previewMerge = defineRoute({
  method: 'GET',
  path: '/api/students/:personId/merge-preview',
  summary: 'What merging this student into another would do; changes nothing',
  access: ['admin'],
  params: StudentParams,
  query: z.object({ into: z.uuid() }),
  response: MergePreview,
  errors: ['not-students-only', 'already-done'],
})

export const mergeStudents = defineRoute({
  method: 'POST',
  path: '/api/students/:personId/merge',
  summary: 'Merge this student into another who is the same person; their account ends. Cannot be undone',
  access: ['admin'],
  params: StudentParams,
  body: z.object({
    into: z.uuid(),
    /** Which face stays where both have one set up. */
    keepFace: z.enum(['kept', 'merged']).nullable(),
    reason: Note,
  }),
  response: Done,
  errors: ['not-students-only', 'already-done', 'faces-differ'],
})
