import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { PresenceProof } from './fields.ts'

/** Where the phone says it is. It is judged and forgotten: only in or out and a coarse distance are kept. */
export const PositionGiven = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** The Geolocation API's `accuracy`. */
  accuracyMetres: z.number().min(0).max(40_000_000),
  /** How old it is by the phone's own clock: now minus the position's `timestamp`. */
  ageMs: z.number().min(0).max(Number.MAX_SAFE_INTEGER),
})
export type PositionGiven = z.infer<typeof PositionGiven>

/** What is asked of a check-in beside the face, and what of it has been shown. */
export const PresenceView = z.object({
  proofs: z.array(PresenceProof).min(1),
  needs: z.enum(['any', 'all']),
  /** A check-in without it is refused; otherwise it only counts for less. */
  isDemanded: z.boolean(),
  isProven: z.boolean(),
  proven: z.array(PresenceProof),
  missing: z.array(PresenceProof),
  /** What became of the last position; null when none was given. */
  place: z.enum(['inside', 'outside', 'inaccurate', 'stale']).nullable(),
})
export type PresenceView = z.infer<typeof PresenceView>

export const showPresence = defineRoute({
  method: 'POST',
  path: '/api/check-ins/:challengeId/presence',
  summary:
    'Show that one is in the room, for one challenge: its code, one’s position, or the network the call comes from',
  access: ['student'],
  params: z.object({ challengeId: z.uuid() }),
  body: z.object({ code: z.string().trim().min(1).max(20).nullable(), position: PositionGiven.nullable() }),
  response: PresenceView,
  errors: [
    'challenge-unknown',
    'challenge-spent',
    'challenge-expired',
    'session-closed',
    'not-in-class',
    'method-not-allowed-here',
    'code-wrong',
    'code-expired',
    'code-spent',
    'too-many-attempts',
  ],
})
