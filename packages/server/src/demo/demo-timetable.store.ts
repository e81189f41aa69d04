import type { Tx } from '../platform/db/open.ts'
import { SESSION_MINUTES } from './demo-sessions.ts'
import type { DemoPlanned, DemoSlot } from './demo-timetable.ts'

export async function insertDemoSlots(
  tx: Tx,
  { institutionId, at }: { institutionId: string; at: Date },
  slots: readonly DemoSlot[],
): Promise<void> {
  await tx
    .insertInto('timetable_slots')
    .values(
      slots.map((slot) => ({
        institution_id: institutionId,
        id: slot.id,
        class_id: slot.classId,
        weekday: slot.weekday,
        starts_at: slot.startsAt,
        minutes: SESSION_MINUTES,
        room: null,
        valid_from: slot.from,
        valid_until: slot.until,
        created_at: at,
      })),
    )
    .execute()
}

export async function insertDemoPlanned(tx: Tx, institutionId: string, planned: readonly DemoPlanned[]): Promise<void> {
  await tx
    .insertInto('sessions')
    .values(
      planned.map((session) => ({
        institution_id: institutionId,
        id: session.id,
        class_id: session.classId,
        opens_at: session.opensAt,
        late_after: session.lateAfter,
        closes_at: session.closesAt,
        methods: ['face' as const, 'code' as const],
        planned_by: session.plannedBy,
        planned_opens_at: session.opensAt,
        planned_closes_at: session.closesAt,
        slot_id: session.slot.id,
        slot_date: session.slot.day,
      })),
    )
    .execute()
}
