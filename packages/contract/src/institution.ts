import { z } from 'zod'
import { defineRoute } from './define-route.ts'

export const InstitutionSettings = z.object({
  name: z.string().trim().min(2).max(200),
  /** An IANA name: every day and time of day of the institution is told in it. */
  timeZone: z.string().min(1).max(100),
  /** A BCP 47 language tag. */
  locale: z.string().min(2).max(35),
  /** The first day of a week: 1 Monday to 7 Sunday. */
  weekStart: z.number().int().min(1).max(7),
})
export type InstitutionSettings = z.infer<typeof InstitutionSettings>

export const getInstitutionSettings = defineRoute({
  method: 'GET',
  path: '/api/institution',
  summary: 'Name, time zone, language and first day of the week',
  access: ['admin'],
  response: InstitutionSettings,
  errors: [],
})

export const changeInstitutionSettings = defineRoute({
  method: 'PUT',
  path: '/api/institution',
  summary: 'Change them; what has been recorded keeps its points in time, a timetable keeps its times of day',
  access: ['admin'],
  body: InstitutionSettings,
  response: InstitutionSettings,
  errors: [],
})
