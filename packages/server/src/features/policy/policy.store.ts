import type { Tx } from '../../platform/db/open.ts'

/** What the institution has decided, as it was stored. */
export async function getStoredPolicy(tx: Tx): Promise<unknown> {
  return (await tx.selectFrom('institutions').select('policy').executeTakeFirstOrThrow()).policy
}

/** What one of its classes has decided. */
export async function getStoredClassPolicy(tx: Tx, classId: string): Promise<unknown> {
  return (await tx.selectFrom('classes').select('policy').where('id', '=', classId).executeTakeFirstOrThrow()).policy
}

export async function setInstitutionPolicy(tx: Tx, policy: string): Promise<void> {
  await tx.updateTable('institutions').set({ policy }).execute()
}

export async function setClassPolicy(tx: Tx, classId: string, policy: string): Promise<void> {
  await tx.updateTable('classes').set({ policy }).where('id', '=', classId).execute()
}

/** The classes that are still held and have decided something themselves, by name. */
export async function listDecidingClasses(tx: Tx): Promise<{ name: string; policy: unknown }[]> {
  return tx
    .selectFrom('classes')
    .select(['name', 'policy'])
    .where('archived_at', 'is', null)
    .where('policy', '!=', '{}')
    .orderBy('name')
    .execute()
}
