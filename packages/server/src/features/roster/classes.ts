import { randomUUID } from 'node:crypto'
import type { ClassSummary } from '@app/contract'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { requireManagesClass } from './class-access.ts'
import {
  findClasses,
  findSubjects,
  findTeacherIds,
  insertClass,
  insertClassTeachers,
  putSubject,
  type Subject,
} from './classes.store.ts'

type Deps = { db: Database; now: () => Date }

export async function listSubjects({ db }: Deps, { actor }: { actor: Actor }): Promise<Subject[]> {
  requireRole(actor, 'admin', 'teacher')
  return db.inInstitution(actor.institutionId, findSubjects)
}

/** A teacher's own classes; all of them for an admin. */
export async function listClasses({ db, now }: Deps, { actor }: { actor: Actor }): Promise<ClassSummary[]> {
  requireRole(actor, 'admin', 'teacher')
  const taughtBy = actor.roles.has('admin') ? null : actor.personId
  return db.inInstitution(actor.institutionId, (tx) => findClasses(tx, { taughtBy, classId: null, at: now() }))
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
}

/** The subject is made on the way when its code is new; its name is kept when it is not. */
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
    if (!(await insertClass(tx, { institutionId, id: classId, subjectId, name: input.name, at })))
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
      newValue: { name: input.name, subjectId, teacherIds },
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
  const teachers = await findTeacherIds(tx, wanted)
  if (teachers.length !== wanted.length) throw wrongTeachers('not all of them are teachers here')
  return wanted
}

const wrongTeachers = (message: string) => new Failure('bad-input', { fields: [{ path: 'body.teacherIds', message }] })

async function readClass(tx: Tx, classId: string, at: Date): Promise<ClassSummary> {
  const [found] = await findClasses(tx, { taughtBy: null, classId, at })
  if (!found) throw new Failure('not-found')
  return found
}
