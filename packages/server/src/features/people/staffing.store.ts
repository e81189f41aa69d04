import type { Role } from '@app/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

type Status = 'invited' | 'awaiting-approval' | 'active' | 'disabled'

/** What decides on what may be done to somebody. */
export type Managed = {
  personId: string
  fullName: string
  email: string | null
  rollNo: string | null
  status: Status
  hasPassword: boolean
  hasOpenInvite: boolean
  roles: Role[]
  teaches: boolean
  attends: boolean
}

/**
 * One change of who runs the institution at a time: two admins who disable each other would leave nobody. Comes before
 * the rows of people are locked.
 */
export async function lockStaffing(tx: Tx): Promise<void> {
  await tx.selectFrom('institutions').select('id').forNoKeyUpdate().executeTakeFirstOrThrow()
}

/** Whether anybody is left who can sign in and administer. */
export async function hasAdmin(tx: Tx): Promise<boolean> {
  const row = await tx
    .selectFrom('person_roles')
    .innerJoin('people', (join) =>
      join
        .onRef('people.institution_id', '=', 'person_roles.institution_id')
        .onRef('people.id', '=', 'person_roles.person_id'),
    )
    .select('people.id')
    .where('person_roles.role', '=', 'admin')
    .where('people.status', '=', 'active')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Those of these people whom the institution has, by name. */
export async function listManaged(tx: Tx, personIds: readonly string[], at: Date): Promise<Managed[]> {
  const { rows } = await sql<{
    id: string
    full_name: string
    email: string | null
    roll_no: string | null
    status: Status
    has_password: boolean
    has_open_invite: boolean
    roles: Role[]
    teaches: boolean
    attends: boolean
  }>`
    select p.id, p.full_name, p.email, p.roll_no, p.status, p.password_hash is not null as has_password,
      exists (select from invites i where i.institution_id = p.institution_id and i.person_id = p.id
        and i.used_at is null and i.revoked_at is null and i.expires_at > ${at}) as has_open_invite,
      array(select r.role from person_roles r where r.institution_id = p.institution_id and r.person_id = p.id order by r.role) as roles,
      exists (select from class_teachers t where t.institution_id = p.institution_id and t.person_id = p.id) as teaches,
      exists (select from class_students s where s.institution_id = p.institution_id and s.person_id = p.id
        and s.left_at is null) as attends
    from people p where p.id = any(${personIds}::uuid[]) and p.merged_into is null
    order by p.sort_name, p.id`.execute(tx)
  return rows.map((row) => ({
    personId: row.id,
    fullName: row.full_name,
    email: row.email,
    rollNo: row.roll_no,
    status: row.status,
    hasPassword: row.has_password,
    hasOpenInvite: row.has_open_invite,
    roles: row.roles,
    teaches: row.teaches,
    attends: row.attends,
  }))
}

export async function setStatusOf(tx: Tx, personIds: readonly string[], status: Status): Promise<void> {
  await tx.updateTable('people').set({ status }).where(sql<boolean>`id = any(${personIds}::uuid[])`).execute()
}

export async function insertRoles(
  tx: Tx,
  { institutionId, personId, roles }: { institutionId: string; personId: string; roles: readonly Role[] },
): Promise<void> {
  if (roles.length === 0) return
  await tx
    .insertInto('person_roles')
    .values(roles.map((role) => ({ institution_id: institutionId, person_id: personId, role })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteRoles(tx: Tx, personId: string, roles: readonly Role[]): Promise<void> {
  if (roles.length === 0) return
  await tx
    .deleteFrom('person_roles')
    .where('person_id', '=', personId)
    .where('role', 'in', [...roles])
    .execute()
}
