import { z } from 'zod'
import { PresenceProof } from './fields.ts'

/** Every error the API can answer, with its HTTP status. Codes are stable; the sentences are the web app's. */
export const ERRORS = {
  'bad-input': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'sign-in-ended': 401,
  'not-allowed': 403,
  'not-found': 404,
  'already-done': 409,
  'too-large': 413,
  'wrong-media-type': 415,
  'too-many-attempts': 429,
  broken: 500,
  'database-unavailable': 503,
  // accounts
  'set-up-link-invalid': 410,
  'invite-invalid': 410,
  'choose-institution': 409,
  'wrong-current-password': 403,
  'password-too-common': 422,
  'email-taken': 409,
  'awaiting-approval': 403,
  'sign-up-closed': 403,
  // people and institutions
  'roll-no-taken': 409,
  'last-admin': 409,
  'still-teaches': 409,
  'still-in-class': 409,
  'too-many-people': 422,
  'own-institution': 409,
  // roster and import
  'class-name-taken': 409,
  'file-unreadable': 422,
  'file-too-many-rows': 422,
  'file-empty': 422,
  // structure and timetable
  'term-name-taken': 409,
  'department-name-taken': 409,
  'subject-code-taken': 409,
  'still-in-use': 409,
  'class-archived': 409,
  'class-has-open-session': 409,
  'no-meeting-then': 404,
  'day-in-future': 422,
  'not-students-only': 422,
  'faces-differ': 409,
  'file-no-users': 422,
  'import-columns-missing': 422,
  'import-undo-over': 409,
  // sessions and marking
  'session-closed': 409,
  'session-open-already': 409,
  'not-in-class': 403,
  'method-not-allowed-here': 403,
  'code-wrong': 422,
  'code-expired': 422,
  'face-paused': 429,
  // what a policy demands
  'face-needed': 403,
  'presence-needed': 403,
  'code-spent': 409,
  'policy-late-after-end': 422,
  'policy-network-missing': 422,
  'policy-geofence-missing': 422,
  'policy-assurance-needs-presence': 422,
  'policy-assurance-needs-face': 422,
  'policy-breaks-class': 409,
  'session-cancelled': 409,
  'changed-meanwhile': 409,
  'marks-locked': 423,
  'not-locked': 409,
  'status-name-taken': 409,
  'no-such-student': 422,
  // photo enrolment
  'photo-enrolment-off': 403,
  'photos-too-many': 422,
  'photos-not-read': 409,
  // requests
  'session-not-ended': 409,
  'request-open-already': 409,
  'own-request': 403,
  'leave-days': 422,
  'files-too-many': 409,
  // audit
  'export-too-large': 422,
  'receipt-not-ready': 409,
  // a session's life
  'session-not-started': 409,
  'session-paused': 409,
  'start-too-early': 409,
  'start-too-late': 409,
  'restore-too-late': 409,
  'reopen-too-late': 423,
  'plan-in-the-past': 422,
  'plan-overlaps': 409,
  // face
  'consent-needed': 403,
  'consent-outdated': 409,
  'not-enrolled': 409,
  'enrolled-already': 409,
  'enrolment-held': 409,
  'enrolment-needs-approval': 403,
  'challenge-unknown': 404,
  'challenge-spent': 409,
  'challenge-expired': 410,
  'verdict-pending': 409,
  'frames-unreadable': 422,
  'frames-too-many': 422,
  'frames-too-few': 422,
  'frames-out-of-order': 422,
  'vision-busy': 503,
  'vision-down': 503,
} as const

export type ErrorCode = keyof typeof ERRORS

/** The ways in which a policy can contradict itself. */
export const POLICY_PROBLEMS = [
  'policy-late-after-end',
  'policy-network-missing',
  'policy-geofence-missing',
  'policy-assurance-needs-presence',
  'policy-assurance-needs-face',
] as const satisfies readonly ErrorCode[]

/** Details are for the page to point at the right place; they hold no secrets and no scores. */
export const ApiError = z.object({
  error: z.object({
    code: z.string().meta({ description: 'Stable, kebab-case; see the table in contract/src/errors.ts.' }),
    /** For `bad-input`: which field, in the form `body.email`, and what is wrong with it. */
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** For `too-many-attempts`, `face-paused`, `verdict-pending`, `vision-busy`: seconds until another try makes sense. */
    retryAfterSeconds: z.number().int().optional(),
    /** For `choose-institution`: where the same name and password are good. */
    institutions: z.array(z.object({ id: z.uuid(), name: z.string() })).optional(),
    /** For `presence-needed`: what would still help. */
    missing: z.array(PresenceProof).optional(),
    /** For `policy-breaks-class`: the first class that the change would contradict, and how. */
    classes: z.array(z.object({ name: z.string(), problem: z.string() })).optional(),
    /** For `frames-unreadable`: the number of the frame, from 0. */
    frame: z.number().int().optional(),
    /** The request's id, to be found in the server's log. */
    requestId: z.string(),
  }),
})
export type ApiError = z.infer<typeof ApiError>
