import type { Tx } from '../platform/db/open.ts'
import type { DemoPerson, DemoStudent } from './demo-people.ts'
import type { DemoSession } from './demo-sessions.ts'

type Made = { institutionId: string; at: Date }

/** People with an account that works at once; all of them share one password. */
export async function insertDemoPeople(
  tx: Tx,
  { institutionId, at }: Made,
  people: readonly (DemoPerson & Partial<DemoStudent>)[],
  account: { role: 'teacher' | 'student'; passwordHash: string },
): Promise<void> {
  await tx
    .insertInto('people')
    .values(
      people.map((person) => ({
        institution_id: institutionId,
        id: person.id,
        full_name: person.fullName,
        email: person.email,
        phone: person.phone ?? null,
        roll_no: person.rollNo ?? null,
        batch: person.batch ?? null,
        department: person.department ?? null,
        status: 'active' as const,
        password_hash: account.passwordHash,
        created_at: at,
      })),
    )
    .execute()
  await tx
    .insertInto('person_roles')
    .values(people.map(({ id }) => ({ institution_id: institutionId, person_id: id, role: account.role })))
    .execute()
}

export type DemoSubject = { id: string; code: string; name: string }
export type DemoClassRow = {
  id: string
  subjectId: string
  name: string
  teacherIds: readonly string[]
  studentIds: readonly string[]
}

export async function insertDemoClasses(
  tx: Tx,
  { institutionId, at }: Made,
  subjects: readonly DemoSubject[],
  classes: readonly DemoClassRow[],
): Promise<void> {
  const institution_id = institutionId
  await tx
    .insertInto('subjects')
    .values(subjects.map((subject) => ({ institution_id, ...subject, created_at: at })))
    .execute()
  await tx
    .insertInto('classes')
    .values(
      classes.map(({ id, subjectId, name }) => ({ institution_id, id, subject_id: subjectId, name, created_at: at })),
    )
    .execute()
  await tx
    .insertInto('class_teachers')
    .values(
      classes.flatMap(({ id, teacherIds }) =>
        teacherIds.map((person_id) => ({ institution_id, class_id: id, person_id })),
      ),
    )
    .execute()
  await tx
    .insertInto('class_students')
    .values(
      classes.flatMap(({ id, studentIds }) =>
        studentIds.map((person_id) => ({ institution_id, class_id: id, person_id, joined_at: at, left_at: null })),
      ),
    )
    .execute()
}

export async function insertDemoSessions(
  tx: Tx,
  institutionId: string,
  sessions: readonly DemoSession[],
): Promise<void> {
  const institution_id = institutionId
  await tx
    .insertInto('sessions')
    .values(
      sessions.map((session) => ({
        institution_id,
        id: session.id,
        class_id: session.classId,
        opens_at: session.opensAt,
        late_after: session.lateAfter,
        closes_at: session.closesAt,
        ended_at: session.endedAt,
        methods: ['face' as const, 'code' as const],
        started_at: session.opensAt,
        started_by: session.startedBy,
      })),
    )
    .execute()
  const records = sessions.flatMap((session) => session.records.map((record) => ({ sessionId: session.id, record })))
  const batch = 2_000
  for (let from = 0; from < records.length; from += batch)
    await tx
      .insertInto('records')
      .values(
        records.slice(from, from + batch).map(({ sessionId, record }) => ({
          institution_id,
          session_id: sessionId,
          student_id: record.studentId,
          status: record.status,
          method: record.method,
          assurance: record.assurance,
          marked_at: record.markedAt,
          marked_by: record.markedBy,
          reason: record.reason,
        })),
      )
      .execute()
}
