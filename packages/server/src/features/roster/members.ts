import { compareRollNos, type Stay } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { findMembers, findStays } from './members.store.ts'

export type ListedStudent = { personId: string; rollNo: string; fullName: string }
export type ListedMember = ListedStudent & { stays: Stay[] }

/**
 * The students a session counts for (`countsFor` of the domain), by roll number.
 * @param session.until when it ended; while it is open, when it closes
 */
export async function listStudentsForSession(
  tx: Tx,
  session: { classId: string; opensAt: Date; until: Date },
): Promise<ListedStudent[]> {
  const members = await findMembers(tx, session.classId, { from: session.opensAt, to: session.until })
  return members
    .map(({ personId, rollNo, fullName }) => ({ personId, rollNo: rollNo ?? '', fullName }))
    .sort((a, b) => compareRollNos(a.rollNo, b.rollNo) || compareRollNos(a.fullName, b.fullName))
}

/** Who was in a class at some time of the window, by roll number, with all their stays in it. */
export async function listMembers(tx: Tx, classId: string, window: { from: Date; to: Date }): Promise<ListedMember[]> {
  const students = await listStudentsForSession(tx, { classId, opensAt: window.from, until: window.to })
  const stays = await findStays(tx, classId)
  return students.map((student) => ({ ...student, stays: stays.get(student.personId) ?? [] }))
}
