import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { ActionName, Instant, RefusalReason } from './fields.ts'

/** The longest look back, and what is shown when nothing else is asked for. */
export const STATISTICS_MAX_DAYS = 90

/** How often one reason refused: the true reason, as on a teacher's board. */
export const ReasonCount = z.object({
  because: RefusalReason,
  /** For `action-missing`. */
  action: ActionName.nullable(),
  count: z.number().int(),
})
export type ReasonCount = z.infer<typeof ReasonCount>

/** `too-few` holds every group of fewer than five students, and is no smaller itself unless it is all there is. */
const groupOf = <Name extends string>(names: readonly [Name, ...Name[]]) =>
  z.object({
    group: z.enum([...names, 'too-few']),
    attempts: z.number().int(),
    refused: z.number().int(),
    reasons: z.array(ReasonCount),
  })

export const DeviceGroup = groupOf(['phone', 'tablet', 'computer', 'unknown'])
export const LightGroup = groupOf(['dim', 'normal', 'bright', 'unknown'])

export const getRefusalStatistics = defineRoute({
  method: 'GET',
  path: '/api/statistics/refusals',
  summary:
    'How often each reason refused a face, by device kind and light: of the classes a teacher teaches, of the institution for an admin',
  access: ['admin', 'teacher'],
  query: z.object({
    days: z.coerce.number().int().min(1).max(STATISTICS_MAX_DAYS).default(STATISTICS_MAX_DAYS),
    classId: z.uuid().optional(),
  }),
  response: z.object({
    since: Instant,
    totals: z.object({
      attempts: z.number().int(),
      accepted: z.number().int(),
      held: z.number().int(),
      refused: z.number().int(),
    }),
    /** The most frequent first; so in each group. */
    reasons: z.array(ReasonCount),
    byDevice: z.array(DeviceGroup),
    byLight: z.array(LightGroup),
  }),
  errors: [],
})
