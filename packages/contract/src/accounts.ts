import { z } from 'zod'
import { defineRoute, ROLES } from './define-route.ts'
import { Email, Instant, LinkToken, NewPassword, PersonName } from './fields.ts'

export const Me = z.object({
  personId: z.uuid(),
  fullName: z.string(),
  email: z.string().nullable(),
  rollNo: z.string().nullable(),
  roles: z.array(z.enum(ROLES)),
  institution: z.object({
    id: z.uuid(),
    name: z.string(),
    timeZone: z.string(),
    locale: z.string(),
    /** 1 Monday to 7 Sunday. */
    weekStart: z.number().int(),
    isDemo: z.boolean(),
  }),
})
export type Me = z.infer<typeof Me>

/** The refresh token travels beside it in the `__Host-refresh` cookie. */
export const SignedIn = z.object({ accessToken: z.string(), expiresAt: Instant, me: Me })
export type SignedIn = z.infer<typeof SignedIn>

export const Done = z.object({ done: z.literal(true) })

export const getInstallation = defineRoute({
  method: 'GET',
  path: '/api/installation',
  summary: 'What the sign-in page needs to know before anybody has signed in',
  access: 'public',
  response: z.object({
    needsSetUp: z.boolean(),
    isDemo: z.boolean(),
    mailIsSent: z.boolean(),
    /** Institutions whose policy lets teachers ask for an account. */
    signUpInstitutions: z.array(z.object({ id: z.uuid(), name: z.string() })),
  }),
  errors: [],
})

export const setUp = defineRoute({
  method: 'POST',
  path: '/api/set-up',
  summary: 'Create the first institution and its admin with the link that the server printed',
  access: 'public',
  body: z.object({
    token: LinkToken,
    institutionName: z.string().trim().min(2).max(200),
    timeZone: z.string().min(1).max(100),
    fullName: PersonName,
    email: Email,
    password: NewPassword,
    /** A lone teacher is both. */
    alsoTeaches: z.boolean(),
  }),
  response: SignedIn,
  errors: ['set-up-link-invalid', 'password-too-common'],
})

export const signIn = defineRoute({
  method: 'POST',
  path: '/api/sign-in',
  summary: 'Sign in by e-mail or roll number',
  access: 'public',
  body: z.object({
    identifier: z.string().trim().min(1).max(254),
    password: z.string().min(1).max(128),
    /** Only where the same name and password are good in several. */
    institutionId: z.uuid().optional(),
  }),
  response: SignedIn,
  errors: ['wrong-credentials', 'too-many-attempts', 'choose-institution', 'awaiting-approval'],
})

export const refresh = defineRoute({
  method: 'POST',
  path: '/api/refresh',
  summary: 'Spend the refresh cookie on a new access token and the next cookie',
  access: 'public',
  response: SignedIn,
  errors: ['not-signed-in', 'sign-in-ended'],
})

export const signOut = defineRoute({
  method: 'POST',
  path: '/api/sign-out',
  summary: 'End this sign-in',
  access: 'public',
  response: Done,
  errors: [],
})

export const getMe = defineRoute({
  method: 'GET',
  path: '/api/me',
  summary: 'Who is signed in',
  access: 'signed-in',
  response: Me,
  errors: [],
})

export const changePassword = defineRoute({
  method: 'POST',
  path: '/api/me/password',
  summary: 'Change the password with the old one; every other sign-in ends',
  access: 'signed-in',
  body: z.object({ currentPassword: z.string().min(1).max(128), newPassword: NewPassword }),
  response: Done,
  errors: ['wrong-current-password', 'password-too-common', 'too-many-attempts'],
})

export const listLogins = defineRoute({
  method: 'GET',
  path: '/api/me/logins',
  summary: 'Where one is signed in',
  access: 'signed-in',
  response: z.object({
    logins: z.array(
      z.object({ id: z.uuid(), device: z.string(), startedAt: Instant, lastUsedAt: Instant, isThisOne: z.boolean() }),
    ),
  }),
  errors: [],
})

export const endLogin = defineRoute({
  method: 'DELETE',
  path: '/api/me/logins/:loginId',
  summary: 'End one of one’s own sign-ins',
  access: 'signed-in',
  params: z.object({ loginId: z.uuid() }),
  response: Done,
  errors: [],
})

export const lookUpInvite = defineRoute({
  method: 'POST',
  path: '/api/invites/look-up',
  summary:
    'Whom an invite is for, by the token of its link or by its code as typed; both stay out of addresses and logs',
  access: 'public',
  body: z.object({ token: LinkToken }),
  response: z.object({
    fullName: z.string(),
    institutionName: z.string(),
    /** What to sign in with later: the e-mail address, else the roll number. */
    signInName: z.string(),
    expiresAt: Instant,
  }),
  errors: ['invite-invalid', 'too-many-attempts'],
})

export const acceptInvite = defineRoute({
  method: 'POST',
  path: '/api/invites/accept',
  summary: 'Set a password with a single-use invite, by its token or its code, and sign in',
  access: 'public',
  body: z.object({ token: LinkToken, password: NewPassword }),
  response: SignedIn,
  errors: ['invite-invalid', 'password-too-common', 'too-many-attempts'],
})

export const requestTeacherAccount = defineRoute({
  method: 'POST',
  path: '/api/teacher-sign-ups',
  summary: 'Ask for a teacher’s account; an admin approves it. The answer is the same for a known address',
  access: 'public',
  body: z.object({ institutionId: z.uuid(), fullName: PersonName, email: Email, password: NewPassword }),
  response: Done,
  errors: ['sign-up-closed', 'password-too-common', 'too-many-attempts'],
})

export const StaffMember = z.object({
  personId: z.uuid(),
  fullName: z.string(),
  email: z.string().nullable(),
  roles: z.array(z.enum(ROLES)),
  status: z.enum(['invited', 'awaiting-approval', 'active', 'disabled']),
})
export type StaffMember = z.infer<typeof StaffMember>

export const listStaff = defineRoute({
  method: 'GET',
  path: '/api/staff',
  summary: 'Admins and teachers of the institution, those who wait for approval first',
  access: ['admin'],
  response: z.object({ staff: z.array(StaffMember) }),
  errors: [],
})

/** `link`, and the code that can be typed in its place, are given only where no mail is sent: whoever invited hands them on. */
export const InviteSent = z.object({
  personId: z.uuid(),
  sentTo: z.string().nullable(),
  link: z.string().nullable(),
  code: z.string().nullable(),
})
export type InviteSent = z.infer<typeof InviteSent>

export const inviteTeacher = defineRoute({
  method: 'POST',
  path: '/api/staff',
  summary: 'Invite a teacher (or a further admin)',
  access: ['admin'],
  body: z.object({
    fullName: PersonName,
    email: Email,
    roles: z
      .array(z.enum(['admin', 'teacher']))
      .min(1)
      .max(2),
  }),
  response: InviteSent,
  errors: ['email-taken'],
})

export const reinvitePerson = defineRoute({
  method: 'POST',
  path: '/api/people/:personId/invite',
  summary: 'Make a new invite link; the earlier one stops working',
  access: ['admin', 'teacher'],
  params: z.object({ personId: z.uuid() }),
  response: InviteSent,
  errors: ['already-done'],
})

export const decideTeacherAccount = defineRoute({
  method: 'POST',
  path: '/api/staff/:personId/decision',
  summary: 'Approve or decline a teacher who signed up',
  access: ['admin'],
  params: z.object({ personId: z.uuid() }),
  body: z.object({ decision: z.enum(['approve', 'decline']) }),
  response: Done,
  errors: ['already-done'],
})
