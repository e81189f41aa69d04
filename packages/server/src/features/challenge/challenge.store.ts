import type { Action } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'

export type Purpose = 'check-in' | 'enrolment'

export type Challenge = {
  id: string
  purpose: Purpose
  personId: string
  loginId: string
  sessionId: string | null
  actions: Action[]
  expiresAt: Date
  spentAt: Date | null
}

export async function insertChallenge(
  tx: Tx,
  challenge: Omit<Challenge, 'spentAt'> & { institutionId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('challenges')
    .values({
      institution_id: challenge.institutionId,
      id: challenge.id,
      purpose: challenge.purpose,
      person_id: challenge.personId,
      login_id: challenge.loginId,
      session_id: challenge.sessionId,
      actions: challenge.actions,
      created_at: challenge.at,
      expires_at: challenge.expiresAt,
    })
    .execute()
}

export async function findChallenge(tx: Tx, challengeId: string): Promise<Challenge | null> {
  const row = await tx.selectFrom('challenges').selectAll().where('id', '=', challengeId).executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    purpose: row.purpose,
    personId: row.person_id,
    loginId: row.login_id,
    sessionId: row.session_id,
    actions: row.actions,
    expiresAt: row.expires_at,
    spentAt: row.spent_at,
  }
}

/** What this person was asked the last time; empty when never. */
export async function findLastActions(tx: Tx, personId: string): Promise<Action[]> {
  const row = await tx
    .selectFrom('challenges')
    .select('actions')
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.actions ?? []
}

/** Whether it was this call that spent it: of calls that race, one. */
export async function spendChallenge(tx: Tx, challengeId: string, at: Date): Promise<boolean> {
  const row = await tx
    .updateTable('challenges')
    .set({ spent_at: at })
    .where('id', '=', challengeId)
    .where('spent_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function unspendChallenge(tx: Tx, challengeId: string): Promise<void> {
  await tx.updateTable('challenges').set({ spent_at: null }).where('id', '=', challengeId).execute()
}
