import type { Role } from '@app/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** The roles of an active person whose sign-in has not ended; null when either is not so, or the institution is disabled. */
export async function findRolesOfOpenLogin(
  tx: Tx,
  login: { loginId: string; personId: string },
): Promise<Role[] | null> {
  const row = await tx
    .selectFrom('logins')
    .innerJoin('people', 'people.id', 'logins.person_id')
    .select(
      sql<Role[]>`array(select role from person_roles where person_roles.person_id = people.id order by role)`.as(
        'roles',
      ),
    )
    .where('logins.id', '=', login.loginId)
    .where('logins.person_id', '=', login.personId)
    .where('logins.ended_at', 'is', null)
    .where('people.status', '=', 'active')
    .where(institutionIsOpen())
    .executeTakeFirst()
  return row?.roles ?? null
}

/** Opens a login: one sign-in on one device. */
export async function insertLogin(
  tx: Tx,
  login: { institutionId: string; id: string; personId: string; device: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('logins')
    .values({
      institution_id: login.institutionId,
      id: login.id,
      person_id: login.personId,
      device: login.device,
      started_at: login.at,
      last_used_at: login.at,
    })
    .execute()
}

export async function insertRefreshToken(
  tx: Tx,
  token: { institutionId: string; hash: Buffer; loginId: string; at: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('refresh_tokens')
    .values({
      institution_id: token.institutionId,
      token_hash: token.hash,
      login_id: token.loginId,
      issued_at: token.at,
      expires_at: token.expiresAt,
    })
    .execute()
}

/** Forgets the tokens of a login that could not be spent any more, had nobody spent them. */
export async function deleteExpiredTokens(tx: Tx, { loginId, at }: { loginId: string; at: Date }): Promise<void> {
  await tx.deleteFrom('refresh_tokens').where('login_id', '=', loginId).where('expires_at', '<=', at).execute()
}

/** Marks an unspent, unexpired token as spent; null when somebody was quicker or it cannot be spent (any more). */
export async function spendRefreshToken(
  tx: Tx,
  { hash, at }: { hash: Buffer; at: Date },
): Promise<{ loginId: string } | null> {
  const row = await tx
    .updateTable('refresh_tokens')
    .set({ spent_at: at })
    .where('token_hash', '=', hash)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('login_id')
    .executeTakeFirst()
  return row ? { loginId: row.login_id } : null
}

/** A token that was once issued, whatever became of it. */
export async function findRefreshToken(
  tx: Tx,
  hash: Buffer,
): Promise<{ loginId: string; personId: string; spentAt: Date | null; loginEndedAt: Date | null } | null> {
  const row = await tx
    .selectFrom('refresh_tokens')
    .innerJoin('logins', 'logins.id', 'refresh_tokens.login_id')
    .select(['refresh_tokens.login_id', 'refresh_tokens.spent_at', 'logins.person_id', 'logins.ended_at'])
    .where('refresh_tokens.token_hash', '=', hash)
    .executeTakeFirst()
  if (!row) return null
  return { loginId: row.login_id, personId: row.person_id, spentAt: row.spent_at, loginEndedAt: row.ended_at }
}

/** Notes that an open login of an active person is in use; null when it has ended or its person is out. */
export async function touchLogin(
  tx: Tx,
  { loginId, at }: { loginId: string; at: Date },
): Promise<{ personId: string; startedAt: Date } | null> {
  const row = await tx
    .updateTable('logins')
    .from('people')
    .set({ last_used_at: at })
    .whereRef('people.id', '=', 'logins.person_id')
    .where('people.status', '=', 'active')
    .where('logins.id', '=', loginId)
    .where('logins.ended_at', 'is', null)
    .where(institutionIsOpen())
    .returning(['logins.person_id', 'logins.started_at'])
    .executeTakeFirst()
  return row ? { personId: row.person_id, startedAt: row.started_at } : null
}

type EndedBecause = 'signed-out' | 'ended-by-person' | 'password-changed' | 'token-reused' | 'disabled'

/** Ends one login; false when it had ended before or is not that person's. */
export async function endLoginOf(
  tx: Tx,
  login: { loginId: string; personId: string; at: Date; because: EndedBecause },
): Promise<boolean> {
  const row = await tx
    .updateTable('logins')
    .set({ ended_at: login.at, ended_because: login.because })
    .where('id', '=', login.loginId)
    .where('person_id', '=', login.personId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends every login of these people; how many there were. */
export async function endLoginsOf(
  tx: Tx,
  logins: { personIds: readonly string[]; at: Date; because: EndedBecause },
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('logins')
    .set({ ended_at: logins.at, ended_because: logins.because })
    .where(sql<boolean>`person_id = any(${logins.personIds}::uuid[])`)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Ends every login of a person but one. */
export async function endOtherLogins(tx: Tx, kept: { loginId: string; personId: string; at: Date }): Promise<void> {
  await tx
    .updateTable('logins')
    .set({ ended_at: kept.at, ended_because: 'password-changed' })
    .where('person_id', '=', kept.personId)
    .where('id', '!=', kept.loginId)
    .where('ended_at', 'is', null)
    .execute()
}

/** A person's logins that can still be refreshed, and `kept` in any case (null for none); the last used first. */
export async function listOpenLogins(
  tx: Tx,
  { personId, kept, at }: { personId: string; kept: string | null; at: Date },
): Promise<{ id: string; device: string; startedAt: Date; lastUsedAt: Date }[]> {
  const rows = await tx
    .selectFrom('logins')
    .select(['id', 'device', 'started_at', 'last_used_at'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where((where) =>
      where.or([
        sql<boolean>`id = ${kept}::uuid`,
        where.exists(
          where
            .selectFrom('refresh_tokens')
            .select('refresh_tokens.login_id')
            .whereRef('refresh_tokens.login_id', '=', 'logins.id')
            .where('refresh_tokens.spent_at', 'is', null)
            .where('refresh_tokens.expires_at', '>', at),
        ),
      ]),
    )
    .orderBy('last_used_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    startedAt: row.started_at,
    lastUsedAt: row.last_used_at,
  }))
}

/** Nobody signs in to a disabled institution, and whoever was signed in is out at once. */
const institutionIsOpen = () => sql<boolean>`exists (select from institutions where disabled_at is null)`
