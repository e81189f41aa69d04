import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { findTeaching, isStudentOf } from './class-access.store.ts'

/**
 * For what only the class's own teachers may do: sessions, marks, codes.
 * @throws Failure `not-found` where this institution has no such class, `not-allowed` where the actor does not teach it
 */
export async function requireTeaches(tx: Tx, actor: Actor, classId: string): Promise<void> {
  const teaching = await findTeaching(tx, classId, actor.personId)
  if (!teaching) throw new Failure('not-found')
  if (!actor.roles.has('teacher') || !teaching.teaches) throw new Failure('not-allowed')
}

/** For what an admin of the institution may see and manage as well: lists, imports, boards, reports. */
export async function requireManagesClass(
  tx: Tx,
  actor: Pick<Actor, 'personId' | 'roles'>,
  classId: string,
): Promise<void> {
  const teaching = await findTeaching(tx, classId, actor.personId)
  if (!teaching) throw new Failure('not-found')
  if (actor.roles.has('admin')) return
  if (!actor.roles.has('teacher') || !teaching.teaches) throw new Failure('not-allowed')
}

/** @throws Failure `not-in-class` */
export async function requireStudentOf(tx: Tx, actor: Actor, classId: string): Promise<void> {
  if (!actor.roles.has('student') || !(await isStudentOf(tx, classId, actor.personId)))
    throw new Failure('not-in-class')
}

/**
 * For what its teachers, its students and the institution's admins may all see: that a session is there.
 * @throws Failure `not-found`, `not-allowed`
 */
export async function requireSeesClass(tx: Tx, actor: Actor, classId: string): Promise<void> {
  if (actor.roles.has('student') && (await isStudentOf(tx, classId, actor.personId))) return
  await requireManagesClass(tx, actor, classId)
}
