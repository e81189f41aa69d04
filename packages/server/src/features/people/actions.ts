import type { actOnPeople as actRoute, PassedOver, PeopleAction, ReplyOf, Selection } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { endLoginsOf, lockPeople, prepareInvites, queueInviteMails, revokeInvites } from '../accounts/index.ts'
import { type ActionDeps, toCards } from './invite-cards.ts'
import { idsOf } from './selection.ts'
import { listManaged, lockStaffing, type Managed, setStatusOf } from './staffing.store.ts'
import { mayChange, requireAnAdmin } from './staffing.ts'

type Request = { actor: Actor; action: PeopleAction; who: Selection }
type Work = { actor: Actor; action: PeopleAction; people: readonly Managed[]; at: Date }

/** How many of those who were passed over are named. */
const NAMED = 5

/**
 * Does one thing to many people in one transaction; whom it cannot be done to is passed over, and why.
 * @throws Failure `not-allowed`, `too-many-people`, `last-admin` where two admins disable each other
 */
export async function actOnPeople(
  deps: ActionDeps,
  { actor, action, who }: Request,
): Promise<ReplyOf<typeof actRoute>> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  const { mailPersonIds, ...done } = await deps.db.inInstitution(institutionId, async (tx) => {
    const at = deps.now()
    const ids = await idsOf(deps, tx, who)
    if (action === 'disable') await lockStaffing(tx)
    await lockPeople(tx, ids)
    const judged = (await listManaged(tx, ids, at)).map((person) => ({ person, because: why(actor, action, person) }))
    const people = judged.flatMap(({ person, because }) => (because === null ? [person] : []))
    const { cards, mailPersonIds } = await perform(deps, tx, { actor, action, people, at })
    return { changed: people.map(({ personId }) => personId), passedOver: grouped(judged), cards, mailPersonIds }
  })
  await queueInviteMails(deps, institutionId, mailPersonIds)
  return { ...done, mailed: mailPersonIds.length }
}

/** Why it is not done to this person; null when it is. */
function why(actor: Actor, action: PeopleAction, person: Managed): PassedOver | null {
  if (!mayChange(actor, person)) return 'owner'
  if (person.status === 'awaiting-approval') return 'awaiting-approval'
  if (action === 'revoke-invites') return person.hasOpenInvite ? null : 'nothing-to-revoke'
  if (action === 'enable') return person.status === 'disabled' ? null : 'not-disabled'
  if (person.status === 'disabled') return 'disabled'
  if (action === 'invite') return person.status === 'invited' ? null : 'account-in-use'
  if (person.personId === actor.personId) return 'yourself'
  return person.teaches ? 'still-teaches' : null
}

async function perform(deps: ActionDeps, tx: Tx, work: Work) {
  const { actor, action, people, at } = work
  const { institutionId } = actor
  const personIds = people.map(({ personId }) => personId)
  if (action === 'invite') {
    const { links, mailPersonIds } = await prepareInvites(deps, tx, {
      institutionId,
      by: actor.personId,
      personIds,
      at,
    })
    return { cards: toCards(links, people), mailPersonIds }
  }
  if (action === 'revoke-invites') await revokeInvites(tx, personIds, at)
  if (action === 'disable') await disablePeople(tx, people, at)
  if (action === 'enable')
    for (const status of ['active', 'invited'] as const)
      await setStatusOf(
        tx,
        people.filter((person) => enabled(person) === status).map(({ personId }) => personId),
        status,
      )
  await audit(tx, work)
  return { cards: [], mailPersonIds: [] }
}

/**
 * Nobody of them signs in, their sign-ins end, and their invites stop working.
 * @throws Failure `last-admin`
 */
export async function disablePeople(tx: Tx, people: readonly Managed[], at: Date): Promise<void> {
  const personIds = people.map(({ personId }) => personId)
  await setStatusOf(tx, personIds, 'disabled')
  if (people.some(({ roles }) => roles.includes('admin'))) await requireAnAdmin(tx)
  await endLoginsOf(tx, { personIds, at, because: 'disabled' })
  await revokeInvites(tx, personIds, at)
}

/** Whoever never had a password is invited once more. */
const enabled = ({ hasPassword }: Managed) => (hasPassword ? 'active' : 'invited')

const TOLD = { 'revoke-invites': 'invite-revoked', disable: 'person-disabled', enable: 'person-enabled' } as const

async function audit(tx: Tx, { actor, action, people, at }: Work): Promise<void> {
  if (action === 'invite') return
  const statusOf = (person: Managed) => (action === 'enable' ? enabled(person) : 'disabled')
  await appendAudit(
    tx,
    people.map((person) => ({
      institutionId: actor.institutionId,
      at,
      actorId: actor.personId,
      action: TOLD[action],
      subjectId: person.personId,
      sessionId: null,
      oldValue: action === 'revoke-invites' ? null : { status: person.status },
      newValue: action === 'revoke-invites' ? null : { status: statusOf(person) },
      reason: null,
    })),
  )
}

function grouped(judged: readonly { person: Managed; because: PassedOver | null }[]) {
  const groups = new Map<PassedOver, Managed[]>()
  for (const { person, because } of judged)
    if (because !== null) groups.set(because, [...(groups.get(because) ?? []), person])
  return [...groups].map(([because, people]) => ({
    because,
    count: people.length,
    people: people.slice(0, NAMED).map(({ personId, fullName }) => ({ personId, fullName })),
  }))
}
