import { randomUUID } from 'node:crypto'
import type { ClassSummary } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { requireManagesClass } from './class-access.ts'
import { requireUsableTerm, restoreSubject } from './class-parts.ts'
import {
  type ClassRow,
  findClasses,
  findTeacherIds,
  insertClass,
  insertClassTeachers,
  putSubject,
} from './classes.store.ts'

type Deps = { db: Database; now: () => Date }

/** A teacher's own classes; all of them for an admin. */
export async function listClasses(
  { db, now }: Deps,
  { actor, archived }: { actor: Actor; archived: boolean },
): Promise<ClassSummary[]> {
  requireRole(actor, 'admin', 'teacher')
  const taughtBy = actor.roles.has('admin') ? null : actor.personId
  const filter = { taughtBy, classId: null, archived, at: now() }
  const classes = await db.inInstitution(actor.institutionId, (tx) => findClasses(tx, filter))
  return classes.map(toSummary)
}

export async function getClass({ db, now }: Deps, input: { actor: Actor; classId: string }): Promise<ClassSummary> {
  return db.inInstitution(input.actor.institutionId, async (tx) => {
    await requireManagesClass(tx, input.actor, input.classId)
    return readClass(tx, input.classId, now())
  })
}

export type NewClass = {
  actor: Actor
  name: string
  subjectCode: string
  subjectName: string
  teacherIds: readonly string[]
  termId: string | null
  room: string
}

/** The subject is made on the way when its code is new; when it is not, its name is kept, and an archived one comes back. */
export async function createClass({ db, now }: Deps, input: NewClass): Promise<ClassSummary> {
  const { actor } = input
  requireRole(actor, 'admin', 'teacher')
  const at = now()
  const classId = randomUUID()
  const { institutionId } = actor
  return db.inInstitution(institutionId, async (tx) => {
    const teacherIds = await chooseTeachers(tx, actor, input.teacherIds)
    const subject = { institutionId, id: randomUUID(), code: input.subjectCode, name: input.subjectName, at }
    const subjectId = await putSubject(tx, subject)
    await restoreSubject(tx, { actor, subjectId, at })
    const { name, termId } = input
    await requireUsableTerm(tx, termId)
    const room = input.room === '' ? null : input.room
    if (!(await insertClass(tx, { institutionId, id: classId, subjectId, name, termId, room, at })))
      throw new Failure('class-name-taken')
    await insertClassTeachers(tx, institutionId, classId, teacherIds)
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: actor.personId,
      action: 'class-created',
      subjectId: classId,
      sessionId: null,
      oldValue: null,
      newValue: { name, subjectId, termId, room, teacherIds },
      reason: null,
    })
    return readClass(tx, classId, at)
  })
}

/** A teacher teaches what they create; an admin names the teachers, or is one. */
async function chooseTeachers(tx: Tx, actor: Actor, named: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(named)]
  if (!actor.roles.has('admin') && wanted.some((id) => id !== actor.personId)) throw new Failure('not-allowed')
  if (wanted.length === 0 && actor.roles.has('teacher')) return [actor.personId]
  if (wanted.length === 0) throw wrongTeachers('a class needs a teacher')
  await requireTeachers(tx, wanted)
  return wanted
}

/** @throws Failure `bad-input` where one of them may not teach here */
export async function requireTeachers(tx: Tx, personIds: readonly string[]): Promise<void> {
  const teachers = await findTeacherIds(tx, personIds)
  if (teachers.length !== personIds.length) throw wrongTeachers('not all of them are teachers here')
}

const wrongTeachers = (message: string) => new Failure('bad-input', { fields: [{ path: 'body.teacherIds', message }] })

/** @throws Failure `not-found` */
export async function readClass(tx: Tx, classId: string, at: Date): Promise<ClassSummary> {
  const [found] = await findClasses(tx, { taughtBy: null, classId, archived: null, at })
  if (!found) throw new Failure('not-found')
  return toSummary(found)
}

const toSummary = (row: ClassRow): ClassSummary => ({
  ...row,
  room: row.room ?? '',
  archivedAt: row.archivedAt?.toISOString() ?? null,
})
