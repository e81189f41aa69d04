import type { InviteCard, InviteSheet, Selection } from '@app/contract'
import { compareRollNos } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { prepareInvites } from '../accounts/index.ts'
import { getInstitution } from '../institutions/index.ts'
import { findInvitedStudents, requireManagesClass } from '../roster/index.ts'
import { idsOf } from './selection.ts'
import { listManaged, type Managed } from './staffing.store.ts'

export type ActionDeps = {
  db: Database
  jobs: Jobs
  mailer: Mailer | null
  publicUrl: string
  faceModel: FaceModel
  now: () => Date
}

type Named = Pick<Managed, 'personId' | 'fullName' | 'rollNo' | 'email'>
type Link = { personId: string; link: string; code: string; expiresAt: Date }

/** What is handed to each: by roll number, then by name. */
export function toCards(links: readonly Link[], people: readonly Named[]): InviteCard[] {
  const byId = new Map(people.map((person) => [person.personId, person]))
  const cards = links.flatMap(({ personId, link, code, expiresAt }) => {
    const person = byId.get(personId)
    if (!person) return []
    const { rollNo, fullName, email } = person
    return [
      { personId, rollNo, fullName, signInName: email ?? rollNo ?? '', link, code, expiresAt: expiresAt.toISOString() },
    ]
  })
  return cards.sort((a, b) => compareRollNos(a.rollNo ?? '', b.rollNo ?? '') || compareRollNos(a.fullName, b.fullName))
}

/** Invites to print for whoever was chosen. @throws Failure `not-allowed`, `too-many-people` */
export async function makeInviteSheet(
  deps: ActionDeps,
  { actor, who }: { actor: Actor; who: Selection },
): Promise<InviteSheet> {
  requireRole(actor, 'admin')
  return deps.db.inInstitution(actor.institutionId, async (tx) =>
    makeSheet(deps, tx, actor, await idsOf(deps, tx, who)),
  )
}

/** The same for a class. A teacher gets no card of a student who has had an account. @throws Failure `not-found`, `not-allowed` */
export async function makeClassInviteSheet(
  deps: ActionDeps,
  { actor, classId }: { actor: Actor; classId: string },
): Promise<InviteSheet> {
  return deps.db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    return makeSheet(
      deps,
      tx,
      actor,
      (await findInvitedStudents(tx, classId)).map(({ personId }) => personId),
    )
  })
}

async function makeSheet(deps: ActionDeps, tx: Tx, actor: Actor, personIds: readonly string[]): Promise<InviteSheet> {
  const at = deps.now()
  const { institutionId } = actor
  // A card is for whoever stands there: nothing is mailed, to those with an address either.
  const byHand = { publicUrl: deps.publicUrl, mailer: null }
  const { links } = await prepareInvites(byHand, tx, { institutionId, by: actor.personId, personIds, at })
  const cards = toCards(links, await listManaged(tx, personIds, at))
  const { name } = await getInstitution(tx)
  return { institutionName: name, address: deps.publicUrl, cards, passedOver: personIds.length - cards.length }
}
