import type { ResultOf, inviteImported as route } from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { prepareInvites, queueInviteMails } from '../accounts/index.ts'
import { lockDraft } from './import-access.ts'
import { findInvitable } from './undo.store.ts'

type Deps = { db: Database; jobs: Jobs; mailer: Mailer | null; publicUrl: string; now: () => Date }

/** Invites for the people an import has made, as soon as somebody wants them: until then it can be undone unnoticed. */
export async function inviteImported(
  deps: Deps,
  { actor, importId }: { actor: Actor; importId: string },
): Promise<ResultOf<typeof route>> {
  const { institutionId, personId: by } = actor
  const { links, mailPersonIds } = await deps.db.inInstitution(institutionId, async (tx) => {
    await lockDraft(tx, actor, importId, ['taken'])
    const people = await findInvitable(tx, importId)
    const personIds = people.map((person) => person.personId)
    const invites = await prepareInvites(deps, tx, { institutionId, by, personIds, at: deps.now() })
    const inviteOf = new Map(invites.links.map(({ personId, link, code }) => [personId, { link, code }]))
    // In the order of the file.
    const named = people.flatMap(({ personId, rollNo, fullName }) => {
      const invite = inviteOf.get(personId)
      return invite === undefined ? [] : [{ personId, rollNo, fullName, ...invite }]
    })
    return { links: named, mailPersonIds: invites.mailPersonIds }
  })
  await queueInviteMails(deps, institutionId, mailPersonIds)
  return { mailed: mailPersonIds.length, links }
}
