import type { Tx } from '../../platform/db/open.ts'
import type { NamedDays } from './terms.store.ts'

export type Holiday = NamedDays & { id: string }

const columns = ['id', 'name', 'starts_on', 'ends_on'] as const

type Row = { id: string; name: string; starts_on: string; ends_on: string }

const toHoliday = (row: Row): Holiday => ({ id: row.id, name: row.name, startsOn: row.starts_on, endsOn: row.ends_on })

export async function findHolidays(tx: Tx): Promise<Holiday[]> {
  const rows = await tx.selectFrom('holidays').select(columns).orderBy('starts_on').orderBy('id').execute()
  return rows.map(toHoliday)
}

export async function lockHoliday(tx: Tx, holidayId: string): Promise<Holiday | null> {
  const row = await tx.selectFrom('holidays').select(columns).where('id', '=', holidayId).forUpdate().executeTakeFirst()
  return row ? toHoliday(row) : null
}

export async function insertHoliday(tx: Tx, holiday: Holiday & { institutionId: string; at: Date }): Promise<void> {
  await tx
    .insertInto('holidays')
    .values({
      institution_id: holiday.institutionId,
      id: holiday.id,
      name: holiday.name,
      starts_on: holiday.startsOn,
      ends_on: holiday.endsOn,
      created_at: holiday.at,
    })
    .execute()
}

export async function setHoliday(tx: Tx, { id, name, startsOn, endsOn }: Holiday): Promise<void> {
  await tx.updateTable('holidays').set({ name, starts_on: startsOn, ends_on: endsOn }).where('id', '=', id).execute()
}

export async function deleteHolidayRow(tx: Tx, holidayId: string): Promise<void> {
  await tx.deleteFrom('holidays').where('id', '=', holidayId).execute()
}
