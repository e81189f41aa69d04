import type { BodyOf, ClashView, changeMeeting as route } from '@app/contract'
import { type SlotException, weekdayOf } from '@app/domain'
import { auditChange } from '../../platform/audit/audit-change.ts'
import type { Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireClassInUse } from '../roster/index.ts'
import { listClashes } from './clashes.ts'
import { deleteException, type EnteredSlot, putException } from './slots.store.ts'
import { lockOwnSlot, type SlotsDeps } from './slots.ts'
import { findExceptions } from './timetable.store.ts'

type OneDay = { actor: Actor; slotId: string; day: string }

/**
 * Cancels one meeting, or moves it; whatever was said of that day before is replaced.
 * @throws Failure `not-found`, `not-allowed`, `class-archived`, `no-meeting-then`
 */
export function changeMeeting(
  { db, now }: SlotsDeps,
  { actor, slotId, day, change }: OneDay & { change: BodyOf<typeof route> },
): Promise<{ clashes: ClashView[] }> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const slot = await lockOwnSlot(tx, actor, slotId)
    await requireClassInUse(tx, slot.classId)
    if (!meetsOn(slot, day)) throw new Failure('no-meeting-then')
    const at = now()
    const before = await findException(tx, slotId, day)
    const exception = toException(slotId, day, change)
    await putException(tx, exception, { institutionId: actor.institutionId, by: actor.personId, at })
    await auditChange(tx, actor, {
      at,
      action: change.kind === 'moved' ? 'meeting-moved' : 'meeting-cancelled',
      subjectId: slot.classId,
      oldValue: before,
      newValue: exception,
      reason: change.reason,
    })
    // What is cancelled is in nobody's way: it is no meeting any more.
    return { clashes: await listClashes(tx, { classId: slot.classId, slotId, slotDay: day, at }) }
  })
}

/** Lets a meeting be held as its weekly time says. @throws Failure `not-found`, `not-allowed` */
export function restoreMeeting({ db, now }: SlotsDeps, { actor, slotId, day }: OneDay): Promise<void> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { classId } = await lockOwnSlot(tx, actor, slotId)
    const before = await findException(tx, slotId, day)
    if (!before || !(await deleteException(tx, slotId, day))) throw new Failure('not-found')
    await auditChange(tx, actor, {
      at: now(),
      action: 'meeting-restored',
      subjectId: classId,
      oldValue: before,
      newValue: null,
    })
  })
}

async function findException(tx: Tx, slotId: string, day: string): Promise<SlotException | null> {
  const exceptions = await findExceptions(tx, [slotId])
  return exceptions.find(({ onDay }) => onDay === day) ?? null
}

const meetsOn = ({ weekday, validFrom, validUntil }: EnteredSlot, day: string) =>
  weekdayOf(day) === weekday && day >= validFrom && day <= validUntil

function toException(slotId: string, onDay: string, change: BodyOf<typeof route>): SlotException {
  const day = { slotId, onDay, reason: change.reason === '' ? null : change.reason }
  if (change.kind === 'cancelled') return { ...day, kind: 'cancelled' }
  const { movedTo, startsAt, minutes, room } = change
  return { ...day, kind: 'moved', movedTo, startsAt, minutes, room: room === '' ? null : room }
}
