import type { getGuardianHistory as historyRoute, listGuardianStudents as listRoute, ReplyOf } from '@app/contract'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { listMarksOfStudent, listOpenSessionsOf, summariseSubjects } from '../check-in/index.ts'
import { listStudentsOf } from '../people/index.ts'

export type GuardianDeps = { db: Database; now: () => Date }

/** How many of the last marks stand on the first page. */
const LAST = 5

/** The students one is a guardian of: what is open, the last marks, and how they are doing. No face and no code. */
export async function listGuardianStudents(
  { db, now }: GuardianDeps,
  { actor }: { actor: Actor },
): Promise<ReplyOf<typeof listRoute>> {
  requireRole(actor, 'guardian')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const students: ReplyOf<typeof listRoute>['students'] = []
    for (const student of await listStudentsOf(tx, actor.personId))
      students.push({
        ...student,
        open: await viewOpen(tx, student.personId, now()),
        last: (await listMarksOfStudent(tx, student.personId, null)).slice(0, LAST).map(toRecord),
        subjects: await summariseSubjects(tx, student.personId),
      })
    return { students }
  })
}

/** All the marks of one of them, the newest first. @throws Failure `not-found` for anybody else's */
export async function getGuardianHistory(
  { db }: Pick<GuardianDeps, 'db'>,
  { actor, studentId }: { actor: Actor; studentId: string },
): Promise<ReplyOf<typeof historyRoute>> {
  requireRole(actor, 'guardian')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const student = (await listStudentsOf(tx, actor.personId)).find(({ personId }) => personId === studentId)
    if (!student) throw new Failure('not-found')
    return { fullName: student.fullName, records: (await listMarksOfStudent(tx, studentId, null)).map(toRecord) }
  })
}

async function viewOpen(tx: Tx, studentId: string, at: Date) {
  return (await listOpenSessionsOf(tx, studentId, at)).map(({ session, mark }) => ({
    sessionId: session.id,
    className: session.className,
    subjectName: session.subjectName,
    opensAt: session.opensAt,
    closesAt: session.closesAt,
    mark: mark && { status: mark.status, markedAt: mark.markedAt },
  }))
}

type Mark = Awaited<ReturnType<typeof listMarksOfStudent>>[number]

const toRecord = ({ sessionId, className, subjectName, opensAt, status, markedAt }: Mark) => ({
  sessionId,
  className,
  subjectName,
  opensAt: opensAt.toISOString(),
  status,
  markedAt: markedAt.toISOString(),
})
