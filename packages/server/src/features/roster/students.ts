import type { ClassStudent } from '@app/contract'
import { compareRollNos } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { requireManagesClass } from './class-access.ts'
import { endStay, findClassStudents, type StudentRow } from './students.store.ts'
import { tellBoards } from './tell-boards.ts'

type Deps = { db: Database; now: () => Date }
export type ListDeps = { db: Database; faceModel: FaceModel }

/** The students of a class now, by roll number. */
export async function listClassStudents(
  { db, faceModel }: ListDeps,
  { actor, classId }: { actor: Actor; classId: string },
): Promise<ClassStudent[]> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    const students = await findClassStudents(tx, classId, faceModel.name)
    return students.map(toClassStudent).sort((a, b) => compareRollNos(a.rollNo, b.rollNo))
  })
}

/** Ends the stay; records of what was stay, and so does the account. */
export async function removeStudent(
  { db, now }: Deps,
  { actor, classId, personId }: { actor: Actor; classId: string; personId: string },
): Promise<void> {
  const at = now()
  const { institutionId } = actor
  await db.inInstitution(institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    if (!(await endStay(tx, classId, personId, at))) throw new Failure('not-found')
    await appendAudit(tx, {
      institutionId,
      at,
      actorId: actor.personId,
      action: 'student-removed',
      subjectId: personId,
      sessionId: null,
      oldValue: { classId },
      newValue: null,
      reason: null,
    })
    await tellBoards(tx, { institutionId, classId, at })
  })
}

function toClassStudent(student: StudentRow): ClassStudent {
  const { personId, fullName, email, phone, batch, department } = student
  return {
    personId,
    rollNo: student.rollNo ?? '',
    fullName,
    email,
    phone,
    batch,
    department,
    account: student.status === 'awaiting-approval' ? 'invited' : student.status,
    face: faceOf(student),
    cannotDo: student.cannotDo,
  }
}

function faceOf({
  isHeld,
  hasTemplate,
  isUnverified,
  hasOtherTemplate,
  mayEnrolAgain,
  enrolledOnce,
}: StudentRow): ClassStudent['face'] {
  if (isHeld) return 'held'
  if (isUnverified) return 'unverified'
  if (hasTemplate) return mayEnrolAgain ? 'may-enrol-again' : 'enrolled'
  if (hasOtherTemplate) return 'may-enrol-again'
  if (!enrolledOnce) return 'none'
  return mayEnrolAgain ? 'may-enrol-again' : 'needs-approval'
}
