import { z } from 'zod'
import { defineRoute, ROLES } from './define-route.ts'
import { Instant } from './fields.ts'

export const PEOPLE_AT_ONCE = 5_000
export const PEOPLE_PER_PAGE = 50

export const PersonStatus = z.enum(['invited', 'awaiting-approval', 'active', 'disabled'])
export type PersonStatus = z.infer<typeof PersonStatus>

/** How long ago somebody was invited who has not answered. */
export const Silence = z.enum(['never-invited', 'week', 'month', 'longer'])
export type Silence = z.infer<typeof Silence>

/** What is asked for of all people; each that is given narrows it. */
export const PeopleFilter = z.object({
  /** Words that stand in the name, the roll number, the e-mail address or the phone number; all of them. */
  search: z.string().trim().max(100).optional(),
  role: z.enum(ROLES).optional(),
  status: PersonStatus.optional(),
  department: z.string().max(200).optional(),
  batch: z.string().max(200).optional(),
  /** Who teaches or attends this class now. */
  classId: z.uuid().optional(),
  face: z.enum(['enrolled', 'none']).optional(),
  consent: z.enum(['given', 'none']).optional(),
  silent: Silence.optional(),
})
export type PeopleFilter = z.infer<typeof PeopleFilter>

export const PeopleSort = z.enum(['name', 'rollNo', 'email', 'department', 'added'])
export type PeopleSort = z.infer<typeof PeopleSort>

export const PersonRow = z.object({
  personId: z.uuid(),
  fullName: z.string(),
  rollNo: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  department: z.string().nullable(),
  batch: z.string().nullable(),
  roles: z.array(z.enum(ROLES)),
  status: PersonStatus,
  isEnrolled: z.boolean(),
  hasConsent: z.boolean(),
  invitedAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
})
export type PersonRow = z.infer<typeof PersonRow>

export const listPeople = defineRoute({
  method: 'GET',
  path: '/api/people',
  summary: 'A page of the people of the institution, filtered, searched and sorted',
  access: ['admin'],
  query: PeopleFilter.extend({
    sort: PeopleSort.default('name'),
    order: z.enum(['up', 'down']).default('up'),
    /** `next` of the page before. */
    after: z.string().max(2000).optional(),
  }),
  response: z.object({
    people: z.array(PersonRow),
    /** Where the next page begins; null on the last. */
    next: z.string().nullable(),
    /** How many there are in all; only with the first page. */
    total: z.number().int().nullable(),
  }),
  errors: [],
})

export const listPeopleChoices = defineRoute({
  method: 'GET',
  path: '/api/people/choices',
  summary: 'The departments and batches that people are filtered by',
  access: ['admin'],
  response: z.object({ departments: z.array(z.string()), batches: z.array(z.string()) }),
  errors: [],
})

export const downloadPeople = defineRoute({
  method: 'GET',
  path: '/api/people/file',
  summary: 'The same people as a sheet: Name, Roll No, Email, Phone, Department, Batch, Roles, Account, Face, Consent',
  access: ['admin'],
  query: PeopleFilter.extend({ format: z.enum(['xlsx', 'csv']) }),
  response: { download: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'] },
  errors: ['too-many-people'],
})

/** Some people by name, or all that a filter finds. */
export const Selection = z.union([
  z.object({ personIds: z.array(z.uuid()).min(1).max(PEOPLE_AT_ONCE) }),
  z.object({ filter: PeopleFilter }),
])
export type Selection = z.infer<typeof Selection>

export const PeopleAction = z.enum(['invite', 'revoke-invites', 'disable', 'enable'])
export type PeopleAction = z.infer<typeof PeopleAction>

/** Why somebody was passed over. */
export const PassedOver = z.enum([
  'account-in-use',
  'awaiting-approval',
  'disabled',
  'not-disabled',
  'nothing-to-revoke',
  'still-teaches',
  'yourself',
  'owner',
])
export type PassedOver = z.infer<typeof PassedOver>

export const InviteCard = z.object({
  personId: z.uuid(),
  rollNo: z.string().nullable(),
  fullName: z.string(),
  /** What to sign in with later. */
  signInName: z.string(),
  link: z.string(),
  /** Typed where the link cannot be scanned. */
  code: z.string(),
  expiresAt: Instant,
})
export type InviteCard = z.infer<typeof InviteCard>

export const actOnPeople = defineRoute({
  method: 'POST',
  path: '/api/people/actions',
  summary: 'Invite, disable or enable many at once, or revoke their invites; whom it cannot be done to is passed over',
  access: ['admin'],
  body: z.object({ action: PeopleAction, who: Selection }),
  response: z.object({
    /** Whom it was done to: what undoes it is asked for these. */
    changed: z.array(z.uuid()),
    passedOver: z.array(
      z.object({
        because: PassedOver,
        count: z.number().int(),
        /** The first few of them. */
        people: z.array(z.object({ personId: z.uuid(), fullName: z.string() })),
      }),
    ),
    /** For `invite`: how many went out by mail, and the links that nobody is mailed. */
    mailed: z.number().int(),
    cards: z.array(InviteCard),
  }),
  errors: ['too-many-people', 'last-admin'],
})

export const InviteSheet = z.object({
  institutionName: z.string(),
  /** Where one signs in later. */
  address: z.string(),
  cards: z.array(InviteCard),
  /** Of those asked for, whose account is in use or who may not be invited by the one who asks. */
  passedOver: z.number().int(),
})
export type InviteSheet = z.infer<typeof InviteSheet>

export const makeInviteSheet = defineRoute({
  method: 'POST',
  path: '/api/people/invite-sheet',
  summary: 'New invites to print, one card a person; every earlier link of theirs stops working',
  access: ['admin'],
  body: z.object({ who: Selection }),
  response: InviteSheet,
  errors: ['too-many-people'],
})

export const makeClassInviteSheet = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/invite-sheet',
  summary: 'The same for the students of a class who have not used their invite',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid() }),
  response: InviteSheet,
  errors: [],
})
