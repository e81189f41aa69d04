import type { DayRange, Holiday, Slot, SlotException } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'

/** A slot with its class; its room is the class's where it names none. */
export type ClassSlot = Slot & { classId: string }

/** What a class's timetable hangs on. */
export type ClassFrame = { room: string | null; term: DayRange | null; isArchived: boolean }

export async function findClassFrames(tx: Tx, classIds: readonly string[]): Promise<Map<string, ClassFrame>> {
  const rows = await tx
    .selectFrom('classes')
    .leftJoin('terms', (join) =>
      join.onRef('terms.institution_id', '=', 'classes.institution_id').onRef('terms.id', '=', 'classes.term_id'),
    )
    .select(['classes.id', 'classes.room', 'classes.archived_at', 'terms.starts_on', 'terms.ends_on'])
    .where('classes.id', 'in', [...classIds, NOBODY])
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        room: row.room,
        term: row.starts_on === null || row.ends_on === null ? null : { from: row.starts_on, to: row.ends_on },
        isArchived: row.archived_at !== null,
      },
    ]),
  )
}

export async function findSlots(tx: Tx, classIds: readonly string[]): Promise<ClassSlot[]> {
  const rows = await tx
    .selectFrom('timetable_slots')
    .innerJoin('classes', (join) =>
      join
        .onRef('classes.institution_id', '=', 'timetable_slots.institution_id')
        .onRef('classes.id', '=', 'timetable_slots.class_id'),
    )
    .select([
      'timetable_slots.id',
      'timetable_slots.class_id',
      'timetable_slots.weekday',
      'timetable_slots.starts_at',
      'timetable_slots.minutes',
      sql<string | null>`coalesce(timetable_slots.room, classes.room)`.as('room'),
      'timetable_slots.valid_from',
      'timetable_slots.valid_until',
    ])
    .where('timetable_slots.class_id', 'in', [...classIds, NOBODY])
    .orderBy('timetable_slots.weekday')
    .orderBy('timetable_slots.starts_at')
    .orderBy('timetable_slots.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    classId: row.class_id,
    weekday: row.weekday,
    startsAt: row.starts_at.slice(0, 5),
    minutes: row.minutes,
    room: row.room,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  }))
}

export async function findExceptions(tx: Tx, slotIds: readonly string[]): Promise<SlotException[]> {
  const rows = await tx
    .selectFrom('timetable_exceptions')
    .select(['slot_id', 'on_date', 'kind', 'moved_to', 'starts_at', 'minutes', 'room', 'reason'])
    .where('slot_id', 'in', [...slotIds, NOBODY])
    .execute()
  return rows.map((row): SlotException => {
    const day = { slotId: row.slot_id, onDay: row.on_date, reason: row.reason }
    const { moved_to: movedTo, starts_at: startsAt, minutes, room } = row
    if (movedTo === null || startsAt === null || minutes === null) return { ...day, kind: 'cancelled' }
    return { ...day, kind: 'moved', movedTo, startsAt: startsAt.slice(0, 5), minutes, room }
  })
}

/** The term that a class is in; null for none. */
export async function findTermOfClass(
  tx: Tx,
  classId: string,
): Promise<{ name: string; startsOn: string; endsOn: string } | null> {
  const row = await tx
    .selectFrom('terms')
    .innerJoin('classes', (join) =>
      join.onRef('classes.institution_id', '=', 'terms.institution_id').onRef('classes.term_id', '=', 'terms.id'),
    )
    .select(['terms.name', 'terms.starts_on', 'terms.ends_on'])
    .where('classes.id', '=', classId)
    .executeTakeFirst()
  return row ? { name: row.name, startsOn: row.starts_on, endsOn: row.ends_on } : null
}

export async function findHolidays(tx: Tx): Promise<Holiday[]> {
  const rows = await tx
    .selectFrom('holidays')
    .select(['name', 'starts_on', 'ends_on'])
    .orderBy('starts_on')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ name: row.name, startsOn: row.starts_on, endsOn: row.ends_on }))
}

/** An id that nothing has: a list of ids that may be empty stays one that SQL can read. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
