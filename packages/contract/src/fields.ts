import { z } from 'zod'

/** A point in time as ISO 8601 with zone, e.g. `2026-03-01T09:00:00.000Z`. */
export const Instant = z.iso.datetime({ offset: true })

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .check(z.email())
  .max(254)
  .meta({ description: 'E-mail address; case is ignored.' })

/** ASVS 5.0 §6.2: 8 to 128 characters, no composition rules; common ones are refused by the server. */
export const NewPassword = z.string().min(8).max(128)

export const PersonName = z.string().trim().min(1).max(200)

/** A secret that came in a link: `<institution>.<random>`, checked only by its hash; or the code of an invite, as typed. */
export const LinkToken = z.string().min(20).max(200)

/** A text that may be left empty. */
export const Note = z.string().trim().max(500)

export const AttendanceStatus = z.enum(['present', 'late', 'excused', 'absent'])
export type AttendanceStatus = z.infer<typeof AttendanceStatus>

/** How a record came about; `closing` is the end of the session marking the rest absent. */
export const MarkMethod = z.enum(['face', 'code', 'hand', 'closing'])
export type MarkMethod = z.infer<typeof MarkMethod>

/** A face + live + presence, B face + live, C code + device, D by hand. */
export const Assurance = z.enum(['A', 'B', 'C', 'D'])
export type Assurance = z.infer<typeof Assurance>

/** What can show that a student is in the room. */
export const PresenceProof = z.enum(['room-code', 'network', 'geofence'])
export type PresenceProof = z.infer<typeof PresenceProof>

/** What a challenge can ask for. Left and right are the student's own. */
export const ActionName = z.enum(['blink', 'turn-left', 'turn-right', 'look-up', 'look-down', 'open-mouth', 'smile'])

/** Why pictures could not be judged; each has a sentence that says what to do. */
export const QualityReason = z.enum([
  'no-face',
  'several-faces',
  'too-dark',
  'too-bright',
  'blurred',
  'too-far',
  'too-near',
  'turned-away',
  'covered',
])

/** Why a face was refused, as teachers and admins see it. */
export const RefusalReason = z.enum([
  ...QualityReason.options,
  'action-missing',
  'face-changed',
  'spoof-suspected',
  'injection-suspected',
  'flash-missing',
  'flash-unseen',
  'not-recognised',
])
export type RefusalReason = z.infer<typeof RefusalReason>

/** A day of the calendar in the institution's time zone, `YYYY-MM-DD`. */
export const Day = z.iso
  .date()
  .refine((day) => day >= '2000-01-01' && day < '2100-01-01', 'between 2000 and 2099')
  .meta({ description: 'A day of the calendar in the institution’s time zone.' })

/** A time of day in the institution's time zone. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Said of a last day before the first. */
export const ENDS_BEFORE_IT_STARTS = 'ends before it starts'

export const Archiving = z.object({ archived: z.boolean() })
