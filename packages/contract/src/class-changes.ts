import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { Archiving, Day, Instant } from './fields.ts'
import { ClassSummary } from './roster.ts'

const ClassParams = z.object({ classId: z.uuid() })
const StudentParams = z.object({ personId: z.uuid() })

export const listArchivedClasses = defineRoute({
  method: 'GET',
  path: '/api/archived-classes',
  summary: 'A teacher’s own archived classes; all of them for an admin',
  access: ['admin', 'teacher'],
  response: z.object({ classes: z.array(ClassSummary) }),
  errors: [],
})

export const updateClass = defineRoute({
  method: 'PUT',
  path: '/api/classes/:classId',
  summary: 'Change a class: name and room by its teachers too; subject, term and teachers by an admin',
  access: ['admin', 'teacher'],
  params: ClassParams,
  body: z.object({
    name: z.string().trim().min(1).max(100),
    room: z.string().trim().max(60),
    subjectId: z.uuid(),
    termId: z.uuid().nullable(),
    teacherIds: z.array(z.uuid()).max(20),
  }),
  response: ClassSummary,
  errors: ['class-name-taken'],
})

export const archiveClass = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/archive',
  summary: 'Archive a class: it takes no sessions and leaves the lists; or bring it back',
  access: ['admin'],
  params: ClassParams,
  body: Archiving,
  response: ClassSummary,
  errors: ['class-has-open-session'],
})

export const deleteClass = defineRoute({
  method: 'DELETE',
  path: '/api/classes/:classId',
  summary: 'Delete a class that never had a student or a session, with its timetable',
  access: ['admin'],
  params: ClassParams,
  response: Done,
  errors: ['still-in-use'],
})

/** One stay of a student in a class. Days are those of the institution; `lastDay` is the last one that counts. */
export const StayView = z.object({
  classId: z.uuid(),
  className: z.string(),
  subjectName: z.string(),
  joinedAt: Instant,
  leftAt: Instant.nullable(),
  firstDay: z.string(),
  lastDay: z.string().nullable(),
})
export type StayView = z.infer<typeof StayView>

export const listStays = defineRoute({
  method: 'GET',
  path: '/api/students/:personId/stays',
  summary: 'In which classes a student was and is, the latest first; for a teacher, of the classes they teach',
  access: ['admin', 'teacher'],
  params: StudentParams,
  response: z.object({ stays: z.array(StayView) }),
  errors: [],
})

export const moveStudent = defineRoute({
  method: 'POST',
  path: '/api/students/:personId/move',
  summary: 'Move a student to another class from a day on; each percentage counts the days in its own class',
  access: ['admin', 'teacher'],
  params: StudentParams,
  body: z.object({
    fromClassId: z.uuid(),
    toClassId: z.uuid(),
    /** The first day in the new class; today or earlier. */
    firstDay: Day,
  }),
  response: z.object({
    stays: z.array(StayView),
    /** Ended sessions that the move takes out of the student's percentage of the old class, and into that of the new. */
    noLongerCounted: z.number().int(),
    nowCounted: z.number().int(),
  }),
  errors: ['day-in-future', 'class-archived'],
})
