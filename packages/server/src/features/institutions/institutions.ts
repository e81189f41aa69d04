import type { Policy } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { findInstitution, findPolicies, insertInstitutionRow, listInstitutionRows } from './institutions.store.ts'
import { readPolicy, storePolicy } from './policy.ts'

type Institution = {
  id: string
  name: string
  timeZone: string
  locale: string
  isDemo: boolean
  /** Nobody of it signs in. */
  isDisabled: boolean
  weekStart: number
  policy: Policy
}

/** The institution of the running transaction, with its whole policy. */
export async function getInstitution(tx: Tx): Promise<Institution> {
  const institution = await findInstitution(tx)
  return { ...institution, policy: readPolicy(institution.policy, {}) }
}

/** What holds in one class: its institution's policy with what was decided otherwise for it. @throws Failure `not-found` */
export async function getClassPolicy(tx: Tx, classId: string): Promise<Policy> {
  const stored = await findPolicies(tx, classId)
  if (!stored) throw new Failure('not-found')
  return readPolicy(stored.institution, stored.ofClass)
}

/** In a transaction that is inside the new institution already; `policy` holds what differs from the shipped one. */
export async function insertInstitution(
  tx: Tx,
  institution: {
    id: string
    name: string
    timeZone: string
    locale: string
    isDemo: boolean
    policy: Partial<Policy>
    at: Date
  },
): Promise<void> {
  await insertInstitutionRow(tx, { ...institution, policy: storePolicy(institution.policy) })
}

/** Every institution's name and what the sign-in page needs of it; asked outside the wall. */
export async function listInstallation(
  tx: Tx,
): Promise<{ id: string; name: string; isDemo: boolean; isDisabled: boolean; policy: Policy }[]> {
  return (await listInstitutionRows(tx)).map((row) => ({ ...row, policy: readPolicy(row.policy, {}) }))
}
