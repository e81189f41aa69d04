import type { Me } from '@app/contract'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getInstitution } from '../institutions/index.ts'
import { findPerson } from './people.store.ts'

/** @throws Failure `not-found` where the institution of the transaction has no such person */
export async function describeMe(tx: Tx, personId: string): Promise<Me> {
  const person = await findPerson(tx, personId)
  if (!person) throw new Failure('not-found')
  const { id, name, timeZone, locale, weekStart, isDemo } = await getInstitution(tx)
  return {
    personId: person.id,
    fullName: person.fullName,
    email: person.email,
    rollNo: person.rollNo,
    roles: person.roles,
    institution: { id, name, timeZone, locale, weekStart, isDemo },
  }
}

export function getMe({ db }: { db: Database }, actor: Actor): Promise<Me> {
  return db.inInstitution(actor.institutionId, (tx) => describeMe(tx, actor.personId))
}
