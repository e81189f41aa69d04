import { randomUUID } from 'node:crypto'
import type { HolidayView } from '@app/contract'
import { auditChange } from '../../platform/audit/audit-change.ts'
import { changesBetween } from '../../platform/audit/changes-between.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import * as store from './holidays.store.ts'
import type { StructureDeps } from './structure-deps.ts'
import type { NamedDays } from './terms.store.ts'

export async function listHolidays({ db }: StructureDeps, { actor }: { actor: Actor }): Promise<HolidayView[]> {
  requireRole(actor, 'admin', 'teacher')
  return db.inInstitution(actor.institutionId, store.findHolidays)
}

export async function createHoliday(
  { db, now }: StructureDeps,
  { actor, ...days }: NamedDays & { actor: Actor },
): Promise<HolidayView> {
  requireRole(actor, 'admin')
  const { institutionId } = actor
  const holiday = { id: randomUUID(), ...days }
  return db.inInstitution(institutionId, async (tx) => {
    const at = now()
    await store.insertHoliday(tx, { ...holiday, institutionId, at })
    await auditChange(tx, actor, {
      at,
      action: 'holiday-created',
      subjectId: holiday.id,
      oldValue: null,
      newValue: days,
    })
    return holiday
  })
}

/** @throws Failure `not-found` */
export async function updateHoliday(
  { db, now }: StructureDeps,
  { actor, holidayId, ...days }: NamedDays & { actor: Actor; holidayId: string },
): Promise<HolidayView> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const before = await getHoliday(tx, holidayId)
    const after = { id: holidayId, ...days }
    const changes = changesBetween(before, after)
    if (!changes) return before
    await store.setHoliday(tx, after)
    await auditChange(tx, actor, { at: now(), action: 'holiday-changed', subjectId: holidayId, ...changes })
    return after
  })
}

/** @throws Failure `not-found` */
export async function deleteHoliday(
  { db, now }: StructureDeps,
  { actor, holidayId }: { actor: Actor; holidayId: string },
): Promise<void> {
  requireRole(actor, 'admin')
  await db.inInstitution(actor.institutionId, async (tx) => {
    const { id, ...days } = await getHoliday(tx, holidayId)
    await store.deleteHolidayRow(tx, id)
    await auditChange(tx, actor, {
      at: now(),
      action: 'holiday-deleted',
      subjectId: id,
      oldValue: days,
      newValue: null,
    })
  })
}

async function getHoliday(tx: Tx, holidayId: string): Promise<store.Holiday> {
  const holiday = await store.lockHoliday(tx, holidayId)
  if (!holiday) throw new Failure('not-found')
  return holiday
}
