import { randomUUID } from 'node:crypto'
import type { TestApp } from './app.ts'
import type { TestClass } from './builders.ts'

/** A weekly slot of a class: Mondays from nine to ten all through 2026, unless said otherwise. */
export async function aSlot(
  { db, deps }: TestApp,
  of: TestClass,
  given: {
    weekday?: number
    startsAt?: string
    minutes?: number
    room?: string
    validFrom?: string
    validUntil?: string
  } = {},
): Promise<string> {
  const id = randomUUID()
  await db.inInstitution(of.institutionId, (tx) =>
    tx
      .insertInto('timetable_slots')
      .values({
        institution_id: of.institutionId,
        id,
        class_id: of.id,
        weekday: given.weekday ?? 1,
        starts_at: given.startsAt ?? '09:00',
        minutes: given.minutes ?? 60,
        room: given.room ?? null,
        valid_from: given.validFrom ?? '2026-01-01',
        valid_until: given.validUntil ?? '2026-12-31',
        created_at: deps.now(),
      })
      .execute(),
  )
  return id
}

export async function aTerm(
  { db, deps }: TestApp,
  { institutionId }: { institutionId: string },
  given: { startsOn: string; endsOn: string },
): Promise<string> {
  const id = randomUUID()
  await db.inInstitution(institutionId, (tx) =>
    tx
      .insertInto('terms')
      .values({
        institution_id: institutionId,
        id,
        name: `Term ${id.slice(0, 8)}`,
        starts_on: given.startsOn,
        ends_on: given.endsOn,
        archived_at: null,
        created_at: deps.now(),
      })
      .execute(),
  )
  return id
}

/** A term that the class then belongs to. */
export async function aTermOf(
  test: TestApp,
  of: TestClass,
  given: { startsOn: string; endsOn: string },
): Promise<string> {
  const id = await aTerm(test, of, given)
  await test.db.inInstitution(of.institutionId, (tx) =>
    tx.updateTable('classes').set({ term_id: id }).where('id', '=', of.id).execute(),
  )
  return id
}

export async function aHoliday(
  { db, deps }: TestApp,
  { institutionId }: { institutionId: string },
  given: { startsOn: string; endsOn?: string; name?: string },
): Promise<string> {
  const id = randomUUID()
  await db.inInstitution(institutionId, (tx) =>
    tx
      .insertInto('holidays')
      .values({
        institution_id: institutionId,
        id,
        name: given.name ?? 'A holiday',
        starts_on: given.startsOn,
        ends_on: given.endsOn ?? given.startsOn,
        created_at: deps.now(),
      })
      .execute(),
  )
  return id
}
