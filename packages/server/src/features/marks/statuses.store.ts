import type { Status, Weight } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'

export type OwnStatusRow = { id: string; name: string; base: Status; weight: Weight; archivedAt: Date | null }

const statuses = (tx: Tx) => tx.selectFrom('statuses').select(['id', 'name', 'base', 'weight', 'archived_at'])

type Row = Awaited<ReturnType<ReturnType<typeof statuses>['executeTakeFirstOrThrow']>>

const toStatus = (row: Row): OwnStatusRow => ({
  id: row.id,
  name: row.name,
  base: row.base,
  weight: row.weight === null ? null : Number(row.weight),
  archivedAt: row.archived_at,
})

export async function listOwnStatusRows(tx: Tx): Promise<OwnStatusRow[]> {
  return (await statuses(tx).orderBy('name').orderBy('id').execute()).map(toStatus)
}

export async function findOwnStatus(tx: Tx, id: string): Promise<OwnStatusRow | null> {
  const row = await statuses(tx).where('id', '=', id).executeTakeFirst()
  return row ? toStatus(row) : null
}

export async function lockOwnStatus(tx: Tx, id: string): Promise<OwnStatusRow | null> {
  const row = await statuses(tx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  return row ? toStatus(row) : null
}

/** Of another status: whether the name is taken, in whatever case. */
export async function isStatusNameTaken(tx: Tx, name: string, exceptId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('statuses')
    .select('id')
    .where((where) => where(where.fn('lower', ['name']), '=', where.fn<string>('lower', [where.val(name)])))
    .where('id', '!=', exceptId)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether it was inserted; false when the name is taken. */
export async function insertOwnStatus(
  tx: Tx,
  status: { institutionId: string; id: string; name: string; base: Status; weight: Weight; at: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('statuses')
    .values({
      institution_id: status.institutionId,
      id: status.id,
      name: status.name,
      base: status.base,
      weight: status.weight === null ? null : String(status.weight),
      created_at: status.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function updateOwnStatus(
  tx: Tx,
  { id, name, weight, archivedAt }: Omit<OwnStatusRow, 'base'>,
): Promise<void> {
  await tx
    .updateTable('statuses')
    .set({ name, weight: weight === null ? null : String(weight), archived_at: archivedAt })
    .where('id', '=', id)
    .execute()
}
