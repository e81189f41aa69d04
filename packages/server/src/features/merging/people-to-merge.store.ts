import type { Action } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

export type StudentToMerge = {
  personId: string
  fullName: string
  rollNo: string | null
  email: string | null
  phone: string | null
  batch: string | null
  department: string | null
  status: 'invited' | 'awaiting-approval' | 'active' | 'disabled'
  cannotDo: Action[]
  enrolledOnce: boolean
  mergedInto: string | null
  roles: string[]
}

const people = (tx: Tx, ids: readonly string[]) =>
  tx
    .selectFrom('people')
    .select([
      'id',
      'full_name',
      'roll_no',
      'email',
      'phone',
      'batch',
      'department',
      'status',
      'cannot_do',
      'enrolled_once',
      'merged_into',
      sql<string[]>`array(select role from person_roles where person_roles.institution_id = people.institution_id
        and person_roles.person_id = people.id)`.as('roles'),
    ])
    .where('id', 'in', [...ids])
    .orderBy('id')

type Row = Awaited<ReturnType<ReturnType<typeof people>['executeTakeFirstOrThrow']>>

const toStudent = (row: Row): StudentToMerge => ({
  personId: row.id,
  fullName: row.full_name,
  rollNo: row.roll_no,
  email: row.email,
  phone: row.phone,
  batch: row.batch,
  department: row.department,
  status: row.status,
  cannotDo: row.cannot_do,
  enrolledOnce: row.enrolled_once,
  mergedInto: row.merged_into,
  roles: row.roles,
})

export async function findPeople(tx: Tx, ids: readonly string[]): Promise<StudentToMerge[]> {
  return (await people(tx, ids).execute()).map(toStudent)
}

/** Holds two people until the transaction ends, in the order of their ids. */
export async function lockPeople(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .selectFrom('people')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/**
 * Holds every session in which one of them could be marked: marks, ends and moves of the list wait, and nobody waits in
 * a circle. Answers those that are open.
 */
export async function lockSessionsOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('sessions')
    .select(['id', 'started_at', 'ended_at', 'cancelled_at'])
    .where((where) =>
      where.or([
        where('class_id', 'in', (stays) =>
          stays
            .selectFrom('class_students')
            .select('class_id')
            .where('person_id', 'in', [...ids]),
        ),
        where('id', 'in', (marks) =>
          marks
            .selectFrom('records')
            .select('session_id')
            .where('student_id', 'in', [...ids]),
        ),
      ]),
    )
    .orderBy('opens_at')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.flatMap((row) =>
    row.started_at !== null && row.ended_at === null && row.cancelled_at === null ? [row.id] : [],
  )
}

export type Details = Pick<StudentToMerge, 'rollNo' | 'email' | 'phone' | 'batch' | 'department'>

/** Ends the account for good: it is not signed in to, holds no role, and names who goes on. */
export async function endAccount(
  tx: Tx,
  { mergedId, keptId, at }: { mergedId: string; keptId: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('people')
    .set({ status: 'disabled', password_hash: null, may_enrol_again: false, merged_into: keptId })
    .where('id', '=', mergedId)
    .execute()
  await tx.deleteFrom('person_roles').where('person_id', '=', mergedId).execute()
  await tx
    .updateTable('logins')
    .set({ ended_at: at, ended_because: 'disabled' })
    .where('person_id', '=', mergedId)
    .where('ended_at', 'is', null)
    .execute()
  await tx
    .updateTable('invites')
    .set({ revoked_at: at })
    .where('person_id', '=', mergedId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Gives the one who stays what they lack; what nobody else may have is taken from the other first. */
export async function fillDetails(
  tx: Tx,
  { mergedId, keptId }: { mergedId: string; keptId: string },
  filled: Partial<Details> & { cannotDo: Action[]; enrolledOnce: boolean },
): Promise<void> {
  const { rollNo, email, phone, batch, department, cannotDo, enrolledOnce } = filled
  const unique = { ...(rollNo === undefined ? {} : { roll_no: rollNo }), ...(email === undefined ? {} : { email }) }
  const taken = Object.fromEntries(Object.keys(unique).map((column) => [column, null]))
  if (Object.keys(taken).length > 0) await tx.updateTable('people').set(taken).where('id', '=', mergedId).execute()
  await tx
    .updateTable('people')
    .set({
      ...unique,
      ...(phone === undefined ? {} : { phone }),
      ...(batch === undefined ? {} : { batch }),
      ...(department === undefined ? {} : { department }),
      cannot_do: cannotDo,
      enrolled_once: enrolledOnce,
      avoids_flashes: sql<boolean>`avoids_flashes or exists (select 1 from people merged
        where merged.id = ${mergedId} and merged.avoids_flashes)`,
    })
    .where('id', '=', keptId)
    .execute()
}
