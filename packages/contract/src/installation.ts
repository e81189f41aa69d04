import { z } from 'zod'
import { Done, InviteSent } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { Email, Instant, PersonName } from './fields.ts'

/** What an owner sees of an institution: numbers, and the name of none of its people. */
export const OwnedInstitution = z.object({
  id: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  isDemo: z.boolean(),
  createdAt: Instant,
  /** Null while its people may sign in. */
  disabledAt: Instant.nullable(),
  /** People of it that are not disabled. */
  people: z.number().int(),
  /** Sessions started within the last seven days. */
  sessionsThisWeek: z.number().int(),
  lastActiveAt: Instant.nullable(),
  /** The owner’s own, which cannot be disabled. */
  isOwn: z.boolean(),
})
export type OwnedInstitution = z.infer<typeof OwnedInstitution>

export const listInstitutions = defineRoute({
  method: 'GET',
  path: '/api/installation/institutions',
  summary: 'Every institution of the installation, the oldest first, by its numbers',
  access: ['owner'],
  response: z.object({ institutions: z.array(OwnedInstitution) }),
  errors: [],
})

export const createInstitution = defineRoute({
  method: 'POST',
  path: '/api/installation/institutions',
  summary: 'Create an institution and invite its first admin',
  access: ['owner'],
  body: z.object({
    name: z.string().trim().min(2).max(200),
    timeZone: z.string().min(1).max(100),
    /** A language tag such as `en-IN`. */
    locale: z.string().min(2).max(35),
    adminName: PersonName,
    adminEmail: Email,
  }),
  response: z.object({ institutionId: z.uuid(), invite: InviteSent }),
  errors: [],
})

export const disableInstitution = defineRoute({
  method: 'PUT',
  path: '/api/installation/institutions/:institutionId/disabled',
  summary: 'Let nobody of an institution sign in, or let them again; what it has is kept',
  access: ['owner'],
  params: z.object({ institutionId: z.uuid() }),
  body: z.object({ disabled: z.boolean() }),
  response: Done,
  errors: ['own-institution'],
})

/** That it is answered says that the database is up. `mail` is null where no mail server is set, `disk` where nobody can tell. */
export const InstallationHealth = z.object({
  version: z.string(),
  startedAt: Instant,
  database: z.object({
    answerMs: z.number(),
    version: z.string(),
    bytes: z.number(),
    migrations: z.array(z.object({ name: z.string(), appliedAt: Instant })),
  }),
  queue: z.object({ isUp: z.boolean(), waiting: z.number().int(), failed: z.number().int() }),
  vision: z.object({ isUp: z.boolean(), workers: z.number().int(), waiting: z.number().int(), model: z.string() }),
  mail: z.object({ isUp: z.boolean() }).nullable(),
  /** Of the file system that holds the data folder. */
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
})
export type InstallationHealth = z.infer<typeof InstallationHealth>

export const getInstallationHealth = defineRoute({
  method: 'GET',
  path: '/api/installation/health',
  summary: 'How the parts of the installation are; asking changes nothing and takes no longer than a few seconds',
  access: ['owner'],
  response: InstallationHealth,
  errors: [],
})
