import { randomUUID } from 'node:crypto'
import { checkInByCode, getRotatingCode, type RouteSpec } from '../packages/contract/src/index.ts'
import { issueAccessToken } from '../packages/server/src/features/accounts/access-token.ts'
import { hashPassword } from '../packages/server/src/features/accounts/password.ts'
import { createDataKey, insertInstitution } from '../packages/server/src/features/institutions/index.ts'
import { createKeyring } from '../packages/server/src/platform/crypto/keyring.ts'
import { openDatabase, type Tx } from '../packages/server/src/platform/db/open.ts'

type Student = { id: string; token: string }

/** A class in an open session, and how its students are marked. */
export type BoardClass = {
  sessionId: string
  teacher: { email: string; password: string }
  students: Student[]
  /** By the code that is shown now, at the server of this address. */
  checkIn(address: string, student: Student): Promise<void>
}

const TEACHER = { email: 'tara@lake.example', password: 'four quiet green herons' }

/** Put straight into the database: hundreds of invites would take longer than what is measured. */
export async function arrangeClass(
  databaseUrl: string,
  { secret, students: count }: { secret: string; students: number },
): Promise<BoardClass> {
  const db = openDatabase(databaseUrl, { maxConnections: 4, onIdleError: () => undefined })
  const keyring = createKeyring(secret)
  const institutionId = randomUUID()
  const sessionId = randomUUID()
  const teacherId = randomUUID()
  const at = new Date()
  const passwordHash = await hashPassword(TEACHER.password)
  const ids = Array.from({ length: count }, () => randomUUID())
  const logins = new Map<string, string>()
  await db.inInstitution(institutionId, async (tx) => {
    const institution = { id: institutionId, name: 'Lakeside College', timeZone: 'Asia/Kolkata', locale: 'en' }
    await insertInstitution(tx, { ...institution, isDemo: false, policy: {}, at })
    await createDataKey(tx, keyring, institutionId, at)
    const person = (id: string, name: string, rollNo: string | null, email: string | null) => ({
      institution_id: institutionId,
      id,
      full_name: name,
      email,
      phone: null,
      roll_no: rollNo,
      batch: null,
      department: null,
      status: 'active' as const,
      password_hash: rollNo === null ? passwordHash : null,
      created_at: at,
    })
    await tx
      .insertInto('people')
      .values([
        person(teacherId, 'Tara Teacher', null, TEACHER.email),
        ...ids.map((id, i) => person(id, `Student Number ${i}`, `R${1000 + i}`, null)),
      ])
      .execute()
    const roles = ids.map((id) => ({ institution_id: institutionId, person_id: id, role: 'student' as const }))
    await tx
      .insertInto('person_roles')
      .values([{ institution_id: institutionId, person_id: teacherId, role: 'teacher' as const }, ...roles])
      .execute()
    for (const id of [teacherId, ...ids]) logins.set(id, await insertLogin(tx, { institutionId, personId: id, at }))
    await insertSession(tx, { institutionId, sessionId, teacherId, studentIds: ids, at })
  })
  await db.close()
  const tokenOf = async (personId: string) =>
    (
      await issueAccessToken(
        keyring.accessTokenKey,
        { institutionId, personId, loginId: logins.get(personId) ?? '' },
        at,
      )
    ).accessToken
  const teacherToken = await tokenOf(teacherId)
  const students = await Promise.all(ids.map(async (id) => ({ id, token: await tokenOf(id) })))
  return {
    sessionId,
    teacher: TEACHER,
    students,
    async checkIn(address, student) {
      const { code } = (await call(address, getRotatingCode, { token: teacherToken, sessionId })) as { code: string }
      await call(address, checkInByCode, { token: student.token, sessionId, body: { code } })
    },
  }
}

async function insertLogin(
  tx: Tx,
  { institutionId, personId, at }: { institutionId: string; personId: string; at: Date },
): Promise<string> {
  const id = randomUUID()
  await tx
    .insertInto('logins')
    .values({
      institution_id: institutionId,
      id,
      person_id: personId,
      device: 'bench',
      started_at: at,
      last_used_at: at,
      ended_at: null,
      ended_because: null,
    })
    .execute()
  return id
}

type ToOpen = { institutionId: string; sessionId: string; teacherId: string; studentIds: string[]; at: Date }

async function insertSession(tx: Tx, { institutionId, sessionId, teacherId, studentIds, at }: ToOpen): Promise<void> {
  const institution_id = institutionId
  const [subjectId, classId] = [randomUUID(), randomUUID()]
  await tx
    .insertInto('subjects')
    .values({ institution_id, id: subjectId, code: 'BIO', name: 'Biology', created_at: at })
    .execute()
  await tx
    .insertInto('classes')
    .values({ institution_id, id: classId, subject_id: subjectId, name: 'A', created_at: at })
    .execute()
  await tx.insertInto('class_teachers').values({ institution_id, class_id: classId, person_id: teacherId }).execute()
  const joined = new Date(at.getTime() - 60_000)
  await tx
    .insertInto('class_students')
    .values(
      studentIds.map((person_id) => ({
        institution_id,
        class_id: classId,
        person_id,
        joined_at: joined,
        left_at: null,
      })),
    )
    .execute()
  const after = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
  await tx
    .insertInto('sessions')
    .values({
      institution_id,
      id: sessionId,
      class_id: classId,
      opens_at: at,
      late_after: after(60),
      closes_at: after(120),
      methods: ['code'],
      started_at: at,
      started_by: teacherId,
    })
    .execute()
}

type Ask = { token: string; sessionId: string; body?: object }

async function call(address: string, route: RouteSpec, { token, sessionId, body }: Ask): Promise<unknown> {
  const reply = await fetch(`${address}${route.path.replace(':sessionId', sessionId)}`, {
    method: route.method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const answer: unknown = await reply.json()
  if (!reply.ok) throw new Error(`${route.path}: ${JSON.stringify(answer)}`)
  return answer
}
