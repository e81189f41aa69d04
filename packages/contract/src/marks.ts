import { z } from 'zod'
import { Done } from './accounts.ts'
import { Guest, SpotCheck, Tile } from './board.ts'
import { defineRoute } from './define-route.ts'
import { Assurance, AttendanceStatus, Instant, MarkMethod, Note } from './fields.ts'
import { SessionParams } from './sessions.ts'

/** What one such mark counts: 0 to 1 in hundredths; null where the session is not counted at all. */
export const StatusWeight = z
  .number()
  .min(0)
  .max(1)
  .refine((weight) => Math.abs(weight * 100 - Math.round(weight * 100)) < 1e-9, 'at most two decimals')
  .nullable()

/** A status of the institution's own, beside the four that every institution has. */
export const OwnStatus = z.object({
  id: z.uuid(),
  name: z.string(),
  /** What it is among the four: its colour and shape, and how lists that know only four count it. */
  base: AttendanceStatus,
  weight: StatusWeight,
  isArchived: z.boolean(),
})
export type OwnStatus = z.infer<typeof OwnStatus>

const StatusName = z.string().trim().min(1).max(40)

export const listOwnStatuses = defineRoute({
  method: 'GET',
  path: '/api/statuses',
  summary: 'The institution’s own statuses, by name',
  access: ['admin', 'teacher'],
  response: z.object({ statuses: z.array(OwnStatus) }),
  errors: [],
})

export const createOwnStatus = defineRoute({
  method: 'POST',
  path: '/api/statuses',
  summary: 'Add a status of the institution’s own',
  access: ['admin'],
  body: z.object({ name: StatusName, base: AttendanceStatus, weight: StatusWeight }),
  response: OwnStatus,
  errors: ['status-name-taken'],
})

export const changeOwnStatus = defineRoute({
  method: 'PUT',
  path: '/api/statuses/:statusId',
  summary: 'Rename a status, change what it counts, or take it off the list; marks that have it keep it',
  access: ['admin'],
  params: z.object({ statusId: z.uuid() }),
  body: z.object({ name: StatusName, weight: StatusWeight, isArchived: z.boolean() }),
  response: OwnStatus,
  errors: ['status-name-taken'],
})

/** Which mark somebody saw before they changed it: its version; null where there was none. */
export const SeenVersion = z.number().int().min(1).nullable()

/** A decision about one mark. */
const Decision = {
  status: AttendanceStatus,
  /** A status of the institution's own; its base must be `status`. */
  ownStatusId: z.uuid().nullable(),
  reason: Note,
  /** For the teachers of the class; students do not see it. */
  note: Note,
}

export const markByHand = defineRoute({
  method: 'PUT',
  path: '/api/sessions/:sessionId/records/:studentId',
  summary: 'Mark or change one student by hand; the old value is kept in the history',
  access: ['teacher'],
  params: z.object({ sessionId: z.uuid(), studentId: z.uuid() }),
  body: z.object({ ...Decision, seen: SeenVersion }),
  response: Tile,
  errors: ['not-in-class', 'changed-meanwhile', 'marks-locked', 'session-cancelled', 'session-not-started'],
})

const Changed = z.object({
  tiles: z.array(Tile),
  /** Whose mark was not touched, because it had changed since it was seen, or because they have left the class. */
  skipped: z.array(z.uuid()),
})

export const markMany = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/records',
  summary: 'Mark many students at once: those named, or everybody who has no mark yet',
  access: ['teacher'],
  params: SessionParams,
  body: z.object({
    ...Decision,
    students: z.union([
      z.literal('unmarked'),
      z
        .array(z.object({ studentId: z.uuid(), seen: SeenVersion }))
        .min(1)
        .max(2000),
    ]),
  }),
  response: Changed,
  errors: ['marks-locked', 'session-cancelled', 'session-not-started'],
})

