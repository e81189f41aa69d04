import { randomUUID } from 'node:crypto'
import type { Method } from '@app/contract'
import type { TestApp } from './app.ts'
import type { TestClass, TestSession } from './builders.ts'

const MINUTE_MS = 60_000

/** A planned hour that is late after ten minutes, `inMinutes` from the clock's now. */
export async function aPlannedSession(
  { db, deps }: TestApp,
  of: TestClass,
  given: {
    plannedBy: { id: string }
    inMinutes?: number
    minutes?: number
    methods?: Method[]
    room?: string
    slot?: { id: string; day: string }
  },
): Promise<TestSession> {
  const id = randomUUID()
  const opensAt = new Date(deps.now().getTime() + (given.inMinutes ?? 0) * MINUTE_MS)
  const after = (minutes: number) => new Date(opensAt.getTime() + minutes * MINUTE_MS)
  const closesAt = after(given.minutes ?? 60)
  await db.inInstitution(of.institutionId, (tx) =>
    tx
      .insertInto('sessions')
      .values({
        institution_id: of.institutionId,
        id,
        class_id: of.id,
        opens_at: opensAt,
        late_after: after(10),
        closes_at: closesAt,
        methods: given.methods ?? ['face', 'code'],
        planned_by: given.plannedBy.id,
        planned_opens_at: opensAt,
        planned_closes_at: closesAt,
        room: given.room ?? null,
        slot_id: given.slot?.id ?? null,
        slot_date: given.slot?.day ?? null,
      })
      .execute(),
  )
  return { id, institutionId: of.institutionId, classId: of.id }
}
