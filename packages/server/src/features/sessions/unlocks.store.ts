import type { Tx } from '../../platform/db/open.ts'

/** The latest time until which somebody unlocked the marks of a session, passed or not. */
export async function findUnlockedUntil(tx: Tx, sessionId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('session_unlocks')
    .select('until')
    .where('session_id', '=', sessionId)
    .orderBy('until', 'desc')
    .executeTakeFirst()
  return row?.until ?? null
}

export async function insertUnlock(
  tx: Tx,
  unlock: { institutionId: string; id: string; sessionId: string; at: Date; by: string; until: Date; reason: string },
): Promise<void> {
  await tx
    .insertInto('session_unlocks')
    .values({
      institution_id: unlock.institutionId,
      id: unlock.id,
      session_id: unlock.sessionId,
      unlocked_at: unlock.at,
      unlocked_by: unlock.by,
      until: unlock.until,
      reason: unlock.reason,
    })
    .execute()
}
