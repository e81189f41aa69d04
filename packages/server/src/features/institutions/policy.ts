import { DEFAULT_POLICY, type Policy } from '@app/domain'
import { z } from 'zod'

const Actions = z.enum(['blink', 'turn-left', 'turn-right', 'look-up', 'look-down', 'open-mouth', 'smile'])
const FalseMatchRates = z.enum(['1e-3', '1e-4', '1e-5'])

/** What an institution's `policy` column may hold: any part of a policy; the rest is the shipped one. */
const StoredPolicy = z
  .object({
    methods: z.array(z.enum(['face', 'code'])).min(1),
    actions: z.array(Actions).min(2),
    actionCount: z.number().int().min(2).max(5),
    falseMatchRate: FalseMatchRates,
    injectionChecks: z.boolean(),
    offerCodeAfter: z.number().int().min(1),
    pauseAfter: z.number().int().min(1),
    pauseSeconds: z.number().int().min(1),
    duplicateFalseMatchRate: FalseMatchRates,
    teacherSignUp: z.boolean(),
    minimumPercentage: z.number().min(0).max(100).nullable(),
    retentionDays: z.number().int().min(0),
  })
  .partial()

/** The shipped policy with what the institution says otherwise. */
export function readPolicy(stored: unknown): Policy {
  return { ...DEFAULT_POLICY, ...readStoredPolicy(stored) }
}

/** What an institution has stored, without the shipped values. */
export const readStoredPolicy = (stored: unknown): Partial<Policy> =>
  Object.fromEntries(Object.entries(StoredPolicy.parse(stored)).filter(([, value]) => value !== undefined))

/** What of a policy is kept: only what differs need be given. */
export const storePolicy = (policy: Partial<Policy>): string => JSON.stringify(StoredPolicy.parse(policy))
