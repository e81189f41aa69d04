import { randomUUID } from 'node:crypto'
import type { SubjectView } from '@app/contract'
import { auditChange } from '../../platform/audit/audit-change.ts'
import { changesBetween } from '../../platform/audit/changes-between.ts'
import type { Tx } from '../../platform/db/open.ts'
import { refusedAs } from '../../platform/db/violations.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { StructureDeps } from './structure-deps.ts'
import * as store from './subjects.store.ts'

type OneSubject = { actor: Actor; subjectId: string }

export async function listSubjects({ db }: StructureDeps, { actor }: { actor: Actor }): Promise<SubjectView[]> {
  requireRole(actor, 'admin', 'teacher')
  const subjects = await db.inInstitution(actor.institutionId, store.findSubjects)
  return subjects.map(toView)
}

/** @throws Failure `subject-code-taken` */
export async function createSubject(
  { db, now }: StructureDeps,
  { actor, ...subject }: store.SubjectFields & { actor: Actor },
): Promise<SubjectView> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  const id = randomUUID()
  return refusedAs({ unique: 'subject-code-taken' }, () =>
    db.inInstitution(institutionId, async (tx) => {
      const at = now()
      await requireDepartment(tx, subject.departmentId)
      await store.insertSubject(tx, { ...subject, institutionId, id, at })
      await auditChange(tx, actor, { at, action: 'subject-created', subjectId: id, oldValue: null, newValue: subject })
      return toView(await getSubject(tx, id))
    }),
  )
}

/** @throws Failure `not-found`, `subject-code-taken` */
export async function updateSubject(
  { db, now }: StructureDeps,
  { actor, subjectId, ...subject }: OneSubject & store.SubjectFields,
): Promise<SubjectView> {
  requireRole(actor, 'admin')
  return refusedAs({ unique: 'subject-code-taken' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const before = await getSubject(tx, subjectId)
      const changes = changesBetween(fieldsOf(before), subject)
      if (!changes) return toView(before)
      await requireDepartment(tx, subject.departmentId)
      await store.setSubject(tx, subjectId, subject)
      await auditChange(tx, actor, { at: now(), action: 'subject-changed', subjectId: subjectId, ...changes })
      return toView(await getSubject(tx, subjectId))
    }),
  )
}

/** @throws Failure `not-found`, `still-in-use` while a class of it is not archived */
export async function archiveSubject(
  { db, now }: StructureDeps,
  { actor, subjectId, archived }: OneSubject & { archived: boolean },
): Promise<SubjectView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const before = await getSubject(tx, subjectId)
    if (archived === (before.archivedAt !== null)) return toView(before)
    if (archived && (await store.hasClassesInUse(tx, subjectId))) throw new Failure('still-in-use')
    const at = now()
    const archivedAt = archived ? at : null
    await store.setSubjectArchived(tx, subjectId, archivedAt)
    const action = archived ? 'subject-archived' : 'subject-restored'
    await auditChange(tx, actor, {
      at,
      action,
      subjectId: subjectId,
      oldValue: { archived: !archived },
      newValue: { archived },
    })
    return toView({ ...before, archivedAt })
  })
}

/** @throws Failure `not-found`, `still-in-use` */
export async function deleteSubject({ db, now }: StructureDeps, { actor, subjectId }: OneSubject): Promise<void> {
  requireRole(actor, 'admin')
  await refusedAs({ reference: 'still-in-use' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const before = await getSubject(tx, subjectId)
      await store.deleteSubjectRow(tx, subjectId)
      await auditChange(tx, actor, {
        at: now(),
        action: 'subject-deleted',
        subjectId: subjectId,
        oldValue: fieldsOf(before),
        newValue: null,
      })
    }),
  )
}

async function requireDepartment(tx: Tx, departmentId: string | null): Promise<void> {
  if (departmentId === null || (await store.hasDepartment(tx, departmentId))) return
  throw new Failure('bad-input', { fields: [{ path: 'body.departmentId', message: 'no such department' }] })
}

async function getSubject(tx: Tx, subjectId: string): Promise<store.Subject> {
  const subject = await store.lockSubject(tx, subjectId)
  if (!subject) throw new Failure('not-found')
  return subject
}

const fieldsOf = ({ code, name, department }: store.Subject): store.SubjectFields => ({
  code,
  name,
  departmentId: department?.id ?? null,
})

const toView = (subject: store.Subject): SubjectView => ({
  ...subject,
  archivedAt: subject.archivedAt?.toISOString() ?? null,
})
