import type { ClassSummary } from '@app/contract'
import { auditChange } from '../../platform/audit/audit-change.ts'
import { changesBetween } from '../../platform/audit/changes-between.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { refusedAs } from '../../platform/db/violations.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { requireManagesClass } from './class-access.ts'
import {
  type ClassFields,
  deleteClassRow,
  deleteClassTeachers,
  lockClass,
  setClass,
  setClassArchived,
} from './class-changes.store.ts'
import { requireSubject, requireUsableTerm, restoreSubject } from './class-parts.ts'
import { insertClassTeachers } from './classes.store.ts'
import { readClass, requireTeachers } from './classes.ts'
import { findUnendedSessionOfClass } from './members.store.ts'

export type ClassChangesDeps = { db: Database; now: () => Date }

export type ClassChange = {
  actor: Actor
  classId: string
  name: string
  room: string
  subjectId: string
  termId: string | null
  teacherIds: readonly string[]
}

/**
 * Its own teachers change how a class is called and where it meets; what it is a part of and who teaches it is for an
 * admin.
 * @throws Failure `not-found`, `not-allowed`, `class-name-taken`, `bad-input`
 */
export function updateClass({ db, now }: ClassChangesDeps, input: ClassChange): Promise<ClassSummary> {
  const { actor, classId } = input
  return refusedAs({ unique: 'class-name-taken' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      await requireManagesClass(tx, actor, classId)
      const at = now()
      const { archivedAt, ...before } = await getClassFields(tx, classId)
      const after = fieldsOf(input)
      const changes = changesBetween(before, after)
      if (!changes) return readClass(tx, classId, at)
      if (!isOnly(changes.newValue, ['name', 'room'])) requireRole(actor, 'admin')
      await carryOut(tx, { actor, classId, before, after, at })
      await auditChange(tx, actor, { at, action: 'class-changed', subjectId: classId, ...changes })
      return readClass(tx, classId, at)
    }),
  )
}

const fieldsOf = ({ name, room, subjectId, termId, teacherIds }: ClassChange): ClassFields => ({
  name,
  room: room === '' ? null : room,
  subjectId,
  termId,
  teacherIds: [...new Set(teacherIds)].sort(),
})

const isOnly = (values: object, names: readonly string[]) => Object.keys(values).every((name) => names.includes(name))

type Change = { actor: Actor; classId: string; before: ClassFields; after: ClassFields; at: Date }

async function carryOut(tx: Tx, { actor, classId, before, after, at }: Change): Promise<void> {
  if (after.termId !== before.termId) await requireUsableTerm(tx, after.termId)
  if (after.subjectId !== before.subjectId) {
    await requireSubject(tx, after.subjectId)
    await restoreSubject(tx, { actor, subjectId: after.subjectId, at })
  }
  await setClass(tx, classId, after)
  // Whoever taught it already may go on, with an account or without.
  const added = after.teacherIds.filter((id) => !before.teacherIds.includes(id))
  await requireTeachers(tx, added)
  const removed = before.teacherIds.filter((id) => !after.teacherIds.includes(id))
  await deleteClassTeachers(tx, classId, removed)
  await insertClassTeachers(tx, actor.institutionId, classId, added)
}

type OneClass = { actor: Actor; classId: string }

/** @throws Failure `not-found`, `class-has-open-session` */
export function archiveClass(
  { db, now }: ClassChangesDeps,
  { actor, classId, archived }: OneClass & { archived: boolean },
): Promise<ClassSummary> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const at = now()
    const before = await getClassFields(tx, classId)
    if (archived !== (before.archivedAt !== null)) {
      await setClassArchived(tx, classId, archived ? at : null)
      // After it is archived: a start that saw it as it was has committed, or finds it archived.
      if (archived && (await findUnendedSessionOfClass(tx, classId)) !== null)
        throw new Failure('class-has-open-session')
      await auditChange(tx, actor, {
        at,
        action: archived ? 'class-archived' : 'class-restored',
        subjectId: classId,
        oldValue: { archived: !archived },
        newValue: { archived },
      })
    }
    return readClass(tx, classId, at)
  })
}

/** Only while nothing but its teachers and its timetable refers to it. @throws Failure `not-found`, `still-in-use` */
export function deleteClass({ db, now }: ClassChangesDeps, { actor, classId }: OneClass): Promise<void> {
  requireRole(actor, 'admin')
  return refusedAs({ reference: 'still-in-use' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const { archivedAt, ...before } = await getClassFields(tx, classId)
      await deleteClassRow(tx, classId)
      await auditChange(tx, actor, {
        at: now(),
        action: 'class-deleted',
        subjectId: classId,
        oldValue: before,
        newValue: null,
      })
    }),
  )
}

async function getClassFields(tx: Tx, classId: string): Promise<ClassFields & { archivedAt: Date | null }> {
  const fields = await lockClass(tx, classId)
  if (!fields) throw new Failure('not-found')
  return fields
}
