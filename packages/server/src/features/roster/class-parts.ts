import { auditChange } from '../../platform/audit/audit-change.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { findClassState, findTermState, hasSubject, setSubjectRestored } from './class-parts.store.ts'

/** @throws Failure `bad-input` where there is no such term, or it is archived */
export async function requireUsableTerm(tx: Tx, termId: string | null): Promise<void> {
  if (termId === null) return
  const term = await findTermState(tx, termId)
  if (!term || term.isArchived) throw wrongField('termId', term ? 'archived' : 'no such term')
}

/** @throws Failure `bad-input` */
export async function requireSubject(tx: Tx, subjectId: string): Promise<void> {
  if (!(await hasSubject(tx, subjectId))) throw wrongField('subjectId', 'no such subject')
}

const wrongField = (field: string, message: string) =>
  new Failure('bad-input', { fields: [{ path: `body.${field}`, message }] })

/** A subject that gets a class again is archived no longer. */
export async function restoreSubject(
  tx: Tx,
  { actor, subjectId, at }: { actor: Actor; subjectId: string; at: Date },
): Promise<void> {
  if (!(await setSubjectRestored(tx, subjectId))) return
  await auditChange(tx, actor, {
    at,
    action: 'subject-restored',
    subjectId,
    oldValue: { archived: true },
    newValue: { archived: false },
  })
}

/**
 * For what an archived class takes no more: sessions, students, times. The class stays as it is until the transaction
 * ends; ask after a session has been locked, never before.
 * @throws Failure `not-found`, `class-archived`
 */
export async function requireClassInUse(tx: Tx, classId: string): Promise<void> {
  const found = await findClassState(tx, classId)
  if (!found) throw new Failure('not-found')
  if (found.isArchived) throw new Failure('class-archived')
}
