import { z } from 'zod'
import { Done, InviteSent } from './accounts.ts'
import { defineRoute, ROLES } from './define-route.ts'
import { Email, Instant, PersonName } from './fields.ts'
import { PersonRow, PersonStatus } from './people.ts'
import { ClassStudent } from './roster.ts'

const PersonParams = z.object({ personId: z.uuid() })
const Named = z.object({ personId: z.uuid(), fullName: z.string() })
const NamedClass = z.object({ classId: z.uuid(), className: z.string(), subjectName: z.string() })

export const PersonView = PersonRow.omit({ isEnrolled: true, invitedAt: true, lastSeenAt: true }).extend({
  addedAt: Instant,
  /** False for an owner, whom only an owner changes. */
  mayChange: z.boolean(),
  isYou: z.boolean(),
  face: ClassStudent.shape.face,
  consentAt: Instant.nullable(),
  /** The invite that still works. */
  invite: z.object({ createdAt: Instant, expiresAt: Instant }).nullable(),
  lastInvitedAt: Instant.nullable(),
  teaches: z.array(NamedClass.extend({ otherTeachers: z.number().int(), plannedSessions: z.number().int() })),
  stays: z.array(NamedClass.extend({ joinedAt: Instant, leftAt: Instant.nullable() })),
  logins: z.array(z.object({ id: z.uuid(), device: z.string(), startedAt: Instant, lastUsedAt: Instant })),
  guardians: z.array(Named.extend({ email: z.string().nullable(), status: PersonStatus })),
  /** Whom they are a guardian of. */
  students: z.array(Named.extend({ rollNo: z.string().nullable() })),
})
export type PersonView = z.infer<typeof PersonView>

export const getPerson = defineRoute({
  method: 'GET',
  path: '/api/people/:personId',
  summary: 'One person: details, roles, classes, sign-ins, invite, face state, guardians',
  access: ['admin'],
  params: PersonParams,
  response: PersonView,
  errors: [],
})

const optional = (most: number) => z.string().trim().max(most).nullable()

export const PersonDetails = z.object({
  fullName: PersonName,
  email: Email.nullable(),
  phone: optional(30),
  rollNo: optional(50),
  batch: optional(50),
  department: optional(100),
})
export type PersonDetails = z.infer<typeof PersonDetails>

export const changePerson = defineRoute({
  method: 'PUT',
  path: '/api/people/:personId',
  summary: 'Change a person’s details; another e-mail address ends the invite that was sent to the old one',
  access: ['admin'],
  params: PersonParams,
  body: PersonDetails,
  response: Done,
  errors: ['email-taken', 'roll-no-taken'],
})

export const changeRoles = defineRoute({
  method: 'PUT',
  path: '/api/people/:personId/roles',
  summary: 'Say which roles a person has; the last admin stays one, and a teacher hands classes over first',
  access: ['admin'],
  params: PersonParams,
  body: z.object({ roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length) }),
  response: Done,
  errors: ['last-admin', 'still-teaches', 'still-in-class'],
})

export const endSignIns = defineRoute({
  method: 'POST',
  path: '/api/people/:personId/sign-outs',
  summary: 'End every sign-in of a person',
  access: ['admin'],
  params: PersonParams,
  response: z.object({ ended: z.number().int() }),
  errors: [],
})

export const handOver = defineRoute({
  method: 'POST',
  path: '/api/people/:personId/hand-over',
  summary: 'Give every class of a teacher to others, with what is planned for it, and disable the teacher if wanted',
  access: ['admin'],
  params: PersonParams,
  body: z.object({
    /** Every class they teach; no successors leaves it to its other teachers, or to nobody. */
    classes: z.array(z.object({ classId: z.uuid(), teacherIds: z.array(z.uuid()).max(20) })).max(500),
    disable: z.boolean(),
  }),
  response: Done,
  errors: ['already-done', 'last-admin'],
})

export const inviteGuardian = defineRoute({
  method: 'POST',
  path: '/api/people/:personId/guardians',
  summary: 'Let somebody see a student’s attendance: whoever has this e-mail address here, else a new guardian',
  access: ['admin'],
  params: PersonParams,
  body: z.object({ fullName: PersonName, email: Email }),
  response: InviteSent,
  errors: ['already-done'],
})

export const unlinkGuardian = defineRoute({
  method: 'DELETE',
  path: '/api/people/:personId/guardians/:guardianId',
  summary: 'End a guardian’s view of a student',
  access: ['admin'],
  params: PersonParams.extend({ guardianId: z.uuid() }),
  response: Done,
  errors: [],
})

export const HistoryEntry = z.object({
  id: z.string(),
  at: Instant,
  action: z.string(),
  /** Null when the server did it by itself. */
  actor: Named.nullable(),
  oldValue: z.record(z.string(), z.unknown()).nullable(),
  newValue: z.record(z.string(), z.unknown()).nullable(),
  reason: z.string().nullable(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const listPersonHistory = defineRoute({
  method: 'GET',
  path: '/api/people/:personId/history',
  summary: 'What the audit log tells of a person, the newest first',
  access: ['admin'],
  params: PersonParams,
  query: z.object({
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
  }),
  response: z.object({ entries: z.array(HistoryEntry), next: z.string().nullable() }),
  errors: [],
})
