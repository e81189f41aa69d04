import { randomUUID } from 'node:crypto'
import type { ReplyOf, addSlot as route, SlotFields, SlotView } from '@app/contract'
import { auditChange } from '../../platform/audit/audit-change.ts'
import { changesBetween } from '../../platform/audit/changes-between.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { refusedAs } from '../../platform/db/violations.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { requireClassInUse, requireManagesClass } from '../roster/index.ts'
import { listClashes } from './clashes.ts'
import { deleteSlotRow, type EnteredSlot, insertSlot, lockSlot, setSlot } from './slots.store.ts'

export type SlotsDeps = { db: Database; now: () => Date }
type Saved = ReplyOf<typeof route>

/** Adds a weekly time. What it is in the way of comes back, and keeps nobody from adding it. */
export function addSlot(
  { db, now }: SlotsDeps,
  { actor, classId, ...fields }: SlotFields & { actor: Actor; classId: string },
): Promise<Saved> {
  const { institutionId } = actor
  const id = randomUUID()
  return db.inInstitution(institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    await requireClassInUse(tx, classId)
    const at = now()
    const slot = toEntered(fields)
    await insertSlot(tx, { ...slot, institutionId, id, classId, at })
    await auditChange(tx, actor, {
      at,
      action: 'slot-added',
      subjectId: classId,
      oldValue: null,
      newValue: { slotId: id, ...slot },
    })
    return {
      slot: toSlotView({ id, ...slot }),
      clashes: await listClashes(tx, { classId, slotId: id, slotDay: null, at }),
    }
  })
}

/** @throws Failure `not-found`, `not-allowed`, `class-archived` */
export function changeSlot(
  { db, now }: SlotsDeps,
  { actor, slotId, ...fields }: SlotFields & { actor: Actor; slotId: string },
): Promise<Saved> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const { classId, ...before } = await lockOwnSlot(tx, actor, slotId)
    await requireClassInUse(tx, classId)
    const at = now()
    const slot = toEntered(fields)
    const changes = changesBetween(before, slot)
    if (changes) {
      await setSlot(tx, slotId, slot)
      const { oldValue, newValue } = changes
      await auditChange(tx, actor, {
        at,
        action: 'slot-changed',
        subjectId: classId,
        oldValue: { slotId, ...oldValue },
        newValue: { slotId, ...newValue },
      })
    }
    return {
      slot: toSlotView({ id: slotId, ...slot }),
      clashes: await listClashes(tx, { classId, slotId, slotDay: null, at }),
    }
  })
}

/** With its exceptions. @throws Failure `not-found`, `not-allowed`, `still-in-use` once a session was made from it */
export function deleteSlot({ db, now }: SlotsDeps, { actor, slotId }: { actor: Actor; slotId: string }): Promise<void> {
  return refusedAs({ reference: 'still-in-use' }, () =>
    db.inInstitution(actor.institutionId, async (tx) => {
      const { classId, ...before } = await lockOwnSlot(tx, actor, slotId)
      await deleteSlotRow(tx, slotId)
      await auditChange(tx, actor, {
        at: now(),
        action: 'slot-deleted',
        subjectId: classId,
        oldValue: { slotId, ...before },
        newValue: null,
      })
    }),
  )
}

/** A weekly time of a class that the actor manages. @throws Failure `not-found`, `not-allowed` */
export async function lockOwnSlot(tx: Tx, actor: Actor, slotId: string): Promise<EnteredSlot & { classId: string }> {
  const slot = await lockSlot(tx, slotId)
  if (!slot) throw new Failure('not-found')
  await requireManagesClass(tx, actor, slot.classId)
  return slot
}

const toEntered = ({ room, ...fields }: SlotFields): EnteredSlot => ({ ...fields, room: room === '' ? null : room })

export const toSlotView = ({ room, ...slot }: EnteredSlot & { id: string }): SlotView => ({ ...slot, room: room ?? '' })
