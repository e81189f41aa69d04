import type { Action, FlashColour } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'

export type Purpose = 'check-in' | 'enrolment'

export type Challenge = {
  id: string
  purpose: Purpose
  personId: string
  loginId: string
  sessionId: string | null
  actions: Action[]
  /** Null where none are asked for. */
  colours: FlashColour[] | null
  madeAt: Date
  expiresAt: Date
  spentAt: Date | null
}

export async function insertChallenge(
  tx: Tx,
  challenge: Omit<Challenge, 'spentAt'> & { institutionId: string },
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
      colours: challenge.colours,
      created_at: challenge.madeAt,
      expires_at: challenge.expiresAt,
    })
    .execute()
}

/** Holds back every other challenge and upload of this person until the transaction ends. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.selectFrom('people').select('id').where('id', '=', personId).forNoKeyUpdate().executeTakeFirstOrThrow()
}

/** Lets a person's unspent challenges run out now. */
export async function endUnspentChallenges(tx: Tx, personId: string, at: Date): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ expires_at: at })
    .where('person_id', '=', personId)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', at)
    .execute()
}

/** Whether an upload of this person that was taken after `since` has no answer yet. */
export async function hasUnsettledUpload(tx: Tx, personId: string, since: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('challenges')
    .select('id')
    .where('person_id', '=', personId)
    .where('spent_at', '>', since)
    .where('settled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** @param spentAt by whom: a challenge that was given back and taken again is not this one's to settle */
export async function setChallengeSettled(
  tx: Tx,
  { id, spentAt, at }: { id: string; spentAt: Date; at: Date },
): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ settled_at: at })
    .where('id', '=', id)
    .where('spent_at', '=', spentAt)
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
    colours: row.colours,
    madeAt: row.created_at,
    expiresAt: row.expires_at,
    spentAt: row.spent_at,
  }
}

/** What this person is never asked for, or shown. */
export async function findSparing(tx: Tx, personId: string): Promise<{ cannotDo: Action[]; avoidsFlashes: boolean }> {
  const row = await tx
    .selectFrom('people')
    .select(['cannot_do', 'avoids_flashes'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return { cannotDo: row.cannot_do, avoidsFlashes: row.avoids_flashes }
}

/** A person who has just asked not to see colours is let off those of a challenge they have in hand. */
export async function dropColours(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ colours: null })
    .where('person_id', '=', personId)
    .where('spent_at', 'is', null)
    .execute()
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

/** Unless a newer one has taken its place: a person has one unspent challenge at a time. */
export async function unspendChallenge(tx: Tx, challengeId: string, personId: string): Promise<void> {
  await tx
    .updateTable('challenges')
    .set({ spent_at: null })
    .where('id', '=', challengeId)
    .where(({ not, exists, selectFrom, ref }) =>
      not(
        exists(
          selectFrom('challenges as newer')
            .select('newer.id')
            .where('newer.person_id', '=', personId)
            .whereRef('newer.created_at', '>', ref('challenges.created_at')),
        ),
      ),
    )
    .execute()
}
