import { mergePolicy, type Policy } from '@app/domain'
import { z } from 'zod'

const Actions = z.enum(['blink', 'turn-left', 'turn-right', 'look-up', 'look-down', 'open-mouth', 'smile'])
const FalseMatchRates = z.enum(['1e-3', '1e-4', '1e-5'])
const Geofence = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radiusMetres: z.number().min(1),
})

/** What a `policy` column may hold: any part of a policy; the rest is inherited. */
const StoredPolicy = z
  .object({
    methods: z.array(z.enum(['face', 'code'])).min(1),
    actions: z.array(Actions).min(2),
    actionCount: z.number().int().min(2).max(5),
    falseMatchRate: FalseMatchRates,
    colourFlash: z.boolean(),
    injectionChecks: z.boolean(),
    presenceProofs: z.array(z.enum(['room-code', 'network', 'geofence'])),
    presenceNeeds: z.enum(['any', 'all']),
    networks: z.array(z.string()),
    geofence: Geofence.nullable(),
    assurance: z.enum(['A', 'B', 'C', 'D']),
    sessionMinutes: z.number().int().min(1),
    lateAfterMinutes: z.number().int().min(0),
    autoOpen: z.boolean(),
    lateWeight: z.number().min(0).max(1),
    codeSeconds: z.number().int().min(3).max(60),
    offerCodeAfter: z.number().int().min(1),
    pauseAfter: z.number().int().min(1),
    pauseSeconds: z.number().int().min(1),
    spotCheck: z.number().int().min(0),
    lockDays: z.number().int().min(0).nullable(),
    minimumPercentage: z.number().min(0).max(100).nullable(),
    duplicateFalseMatchRate: FalseMatchRates,
    bulkPhotoEnrolment: z.boolean(),
    retentionDays: z.number().int().min(0),
    teacherSignUp: z.boolean(),
    teachersAdjust: z.boolean(),
  })
  .partial()

/** The shipped policy with what the institution says otherwise, and what one of its classes says otherwise. */
export function readPolicy(institution: unknown, ofClass: unknown): Policy {
  return mergePolicy({ institution: readStoredPolicy(institution), ofClass: readStoredPolicy(ofClass) })
}

/** What is stored in one place, without what is inherited. */
export const readStoredPolicy = (stored: unknown): Partial<Policy> =>
  Object.fromEntries(Object.entries(StoredPolicy.parse(stored)).filter(([, value]) => value !== undefined))

/** What of a policy is kept: only what differs need be given. */
export const storePolicy = (policy: Partial<Policy>): string => JSON.stringify(StoredPolicy.parse(policy))
