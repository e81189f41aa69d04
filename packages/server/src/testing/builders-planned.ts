import { randomUUID } from 'node:crypto'
import { type BodyOf, type Method, planSession } from '@app/contract'
import type { TestApp } from './app.ts'
import { aClass, anInstitution, aPerson, type TestClass, type TestPerson, type TestSession } from './builders.ts'

const MINUTE_MS = 60_000

/** A planned hour that is late after ten minutes, `inMinutes` from the clock's now. */
export async function aPlannedSession(
  { db, deps }: TestApp,
  of: TestClass,
  given: {
    plannedBy: { id: string }
    inMinutes?: number
    minutes?: number
    methods?: Method[]
    room?: string
    slot?: { id: string; day: string }
  },
): Promise<TestSession> {
  const id = randomUUID()
  const opensAt = new Date(deps.now().getTime() + (given.inMinutes ?? 0) * MINUTE_MS)
  const after = (minutes: number) => new Date(opensAt.getTime() + minutes * MINUTE_MS)
  const closesAt = after(given.minutes ?? 60)
  await db.inInstitution(of.institutionId, (tx) =>
    tx
      .insertInto('sessions')
      .values({
        institution_id: of.institutionId,
        id,
        class_id: of.id,
        opens_at: opensAt,
        late_after: after(10),
        closes_at: closesAt,
        methods: given.methods ?? ['face', 'code'],
        planned_by: given.plannedBy.id,
        planned_opens_at: opensAt,
        planned_closes_at: closesAt,
        room: given.room ?? null,
        slot_id: given.slot?.id ?? null,
        slot_date: given.slot?.day ?? null,
      })
      .execute(),
  )
  return { id, institutionId: of.institutionId, classId: of.id }
}

/** A class with its people. */
export type Place = { teacher: TestPerson; admin: TestPerson; student: TestPerson; class: TestClass }

/** A class somewhere in the world; the clock stands at nine in the morning UTC on Monday, 2 March 2026. */
export async function aClassIn(test: TestApp, timeZone: string): Promise<Place> {
  const institution = await anInstitution(test, { timeZone })
  const teacher = await aPerson(test, institution, { roles: ['teacher'] })
  const admin = await aPerson(test, institution, { roles: ['admin'] })
  const student = await aPerson(test, institution, { roles: ['student'] })
  return {
    teacher,
    admin,
    student,
    class: await aClass(test, institution, { teachers: [teacher], students: [student] }),
  }
}

/** One session, planned by its teacher: an hour that is late after ten minutes, unless `body` says otherwise. */
export const planOne = (
  test: TestApp,
  place: Place,
  body: Partial<BodyOf<typeof planSession>> & { day: string; startsAt: string },
) =>
  test.call(planSession, {
    as: place.teacher,
    params: { classId: place.class.id },
    body: { room: '', minutes: 60, lateAfterMinutes: 10, ...body },
  })

/** The sessions of its class as they are kept, by time. */
export const listSessionRows = (test: TestApp, place: Place) =>
  test.db.inInstitution(place.class.institutionId, (tx) =>
    tx.selectFrom('sessions').selectAll().where('class_id', '=', place.class.id).orderBy('opens_at').execute(),
  )