export const undoMarks = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/records/undo',
  summary: 'Take back one’s own last changes: each mark is what it was before, if nobody has changed it since',
  access: ['teacher'],
  params: SessionParams,
  body: z.object({
    changes: z
      .array(z.object({ studentId: z.uuid(), version: z.number().int().min(1) }))
      .min(1)
      .max(2000),
  }),
  response: Changed,
  errors: ['marks-locked', 'session-cancelled', 'session-not-started'],
})

export const unlockMarks = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/unlock',
  summary: 'Let the marks of a session be changed once more, for some hours, with a reason',
  access: ['admin'],
  params: SessionParams,
  body: z.object({ hours: z.number().int().min(1).max(168), reason: Note.min(1) }),
  response: z.object({ until: Instant }),
  errors: ['not-locked'],
})

/** What a mark was and became, as the audit log has it. */
export const MarkValue = z.object({
  status: AttendanceStatus,
  ownStatus: z.string().nullable(),
  method: MarkMethod,
  assurance: Assurance.nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  isHeld: z.boolean(),
})

export const getMarkHistory = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/records/:studentId/history',
  summary: 'Every change of one mark: who, when, from what to what, and why; the oldest first',
  access: ['admin', 'teacher'],
  params: z.object({ sessionId: z.uuid(), studentId: z.uuid() }),
  response: z.object({
    changes: z.array(
      z.object({
        at: Instant,
        /** Null when the server did it by itself. */
        by: z.string().nullable(),
        /** `record-made`, `record-changed`, `record-restored`, `record-held` … */
        action: z.string(),
        from: MarkValue.nullable(),
        to: MarkValue.nullable(),
        reason: z.string().nullable(),
      }),
    ),
  }),
  errors: [],
})

const GuestParams = z.object({ sessionId: z.uuid(), guestId: z.uuid() })

export const addGuest = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/guests',
  summary: 'Note somebody who is here and not on the list; for this session only',
  access: ['teacher'],
  params: SessionParams,
  body: z.object({ fullName: z.string().trim().min(1).max(200), note: Note }),
  response: Guest,
  errors: ['marks-locked', 'session-cancelled', 'session-not-started'],
})

export const removeGuest = defineRoute({
  method: 'DELETE',
  path: '/api/sessions/:sessionId/guests/:guestId',
  summary: 'Take a guest off the list again, unless they were matched to an account',
  access: ['teacher'],
  params: GuestParams,
  response: Done,
  errors: ['already-done', 'marks-locked', 'session-cancelled', 'session-not-started'],
})

export const matchGuest = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/guests/:guestId/match',
  summary: 'Say whose account a guest is: that student is marked present in this session, by hand',
  access: ['teacher'],
  params: GuestParams,
  body: z.object({ rollNo: z.string().trim().min(1).max(64) }),
  response: Guest,
  errors: ['already-done', 'no-such-student', 'marks-locked', 'session-cancelled', 'session-not-started'],
})

export const startSpotCheck = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/spot-checks',
  summary: 'Ask some of the marked students, the weaker marks first of all, to show again that they are there',
  access: ['teacher'],
  params: SessionParams,
  body: z.object({ students: z.number().int().min(1).max(50) }),
  /** Those who were asked; fewer where not so many are marked. */
  response: z.object({ tiles: z.array(Tile) }),
  errors: ['session-closed'],
})

export const confirmSpotCheck = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/spot-checks/:spotCheckId/confirm',
  summary: 'Say that an asked student is there, also after the time was up',
  access: ['teacher'],
  params: z.object({ sessionId: z.uuid(), spotCheckId: z.uuid() }),
  response: SpotCheck,
  errors: ['already-done'],
})

export const decideFaceConflict = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/face-conflicts/:conflictId/decision',
  summary: 'Say who of two students with one face is there; twins are not asked about again',
  access: ['teacher'],
  params: z.object({ sessionId: z.uuid(), conflictId: z.uuid() }),
  body: z.object({
    /** Whose marks stand; the others become absent. */
    present: z.array(z.uuid()).max(2),
    areTwins: z.boolean(),
    reason: Note,
  }),
  response: z.object({ tiles: z.array(Tile) }),
  errors: ['already-done', 'marks-locked'],
})
