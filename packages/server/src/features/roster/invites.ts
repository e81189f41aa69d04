import type { ReplyOf, inviteClassStudents as route } from '@app/contract'
import { compareRollNos } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { prepareInvites, queueInviteMails } from '../accounts/index.ts'
import { requireManagesClass } from './class-access.ts'
import { findInvitedStudents } from './students.store.ts'

export type Deps = { db: Database; jobs: Jobs; mailer: Mailer | null; publicUrl: string; now: () => Date }
type Links = ReplyOf<typeof route>['links']

/** New links for the students of a class who have not used theirs; the earlier ones stop working. */
export async function inviteClassStudents(
  deps: Deps,
  { actor, classId }: { actor: Actor; classId: string },
): Promise<{ mailed: number; links: Links }> {
  const { institutionId } = actor
  const { links, mailPersonIds } = await deps.db.inInstitution(institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const students = await findInvitedStudents(tx, classId)
    return inviteStudents(deps, tx, { actor, students, at: deps.now() })
  })
  await queueInviteMails(deps, institutionId, mailPersonIds)
  return { mailed: mailPersonIds.length, links }
}

type InvitedStudent = { personId: string; rollNo: string; fullName: string }

/** Makes the invites; the links that nobody is mailed come back by roll number. Queue the mails after the commit. */
async function inviteStudents(
  deps: { mailer: Mailer | null; publicUrl: string },
  tx: Tx,
  { actor, students, at }: { actor: Actor; students: readonly InvitedStudent[]; at: Date },
): Promise<{ links: Links; mailPersonIds: string[] }> {
  const byId = new Map(students.map((student) => [student.personId, student]))
  const { links, mailPersonIds } = await prepareInvites(deps, tx, {
    institutionId: actor.institutionId,
    by: actor.personId,
    personIds: [...byId.keys()],
    at,
  })
  const named = links.flatMap(({ personId, link, code }) => {
    const student = byId.get(personId)
    return student ? [{ personId, rollNo: student.rollNo, fullName: student.fullName, link, code }] : []
  })
  return { links: named.sort((a, b) => compareRollNos(a.rollNo, b.rollNo)), mailPersonIds }
}
