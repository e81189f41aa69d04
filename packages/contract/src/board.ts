import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { ActionName, Assurance, AttendanceStatus, Instant, MarkMethod, PresenceProof } from './fields.ts'
import { SessionParams, SessionView } from './sessions.ts'

/** A marked student who was asked to show once more that they are there. */
export const SpotCheck = z.object({
  id: z.uuid(),
  askedAt: Instant,
  dueAt: Instant,
  /** How it was answered; `missed` once the time was up without an answer. */
  state: z.enum(['asked', 'face', 'code', 'teacher', 'missed']),
})
export type SpotCheck = z.infer<typeof SpotCheck>

/** Somebody who is not on the list, in one session only. */
export const Guest = z.object({
  id: z.uuid(),
  fullName: z.string(),
  note: z.string().nullable(),
  addedAt: Instant,
  /** The account they turned out to be. */
  matched: z.object({ personId: z.uuid(), fullName: z.string() }).nullable(),
})
export type Guest = z.infer<typeof Guest>

/** One face that was marked for two students; both marks are held until somebody decides. */
export const FaceConflict = z.object({ id: z.uuid(), students: z.tuple([z.uuid(), z.uuid()]), at: Instant })
export type FaceConflict = z.infer<typeof FaceConflict>

export const Tile = z.object({
  studentId: z.uuid(),
  rollNo: z.string(),
  fullName: z.string(),
  status: AttendanceStatus.nullable(),
  method: MarkMethod.nullable(),
  assurance: Assurance.nullable(),
  /** The institution's own status, when the mark has one. */
  ownStatus: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  markedAt: Instant.nullable(),
  /** Name of who marked by hand. */
  markedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** What was shown of being in the room. */
  presence: z.array(PresenceProof),
  /** For the class's teachers. */
  note: z.string().nullable(),
  /** Counts the changes of this mark; to be sent along with the next. Null where there is no mark. */
  version: z.number().int().nullable(),
  /** One face was marked for two students, and nobody has decided yet: the mark counts for nothing. */
  isHeld: z.boolean(),
  /** The last time they were asked to show again that they are there. */
  spotCheck: SpotCheck.nullable(),
  /** Refused tries in this session, and why the last one was: shown to the teacher only. */
  refusals: z
    .object({
      count: z.number().int(),
      lastBecause: z.string(),
      /** For `action-missing`. */
      lastAction: ActionName.nullable(),
      lastAt: Instant,
    })
    .nullable(),
})
export type Tile = z.infer<typeof Tile>

/** What a board is told as it happens. `seq` counts without gaps in one session, so a board knows what it missed. */
export const LiveEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tile'), seq: z.number().int(), tile: Tile }),
  z.object({ kind: z.literal('session'), seq: z.number().int(), session: SessionView }),
  /** Reload the board: many tiles changed at once (the session ended, the class's list changed). */
  z.object({ kind: z.literal('reload'), seq: z.number().int() }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

export const getBoard = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/board',
  summary: 'Every student of the session with their mark, and the number of the last event it includes',
  access: ['admin', 'teacher'],
  params: SessionParams,
  response: z.object({
    session: SessionView,
    seq: z.number().int(),
    tiles: z.array(Tile),
    guests: z.array(Guest),
    conflicts: z.array(FaceConflict),
    /** Nobody changes a mark any more, unless an admin unlocks them. */
    marksLocked: z.boolean(),
    unlockedUntil: Instant.nullable(),
  }),
  errors: [],
})

export const watchBoard = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/events',
  summary: 'Server-sent events of a session after `after` (or the Last-Event-ID header)',
  access: ['admin', 'teacher'],
  params: SessionParams,
  query: z.object({ after: z.coerce.number().int().min(0).optional() }),
  response: { stream: LiveEvent },
  errors: [],
})
