import { randomUUID } from 'node:crypto'
import type { DepartmentView } from '@app/contract'
import { auditChange } from '../../platform/audit/audit-change.ts'
import type { Tx } from '../../platform/db/open.ts'
import { refusedAs } from '../../platform/db/violations.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import * as store from './departments.store.ts'
import type { StructureDeps } from './structure-deps.ts'

type OneDepartment = { actor: Actor; departmentId: string }

export async function listDepartments({ db }: StructureDeps, { actor }: { actor: Actor }): Promise<DepartmentView[]> {
  requireRole(actor, 'admin', 'teacher')
  const departments = await db.inInstitution(actor.institutionId, store.findDepartments)
  return departments.map(toView)
}

/** @throws Failure `department-name-taken` */
export async function createDepartment(
  { db, now }: StructureDeps,
  { actor, name }: { actor: Actor; name: string },
): Promise<DepartmentView> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  const id = randomUUID()
  return refusedAs({ unique: 'department-name-taken' }, () =>
    db.inInstitution(institutionId, async (tx) => {
      const at = now()
      await store.insertDepartment(tx, { institutionId, id, name, at })
      await auditChange(tx, actor, {
        at,
        action: 'department-created',
        subjectId: id,
        oldValue: null,
        newValue: { name },
      })
      // A sheet may have named it before anybody made it.
      return toView(await getDepartment(tx, id))
    }),
  )
}

/** Renames it, on the people too who carry its name. @throws Failure `not-found`, `department-name-taken` */
export async function renameDepartment(
  { db, now }: StructureDeps,
  { actor, departmentId, name }: OneDepartment & { name: string },
): Promise<DepartmentView> {
  requireRole(actor, 'admin')
  return refusedAs({ unique: 'department-name-taken' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const before = await getDepartment(tx, departmentId)
      if (before.name === name) return toView(before)
      await store.setDepartmentName(tx, { id: departmentId, before: before.name, name })
      const people = { people: before.peopleCount }
      await auditChange(tx, actor, {
        at: now(),
        action: 'department-renamed',
        subjectId: departmentId,
        oldValue: { name: before.name },
        newValue: { name, ...people },
      })
      return toView(await getDepartment(tx, departmentId))
    }),
  )
}

/** Takes it off the lists to choose from; subjects and people keep it. @throws Failure `not-found` */
export async function archiveDepartment(
  { db, now }: StructureDeps,
  { actor, departmentId, archived }: OneDepartment & { archived: boolean },
): Promise<DepartmentView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const before = await getDepartment(tx, departmentId)
    if (archived === (before.archivedAt !== null)) return toView(before)
    const at = now()
    const archivedAt = archived ? at : null
    await store.setDepartmentArchived(tx, departmentId, archivedAt)
    const action = archived ? 'department-archived' : 'department-restored'
    await auditChange(tx, actor, {
      at,
      action,
      subjectId: departmentId,
      oldValue: { archived: !archived },
      newValue: { archived },
    })
    return toView({ ...before, archivedAt })
  })
}

/** @throws Failure `not-found`, `still-in-use` */
export async function deleteDepartment(
  { db, now }: StructureDeps,
  { actor, departmentId }: OneDepartment,
): Promise<void> {
  requireRole(actor, 'admin')
  await refusedAs({ reference: 'still-in-use' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const { name, peopleCount } = await getDepartment(tx, departmentId)
      if (peopleCount > 0) throw new Failure('still-in-use')
      await store.deleteDepartmentRow(tx, departmentId)
      await auditChange(tx, actor, {
        at: now(),
        action: 'department-deleted',
        subjectId: departmentId,
        oldValue: { name },
        newValue: null,
      })
    }),
  )
}

async function getDepartment(tx: Tx, departmentId: string): Promise<store.Department> {
  const department = await store.lockDepartment(tx, departmentId)
  if (!department) throw new Failure('not-found')
  return department
}

const toView = (department: store.Department): DepartmentView => ({
  ...department,
  archivedAt: department.archivedAt?.toISOString() ?? null,
})
