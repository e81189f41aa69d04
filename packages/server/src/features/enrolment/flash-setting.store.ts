import type { Tx } from '../../platform/db/open.ts'

export async function findAvoidsFlashes(tx: Tx, personId: string): Promise<boolean> {
  const person = tx.selectFrom('people').select('avoids_flashes').where('id', '=', personId)
  return (await person.executeTakeFirstOrThrow()).avoids_flashes
}

/** The same, held until the transaction ends. */
export async function lockAvoidsFlashes(tx: Tx, personId: string): Promise<boolean> {
  const person = tx.selectFrom('people').select('avoids_flashes').where('id', '=', personId)
  return (await person.forUpdate().executeTakeFirstOrThrow()).avoids_flashes
}

export async function setAvoidsFlashes(tx: Tx, personId: string, avoids: boolean): Promise<void> {
  await tx.updateTable('people').set({ avoids_flashes: avoids }).where('id', '=', personId).execute()
}
