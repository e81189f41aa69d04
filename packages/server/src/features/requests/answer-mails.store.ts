import type { Tx } from '../../platform/db/open.ts'

/** Where somebody who can sign in is written to; null without an address, or without an account that works. */
export async function findAddress(tx: Tx, personId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('people')
    .select('email')
    .where('id', '=', personId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  return row?.email ?? null
}
