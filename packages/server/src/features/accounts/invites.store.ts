import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** Lets no other transaction invite these people, or let them in, until this one ends. */
export async function lockPeople(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx
    .selectFrom('people')
    .select('id')
    .where(sql<boolean>`id = any(${personIds}::uuid[])`)
    // In one order everywhere, so that two who lock the same people wait for each other in turn.
    .orderBy('id')
    .forUpdate()
    .execute()
}

/**
 * Of these people, those who have not used an invite yet and whom `by` may invite: an admin (or the server itself,
 * null) anybody but an owner, whom only an owner invites; a teacher only who is nothing but a student of classes they
 * teach, of no others, and never had an account: whoever makes a link could use it.
 */
export async function listInvitedPeople(
  tx: Tx,
  { personIds, by }: { personIds: readonly string[]; by: string | null },
): Promise<{ id: string; fullName: string; email: string | null }[]> {
  const rows = await tx
    .selectFrom('people')
    .select(['id', 'full_name', 'email'])
    .where('status', '=', 'invited')
    .where(sql<boolean>`id = any(${personIds}::uuid[])`)
    .where(sql<boolean>`(${by}::uuid is null
      or (exists (select from person_roles where person_id = ${by} and role = 'admin')
        and (exists (select from person_roles where person_id = ${by} and role = 'owner')
          or not exists (select from person_roles where person_id = people.id and role = 'owner')))
      or (not exists (select from person_roles where person_id = people.id and role <> 'student')
        and password_hash is null
        and not exists (select from invites i where i.institution_id = people.institution_id and i.person_id = people.id
          and i.used_at is not null)
        and exists (select from class_students cs
          join class_teachers ct on ct.institution_id = cs.institution_id and ct.class_id = cs.class_id
          where cs.institution_id = people.institution_id and cs.person_id = people.id and cs.left_at is null
            and ct.person_id = ${by})
        and not exists (select from class_students cs
          where cs.institution_id = people.institution_id and cs.person_id = people.id and cs.left_at is null
            and not exists (select from class_teachers ct where ct.institution_id = cs.institution_id
              and ct.class_id = cs.class_id and ct.person_id = ${by}))))`)
    .orderBy('roll_no')
    .orderBy('full_name')
    .execute()
  return rows.map((row) => ({ id: row.id, fullName: row.full_name, email: row.email }))
}

/** Makes the open invites of these people stop working; whose there were. */
export async function revokeInvites(tx: Tx, personIds: readonly string[], at: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('invites')
    .set({ revoked_at: at })
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`person_id = any(${personIds}::uuid[])`)
    .returning('person_id')
    .execute()
  return [...new Set(rows.map((row) => row.person_id))]
}

export type NewInvite = {
  institutionId: string
  id: string
  personId: string
  hash: Buffer
  codeHash: Buffer
  by: string | null
  at: Date
  expiresAt: Date
}

const ROWS_A_STATEMENT = 5_000

export async function insertInvites(tx: Tx, invites: readonly NewInvite[]): Promise<void> {
  for (let from = 0; from < invites.length; from += ROWS_A_STATEMENT)
    await tx
      .insertInto('invites')
      .values(
        invites.slice(from, from + ROWS_A_STATEMENT).map((invite) => ({
          institution_id: invite.institutionId,
          id: invite.id,
          person_id: invite.personId,
          token_hash: invite.hash,
          code_hash: invite.codeHash,
          created_at: invite.at,
          created_by: invite.by,
          expires_at: invite.expiresAt,
        })),
      )
      .execute()
}

/** Which institution a typed code belongs to, whether or not it can still be used; asked outside the wall. */
export async function findInstitutionOfInvite(tx: Tx, codeHash: Buffer): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select find_institution_of_invite(${codeHash}) as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** An invite that can still be used, with whom it is for; `hash` is that of its token or of its code. */
export async function findOpenInvite(
  tx: Tx,
  { hash, at }: { hash: Buffer; at: Date },
): Promise<{
  personId: string
  fullName: string
  email: string | null
  rollNo: string | null
  expiresAt: Date
} | null> {
  const row = await tx
    .selectFrom('invites')
    .innerJoin('people', 'people.id', 'invites.person_id')
    .select(['people.id', 'people.full_name', 'people.email', 'people.roll_no', 'invites.expires_at'])
    .where((invite) => invite.or([invite('invites.token_hash', '=', hash), invite('invites.code_hash', '=', hash)]))
    .where('invites.used_at', 'is', null)
    .where('invites.revoked_at', 'is', null)
    .where('invites.expires_at', '>', at)
    .where('people.status', '=', 'invited')
    .executeTakeFirst()
  if (!row) return null
  return {
    personId: row.id,
    fullName: row.full_name,
    email: row.email,
    rollNo: row.roll_no,
    expiresAt: row.expires_at,
  }
}

/** Uses an invite up; null when it cannot be used (any more) or somebody was quicker. */
export async function spendInvite(
  tx: Tx,
  { hash, at }: { hash: Buffer; at: Date },
): Promise<{ personId: string } | null> {
  const row = await tx
    .updateTable('invites')
    .set({ used_at: at })
    .where((invite) => invite.or([invite('token_hash', '=', hash), invite('code_hash', '=', hash)]))
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('person_id')
    .executeTakeFirst()
  return row ? { personId: row.person_id } : null
}
