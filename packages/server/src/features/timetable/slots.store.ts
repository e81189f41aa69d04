import type { SlotException } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** A weekly time as it was entered: a null room is the class's own. */
export type EnteredSlot = {
  weekday: number
  startsAt: string
  minutes: number
  room: string | null
  validFrom: string
  validUntil: string
}

/** The weekly times of a class as they were entered, in the order of the week. */
export async function findEnteredSlots(tx: Tx, classId: string): Promise<(EnteredSlot & { id: string })[]> {
  const rows = await tx
    .selectFrom('timetable_slots')
    .selectAll()
    .where('class_id', '=', classId)
    .orderBy('weekday')
    .orderBy('starts_at')
    .orderBy('valid_from')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, ...toEntered(row) }))
}

type Row = {
  weekday: number
  starts_at: string
  minutes: number
  room: string | null
  valid_from: string
  valid_until: string
}

const toEntered = (row: Row): EnteredSlot => ({
  weekday: row.weekday,
  startsAt: row.starts_at.slice(0, 5),
  minutes: row.minutes,
  room: row.room,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
})

const toRow = (slot: EnteredSlot): Row => ({
  weekday: slot.weekday,
  starts_at: slot.startsAt,
  minutes: slot.minutes,
  room: slot.room,
  valid_from: slot.validFrom,
  valid_until: slot.validUntil,
})

/** One weekly time, held until the transaction ends; null when there is none. */
export async function lockSlot(tx: Tx, slotId: string): Promise<(EnteredSlot & { classId: string }) | null> {
  const row = await tx.selectFrom('timetable_slots').selectAll().where('id', '=', slotId).forUpdate().executeTakeFirst()
  return row ? { classId: row.class_id, ...toEntered(row) } : null
}

export async function insertSlot(
  tx: Tx,
  slot: EnteredSlot & { institutionId: string; id: string; classId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('timetable_slots')
    .values({
      institution_id: slot.institutionId,
      id: slot.id,
      class_id: slot.classId,
      created_at: slot.at,
      ...toRow(slot),
    })
    .execute()
}

export async function setSlot(tx: Tx, slotId: string, slot: EnteredSlot): Promise<void> {
  await tx.updateTable('timetable_slots').set(toRow(slot)).where('id', '=', slotId).execute()
}

export async function deleteSlotRow(tx: Tx, slotId: string): Promise<void> {
  await tx.deleteFrom('timetable_slots').where('id', '=', slotId).execute()
}

/** Makes it the one exception of that day. */
export async function putException(
  tx: Tx,
  exception: SlotException,
  made: { institutionId: string; by: string; at: Date },
): Promise<void> {
  const moved = exception.kind === 'moved' ? exception : null
  const values = {
    kind: exception.kind,
    moved_to: moved?.movedTo ?? null,
    starts_at: moved?.startsAt ?? null,
    minutes: moved?.minutes ?? null,
    room: moved?.room ?? null,
    reason: exception.reason,
    created_at: made.at,
    created_by: made.by,
  }
  await tx
    .insertInto('timetable_exceptions')
    .values({
      institution_id: made.institutionId,
      slot_id: exception.slotId,
      on_date: exception.onDay,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['institution_id', 'slot_id', 'on_date']).doUpdateSet(values))
    .execute()
}

/** False when there was none. */
export async function deleteException(tx: Tx, slotId: string, onDay: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('timetable_exceptions')
    .where('slot_id', '=', slotId)
    .where('on_date', '=', onDay)
    .returning('slot_id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Classes that are not archived and share a teacher or one of these rooms with the class, and the class itself.
 * @param rooms as `roomKey` writes them
 */
export async function findRivalClasses(
  tx: Tx,
  { classId, rooms }: { classId: string; rooms: readonly string[] },
): Promise<string[]> {
  const isOneOf = (room: string) =>
    sql`lower(regexp_replace(${sql.ref(room)}, '\\s+', '', 'g')) = any(${[...rooms]}::text[])`
  const { rows } = await sql<{ id: string }>`
    select c.id from classes c
    where c.institution_id = current_institution() and c.archived_at is null and (c.id = ${classId}
      or exists (select from class_teachers theirs join class_teachers ours
        on ours.institution_id = theirs.institution_id and ours.person_id = theirs.person_id and ours.class_id = ${classId}
        where theirs.institution_id = c.institution_id and theirs.class_id = c.id)
      or ${isOneOf('c.room')}
      or exists (select from timetable_slots s left join timetable_exceptions e
        on e.institution_id = s.institution_id and e.slot_id = s.id
        where s.institution_id = c.institution_id and s.class_id = c.id
          and (${isOneOf('s.room')} or ${isOneOf('e.room')})))`.execute(tx)
  return rows.map(({ id }) => id)
}

export type ClassName = { classId: string; className: string; subjectCode: string }

/** How classes are called, and who teaches them. */
export async function findClassNames(
  tx: Tx,
  classIds: readonly string[],
): Promise<Map<string, ClassName & { teachers: { personId: string; fullName: string }[] }>> {
  const { rows } = await sql<{
    id: string
    name: string
    code: string
    teachers: { personId: string; fullName: string }[]
  }>`
    select c.id, c.name, s.code,
      (select coalesce(json_agg(json_build_object('personId', p.id, 'fullName', p.full_name) order by p.full_name, p.id), '[]')
        from class_teachers ct join people p on p.institution_id = ct.institution_id and p.id = ct.person_id
        where ct.institution_id = c.institution_id and ct.class_id = c.id) as teachers
    from classes c join subjects s on s.institution_id = c.institution_id and s.id = c.subject_id
    where c.institution_id = current_institution() and c.id = any(${[...classIds]}::uuid[])`.execute(tx)
  return new Map(
    rows.map(({ id, name, code, teachers }) => [id, { classId: id, className: name, subjectCode: code, teachers }]),
  )
}

/** The unarchived classes that somebody teaches, and their name; null when they teach nothing here and never could. */
export async function findTaughtClasses(
  tx: Tx,
  personId: string,
): Promise<{ fullName: string; classIds: string[] } | null> {
  const person = await tx
    .selectFrom('people')
    .innerJoin('person_roles', (join) =>
      join
        .onRef('person_roles.institution_id', '=', 'people.institution_id')
        .onRef('person_roles.person_id', '=', 'people.id'),
    )
    .select('people.full_name')
    .where('people.id', '=', personId)
    .where('person_roles.role', '=', 'teacher')
    .executeTakeFirst()
  if (!person) return null
  const rows = await tx
    .selectFrom('class_teachers')
    .select('class_id')
    .where('person_id', '=', personId)
    .orderBy('class_id')
    .execute()
  return { fullName: person.full_name, classIds: rows.map(({ class_id }) => class_id) }
}
