import type { sentences as accounts } from './en/accounts.ts'
import type { sentences as admin } from './en/admin.ts'
import type { sentences as audit } from './en/audit.ts'
import type { sentences as checkIn } from './en/check-in.ts'
import type { sentences as classes } from './en/classes.ts'
import type { sentences as errors } from './en/errors.ts'
import type { sentences as furtherErrors } from './en/further-errors.ts'
import type { sentences as guardian } from './en/guardian.ts'
import type { sentences as imports } from './en/imports.ts'
import type { sentences as installation } from './en/installation.ts'
import type { sentences as invites } from './en/invites.ts'
import type { sentences as liveBoard } from './en/live-board.ts'
import type { sentences as moving } from './en/moving.ts'
import type { sentences as overview } from './en/overview.ts'
import type { sentences as people } from './en/people.ts'
import type { sentences as photos } from './en/photos.ts'
import type { sentences as policy } from './en/policy.ts'
import type { sentences as presence } from './en/presence.ts'
import type { sentences as reasons } from './en/reasons.ts'
import type { sentences as refusals } from './en/refusals.ts'
import type { sentences as requests } from './en/requests.ts'
import type { sentences as sessions } from './en/sessions.ts'
import type { sentences as shell } from './en/shell.ts'
import type { sentences as structure } from './en/structure.ts'
import type { sentences as student } from './en/student.ts'
import type { sentences as timetable } from './en/timetable.ts'

/** English is the language the keys are checked against. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    returnNull: false
    resources: {
      shell: typeof shell
      errors: typeof errors
      'further-errors': typeof furtherErrors
      accounts: typeof accounts
      classes: typeof classes
      imports: typeof imports
      invites: typeof invites
      'live-board': typeof liveBoard
      admin: typeof admin
      policy: typeof policy
      guardian: typeof guardian
      installation: typeof installation
      overview: typeof overview
      people: typeof people
      presence: typeof presence
      reasons: typeof reasons
      refusals: typeof refusals
      photos: typeof photos
      requests: typeof requests
      sessions: typeof sessions
      student: typeof student
      audit: typeof audit
      structure: typeof structure
      timetable: typeof timetable
      moving: typeof moving
      'check-in': typeof checkIn
    }
  }
}
