import { compareRollNos } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { findMember, findMembers, type Member } from './members.store.ts'

export type ListedStudent = { personId: string; rollNo: string; fullName: string }

type SessionOfClass = { classId: string; opensAt: Date; until: Date }

/**
 * The students a session counts for (`countsFor` of the domain), by roll number.
 * @param session.until when it ended; while it is open, when it closes
 */
export async function listStudentsForSession(tx: Tx, session: SessionOfClass): Promise<ListedStudent[]> {
  const members = await findMembers(tx, session.classId, { from: session.opensAt, to: session.until })
  return members
    .map(toListed)
    .sort((a, b) => compareRollNos(a.rollNo, b.rollNo) || compareRollNos(a.fullName, b.fullName))
}

/** One of them; null when the session does not count for this person. */
export async function findStudentForSession(
  tx: Tx,
  session: SessionOfClass,
  personId: string,
): Promise<ListedStudent | null> {
  const member = await findMember(tx, session.classId, { from: session.opensAt, to: session.until }, personId)
  return member && toListed(member)
}

const toListed = ({ personId, rollNo, fullName }: Member): ListedStudent => ({
  personId,
  rollNo: rollNo ?? '',
  fullName,
})
