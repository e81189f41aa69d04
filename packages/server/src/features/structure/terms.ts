import { randomUUID } from 'node:crypto'
import type { TermView } from '@app/contract'
import { auditChange } from '../../platform/audit/audit-change.ts'
import { changesBetween } from '../../platform/audit/changes-between.ts'
import type { Tx } from '../../platform/db/open.ts'
import { refusedAs } from '../../platform/db/violations.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { StructureDeps } from './structure-deps.ts'
import * as store from './terms.store.ts'

export async function listTerms({ db }: StructureDeps, { actor }: { actor: Actor }): Promise<TermView[]> {
  requireRole(actor, 'admin', 'teacher')
  const terms = await db.inInstitution(actor.institutionId, store.findTerms)
  return terms.map(toView)
}

/** @throws Failure `term-name-taken` */
export async function createTerm(
  { db, now }: StructureDeps,
  { actor, ...term }: store.NamedDays & { actor: Actor },
): Promise<TermView> {
  requireRole(actor, 'admin')
  const id = randomUUID()
  const { institutionId } = actor
  return refusedAs({ unique: 'term-name-taken' }, () =>
    db.inInstitution(institutionId, async (tx) => {
      const at = now()
      await store.insertTerm(tx, { ...term, institutionId, id, at })
      await auditChange(tx, actor, { at, action: 'term-created', subjectId: id, oldValue: null, newValue: term })
      return toView({ ...term, id, classCount: 0, archivedAt: null })
    }),
  )
}

/** @throws Failure `not-found`, `term-name-taken` */
export async function updateTerm(
  { db, now }: StructureDeps,
  { actor, termId, ...term }: store.NamedDays & { actor: Actor; termId: string },
): Promise<TermView> {
  requireRole(actor, 'admin')
  return refusedAs({ unique: 'term-name-taken' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const before = await getTerm(tx, termId)
      const changes = changesBetween(daysOf(before), term)
      if (!changes) return toView(before)
      await store.setTerm(tx, termId, term)
      await auditChange(tx, actor, { at: now(), action: 'term-changed', subjectId: termId, ...changes })
      return toView({ ...before, ...term })
    }),
  )
}

/**
 * Archives a term and the classes in it that were not archived yet; brought back, those come back with it that were
 * archived in the same moment.
 * @throws Failure `not-found`, `class-has-open-session`
 */
export async function archiveTerm(
  { db, now }: StructureDeps,
  { actor, termId, archived }: { actor: Actor; termId: string; archived: boolean },
): Promise<TermView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const before = await getTerm(tx, termId)
    if (archived === (before.archivedAt !== null)) return toView(before)
    const at = now()
    const archivedAt = archived ? at : null
    await store.setTermArchived(tx, termId, archivedAt)
    const classIds =
      before.archivedAt === null
        ? await store.archiveClassesOf(tx, termId, at)
        : await store.restoreClassesOf(tx, termId, before.archivedAt)
    // After the classes are archived: a start that saw them as they were has committed, or finds them archived.
    if (archived && (await store.hasOpenSession(tx, classIds))) throw new Failure('class-has-open-session')
    await auditChange(tx, actor, {
      at,
      action: archived ? 'term-archived' : 'term-restored',
      subjectId: termId,
      oldValue: { archived: !archived },
      newValue: { archived, classIds },
    })
    return toView({ ...before, archivedAt })
  })
}

/** @throws Failure `not-found`, `still-in-use` */
export async function deleteTerm(
  { db, now }: StructureDeps,
  { actor, termId }: { actor: Actor; termId: string },
): Promise<void> {
  requireRole(actor, 'admin')
  await refusedAs({ reference: 'still-in-use' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const before = await getTerm(tx, termId)
      await store.deleteTermRow(tx, termId)
      await auditChange(tx, actor, {
        at: now(),
        action: 'term-deleted',
        subjectId: termId,
        oldValue: daysOf(before),
        newValue: null,
      })
    }),
  )
}

async function getTerm(tx: Tx, termId: string): Promise<store.Term> {
  const term = await store.lockTerm(tx, termId)
  if (!term) throw new Failure('not-found')
  return term
}

const daysOf = ({ name, startsOn, endsOn }: store.NamedDays): store.NamedDays => ({ name, startsOn, endsOn })

const toView = (term: store.Term): TermView => ({ ...term, archivedAt: term.archivedAt?.toISOString() ?? null })
