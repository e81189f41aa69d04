import { randomUUID } from 'node:crypto'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { queueInviteMails } from './invite-mails.ts'
import { insertPerson, listStaffMembers, lockPerson, type Person, teachesStudent } from './people.store.ts'
import { handedOver, prepareInvites } from './prepare-invites.ts'

type Deps = { db: Database; jobs: Jobs; mailer: Mailer | null; publicUrl: string; now: () => Date }

export async function listStaff({ db }: Pick<Deps, 'db'>, actor: Actor) {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, listStaffMembers)
}

/** @throws Failure `email-taken` */
export async function inviteTeacher(
  deps: Deps,
  input: { actor: Actor; fullName: string; email: string; roles: ('admin' | 'teacher')[] },
) {
  requireRole(input.actor, 'admin')
  const { actor, fullName, email, roles } = input
  const { institutionId } = actor
  const at = deps.now()
  const personId = randomUUID()
  const prepared = await deps.db.inInstitution(institutionId, async (tx) => {
    const person = { institutionId, id: personId, fullName, email, passwordHash: null, roles, at }
    if (!(await insertPerson(tx, { ...person, status: 'invited' }))) throw new Failure('email-taken')
    return invite(deps, tx, { actor, person: { id: personId, email }, at })
  })
  return send(deps, institutionId, prepared)
}

/**
 * A new link for somebody who has not used theirs. Admins may for anybody but an owner; a teacher for the students they
 * teach, but not for one who is more than a student, or whom others teach too: whoever makes a link could use it.
 * @throws Failure `not-allowed`, `not-found`, `already-done` when the account is in use
 */
export async function reinvitePerson(deps: Deps, { actor, personId }: { actor: Actor; personId: string }) {
  requireRole(actor, 'admin', 'teacher')
  const prepared = await deps.db.inInstitution(actor.institutionId, async (tx) => {
    const person = await lockPerson(tx, personId)
    if (!person) throw new Failure('not-found')
    await requireMayInvite(tx, actor, person)
    if (person.status !== 'invited') throw new Failure('already-done')
    const prepared = await invite(deps, tx, { actor, person, at: deps.now() })
    // A student who had an account before is invited by an admin alone.
    if (prepared.sentTo === null && prepared.link === null) throw new Failure('not-allowed')
    return prepared
  })
  return send(deps, actor.institutionId, prepared)
}

async function requireMayInvite(tx: Tx, actor: Actor, person: Person) {
  if (person.roles.includes('owner') && !actor.roles.has('owner')) throw new Failure('not-allowed')
  if (actor.roles.has('admin')) return
  const isStudentOnly = person.roles.every((role) => role === 'student')
  if (!isStudentOnly || !(await teachesStudent(tx, { teacherId: actor.personId, studentId: person.id })))
    throw new Failure('not-allowed')
}

type Prepared = { personId: string; sentTo: string | null; link: string | null; code: string | null }

async function invite(
  deps: Deps,
  tx: Tx,
  { actor, person, at }: { actor: Actor; person: { id: string; email: string | null }; at: Date },
): Promise<Prepared> {
  const { institutionId } = actor
  const { links, mailPersonIds } = await prepareInvites(deps, tx, {
    institutionId,
    by: actor.personId,
    personIds: [person.id],
    at,
  })
  if (links.length + mailPersonIds.length === 0) throw new Failure('not-allowed')
  return {
    personId: person.id,
    sentTo: mailPersonIds.length > 0 ? person.email : null,
    ...handedOver(links),
  }
}

async function send(deps: Deps, institutionId: string, prepared: Prepared) {
  if (prepared.sentTo !== null) await queueInviteMails(deps, institutionId, [prepared.personId])
  return prepared
}
