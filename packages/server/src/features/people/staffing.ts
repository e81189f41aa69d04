import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { lockPeople } from '../accounts/index.ts'
import { hasAdmin, listManaged, type Managed } from './staffing.store.ts'

/** Only an owner changes an owner: an admin could otherwise become one by way of their e-mail address. */
export const mayChange = (actor: Actor, person: Pick<Managed, 'roles'>) =>
  actor.roles.has('owner') || !person.roles.includes('owner')

/**
 * The person, whom nobody else changes until this transaction ends.
 * @throws Failure `not-found`, `not-allowed`
 */
export async function lockManaged(tx: Tx, actor: Actor, personId: string, at: Date): Promise<Managed> {
  await lockPeople(tx, [personId])
  const [person] = await listManaged(tx, [personId], at)
  if (!person) throw new Failure('not-found')
  if (!mayChange(actor, person)) throw new Failure('not-allowed')
  return person
}

/** Asked after a change, under the lock of `lockStaffing`. @throws Failure `last-admin` */
export async function requireAnAdmin(tx: Tx): Promise<void> {
  if (!(await hasAdmin(tx))) throw new Failure('last-admin')
}
