import type { Role } from '@app/contract'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { requireManagesClass } from '../roster/index.ts'
import { findAsker } from './import-states.store.ts'
import { findImport, type Import, lockImport } from './imports.store.ts'

/** Admins import anything; a teacher imports students into a class of theirs. */
export async function requireMayImport(
  tx: Tx,
  actor: Actor,
  { kind, classId }: { kind: string | null; classId: string | null },
): Promise<void> {
  requireRole(actor, 'admin', 'teacher')
  if (classId !== null) await requireManagesClass(tx, actor, classId)
  if (actor.roles.has('admin')) return
  if (classId === null || (kind !== null && kind !== 'students')) throw new Failure('not-allowed')
}

/**
 * An import that the actor may see and go on with: any of the institution for an admin, a teacher's own while they
 * teach its class.
 * @throws Failure `not-found`, `not-allowed`
 */
export async function getOwnImport(
  tx: Tx,
  actor: Actor,
  importId: string,
  { isLocked = false }: { isLocked?: boolean } = {},
): Promise<Import> {
  requireRole(actor, 'admin', 'teacher')
  const found = await (isLocked ? lockImport(tx, importId) : findImport(tx, importId))
  if (!found || found.state === 'reading') throw new Failure('not-found')
  if (actor.roles.has('admin')) return found
  if (found.createdBy.id !== actor.personId) throw new Failure('not-allowed')
  await requireMayImport(tx, actor, { kind: found.kind, classId: found.class?.id ?? null })
  return found
}

/** The same for what changes a draft. @throws Failure `already-done` */
export async function lockDraft(tx: Tx, actor: Actor, importId: string, states: Import['state'][]): Promise<Import> {
  const found = await getOwnImport(tx, actor, importId, { isLocked: true })
  if (!states.includes(found.state)) throw new Failure('already-done')
  return found
}

/**
 * Whoever asked for what the server now does in its own time, if they still may.
 * @throws Failure `not-allowed`
 */
export async function requireAsker(
  tx: Tx,
  found: Import,
  asked: 'taken_by' | 'undone_by',
): Promise<{ personId: string; roles: ReadonlySet<Role> }> {
  const asker = await findAsker(tx, found.id, asked)
  if (asker?.status !== 'active') throw new Failure('not-allowed')
  const by = { personId: asker.personId, roles: new Set(asker.roles as Role[]) }
  if (!by.roles.has('admin') && found.class === null) throw new Failure('not-allowed')
  if (found.class !== null) await requireManagesClass(tx, by, found.class.id)
  return by
}
