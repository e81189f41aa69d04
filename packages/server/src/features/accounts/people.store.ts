import type { Role } from '@app/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

type Status = 'invited' | 'awaiting-approval' | 'active' | 'disabled'

export type SignInMatch = {
  institutionId: string
  institutionName: string
  personId: string
  passwordHash: string
  status: Status
}

/** Every account with a password whose e-mail or roll number this is, in whatever institution; asked outside the wall. */
export async function findSignIns(tx: Tx, identifier: string): Promise<SignInMatch[]> {
  const { rows } = await sql<{
    institution_id: string
    institution_name: string
    person_id: string
    password_hash: string
    status: Status
  }>`select * from find_sign_ins(${identifier})`.execute(tx)
  return rows.map((row) => ({
    institutionId: row.institution_id,
    institutionName: row.institution_name,
    personId: row.person_id,
    passwordHash: row.password_hash,
    status: row.status,
  }))
}

/** A sign-in name in lower case as the database's own index has it: JavaScript lowers a few letters otherwise. */
export async function lowerIdentifier(tx: Tx, identifier: string): Promise<string> {
  const { rows } = await sql<{ lowered: string }>`select lower(${identifier}::text) as lowered`.execute(tx)
  return rows[0]?.lowered ?? identifier
}

export type Person = {
  id: string
  fullName: string
  email: string | null
  rollNo: string | null
  status: Status
  passwordHash: string | null
  roles: Role[]
}

export async function findPerson(tx: Tx, personId: string): Promise<Person | null> {
  const row = await tx
    .selectFrom('people')
    .select(['id', 'full_name', 'email', 'roll_no', 'status', 'password_hash', rolesOfPeople()])
    .where('id', '=', personId)
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    fullName: row.full_name,
    email: row.email,
    rollNo: row.roll_no,
    status: row.status,
    passwordHash: row.password_hash,
    roles: row.roles,
  }
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockPerson(tx: Tx, personId: string): Promise<Person | null> {
  await tx.selectFrom('people').select('id').where('id', '=', personId).forUpdate().executeTakeFirst()
  return findPerson(tx, personId)
}

/** False when the e-mail address is another person's already. */
export async function insertPerson(
  tx: Tx,
  person: {
    institutionId: string
    id: string
    fullName: string
    email: string
    status: Status
    passwordHash: string | null
    roles: readonly Role[]
    at: Date
  },
): Promise<boolean> {
  const row = await tx
    .insertInto('people')
    .values({
      institution_id: person.institutionId,
      id: person.id,
      full_name: person.fullName,
      email: person.email,
      phone: null,
      roll_no: null,
      batch: null,
      department: null,
      status: person.status,
      password_hash: person.passwordHash,
      created_at: person.at,
    })
    .onConflict((conflict) => conflict.columns(['institution_id', 'email']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return false
  await insertRoles(tx, person)
  return true
}

async function insertRoles(tx: Tx, person: { institutionId: string; id: string; roles: readonly Role[] }) {
  await tx
    .insertInto('person_roles')
    .values(
      [...new Set(person.roles)].map((role) => ({
        institution_id: person.institutionId,
        person_id: person.id,
        role,
      })),
    )
    .execute()
}

export async function setPassword(
  tx: Tx,
  person: { id: string; passwordHash: string; status: 'active' },
): Promise<void> {
  await tx
    .updateTable('people')
    .set({ password_hash: person.passwordHash, status: person.status })
    .where('id', '=', person.id)
    .execute()
}

export async function setStatus(tx: Tx, person: { id: string; status: Status }): Promise<void> {
  await tx.updateTable('people').set({ status: person.status }).where('id', '=', person.id).execute()
}

/** Only for somebody who asked for an account and never had one. */
export async function deletePerson(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('person_roles').where('person_id', '=', personId).execute()
  await tx.deleteFrom('people').where('id', '=', personId).execute()
}

/** Admins and teachers, those who wait for approval first, then by name. */
export async function listStaffMembers(
  tx: Tx,
): Promise<{ personId: string; fullName: string; email: string | null; roles: Role[]; status: Status }[]> {
  const rows = await tx
    .selectFrom('people')
    .select(['id', 'full_name', 'email', 'status', rolesOfPeople()])
    .where((where) =>
      where.exists(
        where
          .selectFrom('person_roles')
          .select('person_roles.role')
          .whereRef('person_roles.person_id', '=', 'people.id')
          .where('person_roles.role', 'in', ['admin', 'teacher']),
      ),
    )
    .orderBy(sql`status <> 'awaiting-approval'`)
    .orderBy('full_name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    personId: row.id,
    fullName: row.full_name,
    email: row.email,
    roles: row.roles,
    status: row.status,
  }))
}

/** Whether `studentId` is in a class now that `teacherId` teaches. */
export async function teachesStudent(
  tx: Tx,
  { teacherId, studentId }: { teacherId: string; studentId: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('class_teachers')
    .innerJoin('class_students', 'class_students.class_id', 'class_teachers.class_id')
    .select('class_students.class_id')
    .where('class_teachers.person_id', '=', teacherId)
    .where('class_students.person_id', '=', studentId)
    .where('class_students.left_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Waits until no other set-up is under way; held until the transaction ends. */
export async function lockSetUp(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('smart-attendance/set-up'))`.execute(tx)
}

const rolesOfPeople = () =>
  sql<Role[]>`array(select role from person_roles where person_roles.person_id = people.id order by role)`.as('roles')
