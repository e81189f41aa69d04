import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { Archiving, Day, ENDS_BEFORE_IT_STARTS, Instant } from './fields.ts'

const TermParams = z.object({ termId: z.uuid() })
const HolidayParams = z.object({ holidayId: z.uuid() })
const DepartmentParams = z.object({ departmentId: z.uuid() })
const SubjectParams = z.object({ subjectId: z.uuid() })

const NamedDays = z
  .object({ name: z.string().trim().min(1).max(100), startsOn: Day, endsOn: Day })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], message: ENDS_BEFORE_IT_STARTS })

export const TermView = z.object({
  id: z.uuid(),
  name: z.string(),
  startsOn: z.string(),
  /** Its last day. */
  endsOn: z.string(),
  /** How many classes are in it, archived ones too. */
  classCount: z.number().int(),
  archivedAt: Instant.nullable(),
})
export type TermView = z.infer<typeof TermView>

export const listTerms = defineRoute({
  method: 'GET',
  path: '/api/terms',
  summary: 'The institution’s terms, the latest first; archived ones say so',
  access: ['admin', 'teacher'],
  response: z.object({ terms: z.array(TermView) }),
  errors: [],
})

export const createTerm = defineRoute({
  method: 'POST',
  path: '/api/terms',
  summary: 'Add a term',
  access: ['admin'],
  body: NamedDays,
  response: TermView,
  errors: ['term-name-taken'],
})

export const updateTerm = defineRoute({
  method: 'PUT',
  path: '/api/terms/:termId',
  summary: 'Rename a term or move its days',
  access: ['admin'],
  params: TermParams,
  body: NamedDays,
  response: TermView,
  errors: ['term-name-taken'],
})

export const archiveTerm = defineRoute({
  method: 'POST',
  path: '/api/terms/:termId/archive',
  summary: 'Archive a term with its classes, or bring back what was archived with it',
  access: ['admin'],
  params: TermParams,
  body: Archiving,
  response: TermView,
  errors: ['class-has-open-session'],
})

export const deleteTerm = defineRoute({
  method: 'DELETE',
  path: '/api/terms/:termId',
  summary: 'Delete a term that no class is in',
  access: ['admin'],
  params: TermParams,
  response: Done,
  errors: ['still-in-use'],
})

export const HolidayView = z.object({ id: z.uuid(), name: z.string(), startsOn: z.string(), endsOn: z.string() })
export type HolidayView = z.infer<typeof HolidayView>

export const listHolidays = defineRoute({
  method: 'GET',
  path: '/api/holidays',
  summary: 'The days on which no class meets, in the order of the calendar',
  access: ['admin', 'teacher'],
  response: z.object({ holidays: z.array(HolidayView) }),
  errors: [],
})

export const createHoliday = defineRoute({
  method: 'POST',
  path: '/api/holidays',
  summary: 'Add a holiday of one or more days',
  access: ['admin'],
  body: NamedDays,
  response: HolidayView,
  errors: [],
})

export const updateHoliday = defineRoute({
  method: 'PUT',
  path: '/api/holidays/:holidayId',
  summary: 'Rename a holiday or move its days',
  access: ['admin'],
  params: HolidayParams,
  body: NamedDays,
  response: HolidayView,
  errors: [],
})

export const deleteHoliday = defineRoute({
  method: 'DELETE',
  path: '/api/holidays/:holidayId',
  summary: 'Delete a holiday: classes meet on its days again',
  access: ['admin'],
  params: HolidayParams,
  response: Done,
  errors: [],
})

const DepartmentName = z.object({ name: z.string().trim().min(1).max(100) })

export const DepartmentView = z.object({
  id: z.uuid(),
  name: z.string(),
  subjectCount: z.number().int(),
  /** How many people carry its name. */
  peopleCount: z.number().int(),
  archivedAt: Instant.nullable(),
})
export type DepartmentView = z.infer<typeof DepartmentView>

export const listDepartments = defineRoute({
  method: 'GET',
  path: '/api/departments',
  summary: 'The institution’s departments, by name; archived ones say so',
  access: ['admin', 'teacher'],
  response: z.object({ departments: z.array(DepartmentView) }),
  errors: [],
})

export const createDepartment = defineRoute({
  method: 'POST',
  path: '/api/departments',
  summary: 'Add a department',
  access: ['admin'],
  body: DepartmentName,
  response: DepartmentView,
  errors: ['department-name-taken'],
})

export const renameDepartment = defineRoute({
  method: 'PUT',
  path: '/api/departments/:departmentId',
  summary: 'Rename a department, on the people who carry its name as well',
  access: ['admin'],
  params: DepartmentParams,
  body: DepartmentName,
  response: DepartmentView,
  errors: ['department-name-taken'],
})

export const archiveDepartment = defineRoute({
  method: 'POST',
  path: '/api/departments/:departmentId/archive',
  summary: 'Take a department off the lists to choose from, or bring it back',
  access: ['admin'],
  params: DepartmentParams,
  body: Archiving,
  response: DepartmentView,
  errors: [],
})

export const deleteDepartment = defineRoute({
  method: 'DELETE',
  path: '/api/departments/:departmentId',
  summary: 'Delete a department that no subject and no person names',
  access: ['admin'],
  params: DepartmentParams,
  response: Done,
  errors: ['still-in-use'],
})

const SubjectFields = z.object({
  code: z.string().trim().min(1).max(30),
  name: z.string().trim().min(1).max(200),
  departmentId: z.uuid().nullable(),
})

export const SubjectView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  department: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** How many classes it has, archived ones too. */
  classCount: z.number().int(),
  archivedAt: Instant.nullable(),
})
export type SubjectView = z.infer<typeof SubjectView>

export const listSubjects = defineRoute({
  method: 'GET',
  path: '/api/subjects',
  summary: 'The institution’s subjects, by code; archived ones say so',
  access: ['admin', 'teacher'],
  response: z.object({ subjects: z.array(SubjectView) }),
  errors: [],
})

export const createSubject = defineRoute({
  method: 'POST',
  path: '/api/subjects',
  summary: 'Add a subject',
  access: ['admin'],
  body: SubjectFields,
  response: SubjectView,
  errors: ['subject-code-taken'],
})

export const updateSubject = defineRoute({
  method: 'PUT',
  path: '/api/subjects/:subjectId',
  summary: 'Change code, name or department of a subject',
  access: ['admin'],
  params: SubjectParams,
  body: SubjectFields,
  response: SubjectView,
  errors: ['subject-code-taken'],
})

export const archiveSubject = defineRoute({
  method: 'POST',
  path: '/api/subjects/:subjectId/archive',
  summary: 'Archive a subject whose classes are all archived, or bring it back',
  access: ['admin'],
  params: SubjectParams,
  body: Archiving,
  response: SubjectView,
  errors: ['still-in-use'],
})

export const deleteSubject = defineRoute({
  method: 'DELETE',
  path: '/api/subjects/:subjectId',
  summary: 'Delete a subject that no class is of',
  access: ['admin'],
  params: SubjectParams,
  response: Done,
  errors: ['still-in-use'],
})
