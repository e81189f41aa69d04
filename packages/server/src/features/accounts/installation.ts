import type { Database } from '../../platform/db/open.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { listInstallation } from '../institutions/index.ts'

/** What the pages before the sign-in need to know. */
export async function getInstallation({ db, mailer }: { db: Database; mailer: Mailer | null }) {
  const institutions = await db.outside(listInstallation)
  return {
    needsSetUp: institutions.length === 0,
    isDemo: institutions.some(({ isDemo }) => isDemo),
    mailIsSent: mailer !== null,
    signUpInstitutions: institutions
      .filter(({ policy, isDisabled }) => policy.teacherSignUp && !isDisabled)
      .map(({ id, name }) => ({ id, name })),
  }
}
