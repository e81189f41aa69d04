import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { ActionName } from './fields.ts'

/** What an admin decides on the page; the rest of a policy is not for a page. */
export const PolicyView = z.object({
  /** What a challenge draws from. */
  actions: z
    .array(ActionName)
    .min(2)
    .max(7)
    .refine((actions) => new Set(actions).size === actions.length, 'each action once'),
  actionCount: z.number().int().min(2).max(5),
  /** How often a stranger may be taken for somebody: one in a thousand, ten thousand, a hundred thousand. */
  falseMatchRate: z.enum(['1e-3', '1e-4', '1e-5']),
  /** Null where there is no such rule. */
  minimumPercentage: z.number().int().min(0).max(100).nullable(),
  teacherSignUp: z.boolean(),
})
export type PolicyView = z.infer<typeof PolicyView>

export const getPolicy = defineRoute({
  method: 'GET',
  path: '/api/policy',
  summary: 'What the institution has decided about face checks, attendance and sign-up',
  access: ['admin'],
  response: PolicyView,
  errors: [],
})

export const changePolicy = defineRoute({
  method: 'PUT',
  path: '/api/policy',
  summary: 'Decide it anew; the old values are kept in the audit log',
  access: ['admin'],
  body: PolicyView,
  response: PolicyView,
  errors: [],
})
