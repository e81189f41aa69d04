import { randomUUID } from 'node:crypto'
import type { Method, Role } from '@app/contract'
import type { Policy } from '@app/domain'
import { issueAccessToken } from '../features/accounts/access-token.ts'
import { hashPassword } from '../features/accounts/password.ts'
import { createDataKey, insertInstitution } from '../features/institutions/index.ts'
import type { TestApp } from './app.ts'

export type TestInstitution = { id: string; name: string }

/** A person with a login on a device, and its access token: good for the app clock's next minutes (`signInAgain` after). */
export type TestPerson = {
  id: string
  institutionId: string
  fullName: string
  email: string | null
  rollNo: string | null
  password: string | null
  loginId: string
  token: string
}

export async function anInstitution(
  { db, deps }: TestApp,
  given: { name?: string; policy?: Partial<Policy>; timeZone?: string; isDemo?: boolean } = {},
): Promise<TestInstitution> {
  const institution = { id: randomUUID(), name: given.name ?? 'Hill College' }
  const at = deps.now()
  await db.inInstitution(institution.id, async (tx) => {
    await insertInstitution(tx, {
      ...institution,
      timeZone: given.timeZone ?? 'Asia/Kolkata',
      locale: 'en',
      isDemo: given.isDemo ?? false,
      policy: given.policy ?? {},
      at,
    })
    await createDataKey(tx, deps.keyring, institution.id, at)
  })
  return institution
}

export async function aPerson(
  test: TestApp,
  institution: TestInstitution,
  given: {
    roles: Role[]
    fullName?: string
    email?: string | null
    rollNo?: string | null
    /** Hashing takes a while: only for those who sign in by it. */
    password?: string
    status?: 'invited' | 'awaiting-approval' | 'active' | 'disabled'
    batch?: string
    department?: string
  },
): Promise<TestPerson> {
  const { db, deps } = test
  const id = randomUUID()
  const word = id.slice(0, 8)
  const person = {
    id,
    institutionId: institution.id,
    fullName: given.fullName ?? `Person ${word}`,
    email: given.email === undefined ? `${word}@example.com` : given.email,
    rollNo: given.rollNo === undefined ? (given.roles.includes('student') ? `R-${word}` : null) : given.rollNo,
    password: given.password ?? null,
  }
  const passwordHash = given.password === undefined ? null : await hashPassword(given.password)
  await db.inInstitution(institution.id, async (tx) => {
    await tx
      .insertInto('people')
      .values({
        institution_id: institution.id,
        id,
        full_name: person.fullName,
        email: person.email,
        phone: null,
        roll_no: person.rollNo,
        batch: given.batch ?? null,
        department: given.department ?? null,
        status: given.status ?? 'active',
        password_hash: passwordHash,
        created_at: deps.now(),
      })
      .execute()
    if (given.roles.length > 0)
      await tx
        .insertInto('person_roles')
        .values(given.roles.map((role) => ({ institution_id: institution.id, person_id: id, role })))
        .execute()
  })
  return { ...person, ...(await signInAgain(test, person)) }
}

/** A new login of a person, on another device, with a fresh access token. */
export async function signInAgain(
  { db, deps }: TestApp,
  person: { id: string; institutionId: string },
): Promise<{ institutionId: string; loginId: string; token: string }> {
  const loginId = randomUUID()
  const at = deps.now()
  await db.inInstitution(person.institutionId, (tx) =>
    tx
      .insertInto('logins')
      .values({
        institution_id: person.institutionId,
        id: loginId,
        person_id: person.id,
        device: 'Chrome on Linux',
        started_at: at,
        last_used_at: at,
      })
      .execute(),
  )
  const subject = { institutionId: person.institutionId, personId: person.id, loginId }
  const { accessToken } = await issueAccessToken(deps.keyring.accessTokenKey, subject, at)
  return { institutionId: person.institutionId, loginId, token: accessToken }
}

export type TestClass = { id: string; institutionId: string; subjectId: string; name: string }

export async function aClass(
  { db, deps }: TestApp,
  institution: TestInstitution,
  given: { name?: string; subjectCode?: string; teachers?: { id: string }[]; students?: { id: string }[] } = {},
): Promise<TestClass> {
  const id = randomUUID()
  const subjectId = randomUUID()
  const name = given.name ?? `Class ${id.slice(0, 8)}`
  const at = deps.now()
  const institution_id = institution.id
  await db.inInstitution(institution.id, async (tx) => {
    const code = given.subjectCode ?? `S-${id.slice(0, 8)}`
    await tx
      .insertInto('subjects')
      .values({ institution_id, id: subjectId, code, name: `Subject ${code}`, created_at: at })
      .execute()
    await tx.insertInto('classes').values({ institution_id, id, subject_id: subjectId, name, created_at: at }).execute()
    for (const teacher of given.teachers ?? [])
      await tx.insertInto('class_teachers').values({ institution_id, class_id: id, person_id: teacher.id }).execute()
    for (const student of given.students ?? [])
      await tx
        .insertInto('class_students')
        .values({ institution_id, class_id: id, person_id: student.id, joined_at: at, left_at: null })
        .execute()
  })
  return { id, institutionId: institution.id, subjectId, name }
}

export type TestSession = { id: string; institutionId: string; classId: string }

/** A session that opens at the clock's now; `endedAfterMinutes` makes it one that somebody ended. */
export async function aSession(
  { db, deps }: TestApp,
  of: TestClass,
  given: {
    startedBy: { id: string }
    minutes?: number
    lateAfterMinutes?: number
    methods?: Method[]
    opensAt?: Date
    endedAfterMinutes?: number
  },
): Promise<TestSession> {
  const id = randomUUID()
  const opensAt = given.opensAt ?? deps.now()
  const after = (minutes: number) => new Date(opensAt.getTime() + minutes * 60_000)
  await db.inInstitution(of.institutionId, (tx) =>
    tx
      .insertInto('sessions')
      .values({
        institution_id: of.institutionId,
        id,
        class_id: of.id,
        opens_at: opensAt,
        late_after: after(given.lateAfterMinutes ?? 10),
        closes_at: after(given.minutes ?? 60),
        ended_at: given.endedAfterMinutes === undefined ? null : after(given.endedAfterMinutes),
        methods: given.methods ?? ['face', 'code'],
        started_at: opensAt,
        started_by: given.startedBy.id,
      })
      .execute(),
  )
  return { id, institutionId: of.institutionId, classId: of.id }
}
