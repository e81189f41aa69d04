import { randomUUID } from 'node:crypto'
import type { TestApp } from './app.ts'
import { aClass, anInstitution, aPerson, aSession, type TestClass, type TestPerson } from './builders.ts'
import { aGuardianship } from './builders-people.ts'

/** Every kind of caller there is, seen from one class of one institution. */
export const ACTORS = [
  'nobody',
  'student',
  'otherStudent',
  'teacher',
  'otherTeacher',
  'admin',
  'otherAdmin',
  'stranger',
  'guardian',
  'owner',
] as const
export type ActorName = (typeof ACTORS)[number]

export type AccessWorld = {
  /**
   * `otherStudent` and `otherTeacher` are of the same institution and another class; `otherAdmin` is of another
   * institution, where `stranger` is admin, teacher and student. `guardian` is the student's, `owner` nothing else.
   */
  actors: Record<Exclude<ActorName, 'nobody'>, TestPerson>
  class: TestClass
  app: TestApp
}

export async function anAccessWorld(app: TestApp): Promise<AccessWorld> {
  const here = await anInstitution(app, { name: 'Hill College' })
  const there = await anInstitution(app, { name: 'Valley School' })
  const actors = {
    student: await aPerson(app, here, { roles: ['student'] }),
    otherStudent: await aPerson(app, here, { roles: ['student'] }),
    teacher: await aPerson(app, here, { roles: ['teacher'] }),
    otherTeacher: await aPerson(app, here, { roles: ['teacher'] }),
    admin: await aPerson(app, here, { roles: ['admin'] }),
    otherAdmin: await aPerson(app, there, { roles: ['admin'] }),
    stranger: await aPerson(app, there, { roles: ['admin', 'teacher', 'student'] }),
    guardian: await aPerson(app, here, { roles: ['guardian'] }),
    owner: await aPerson(app, here, { roles: ['owner'] }),
  }
  await aGuardianship(app, { guardian: actors.guardian, student: actors.student, by: actors.admin })
  const taught = await aClass(app, here, { teachers: [actors.teacher], students: [actors.student] })
  await aClass(app, here, { teachers: [actors.otherTeacher], students: [actors.otherStudent] })
  await aClass(app, there, { teachers: [actors.stranger], students: [actors.stranger] })
  return { app, actors, class: taught }
}

/** A new open session of a new class with the same teacher and student: what one call does to it is not in the way of the next. */
export async function anotherSession({ app, actors }: AccessWorld): Promise<{ sessionId: string; classId: string }> {
  const institution = { id: actors.teacher.institutionId, name: '' }
  const of = await aClass(app, institution, { teachers: [actors.teacher], students: [actors.student] })
  const { id } = await aSession(app, of, { startedBy: actors.teacher })
  return { sessionId: id, classId: of.id }
}

/** Somebody of the class's institution who is in that class and has not used their invite. */
export async function anInvitedStudent(world: AccessWorld): Promise<TestPerson> {
  const { app, actors } = world
  const institution = { id: actors.teacher.institutionId, name: '' }
  const person = await aPerson(app, institution, { roles: ['student'], status: 'invited' })
  await aClass(app, institution, { teachers: [actors.teacher], students: [person] })
  return person
}

export function aWaitingTeacher({ app, actors }: AccessWorld): Promise<TestPerson> {
  const institution = { id: actors.admin.institutionId, name: '' }
  return aPerson(app, institution, { roles: ['teacher'], status: 'awaiting-approval' })
}

/** A challenge of the class's student that is already spent, so that its owner is told so and nobody else is. */
export async function aSpentChallenge(world: AccessWorld, purpose: 'check-in' | 'enrolment'): Promise<string> {
  const { app, actors } = world
  const id = randomUUID()
  const at = app.clock.now()
  const { sessionId } = await anotherSession(world)
  const { institutionId, id: personId, loginId } = actors.student
  await app.db.inInstitution(institutionId, (tx) =>
    tx
      .insertInto('challenges')
      .values({
        institution_id: institutionId,
        id,
        purpose,
        person_id: personId,
        login_id: loginId,
        session_id: purpose === 'check-in' ? sessionId : null,
        actions: ['blink', 'turn-left'],
        created_at: at,
        expires_at: new Date(at.getTime() + 60_000),
        spent_at: at,
      })
      .execute(),
  )
  return id
}

/** An enrolment of the class's student that waits for an admin. */
export async function anEnrolmentHold({ app, actors }: AccessWorld): Promise<string> {
  const id = randomUUID()
  const { institutionId } = actors.student
  const person = await aPerson(app, { id: institutionId, name: '' }, { roles: ['student'] })
  await app.db.inInstitution(institutionId, (tx) =>
    tx
      .insertInto('enrolment_holds')
      .values({
        institution_id: institutionId,
        id,
        person_id: person.id,
        looks_like_id: actors.student.id,
        model: 'a-model@1',
        key_version: 1,
        sealed: Buffer.from('sealed'),
        frames: 3,
        created_at: app.clock.now(),
        decided_at: null,
        decided_by: null,
        decision: null,
      })
      .execute(),
  )
  return id
}
