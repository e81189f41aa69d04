import * as contract from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { changeMeeting, restoreMeeting } from './exceptions.ts'
import { addSlot, changeSlot, deleteSlot, type SlotsDeps } from './slots.ts'
import { getClassTimetable, getTeacherTimetable } from './weeks.ts'

const done = { done: true } as const

export function installTimetable(register: Register, deps: SlotsDeps): void {
  register.json(contract.getClassTimetable, ({ actor, params, query }) =>
    getClassTimetable(deps, { actor, ...params, week: query.week ?? null }),
  )
  register.json(contract.getTeacherTimetable, ({ actor, params, query }) =>
    getTeacherTimetable(deps, { actor, ...params, week: query.week ?? null }),
  )
  register.json(contract.addSlot, ({ actor, params, body }) => addSlot(deps, { actor, ...params, ...body }))
  register.json(contract.changeSlot, ({ actor, params, body }) => changeSlot(deps, { actor, ...params, ...body }))
  register.json(contract.deleteSlot, async ({ actor, params }) => {
    await deleteSlot(deps, { actor, ...params })
    return done
  })
  register.json(contract.changeMeeting, ({ actor, params, body }) =>
    changeMeeting(deps, { actor, ...params, change: body }),
  )
  register.json(contract.restoreMeeting, async ({ actor, params }) => {
    await restoreMeeting(deps, { actor, ...params })
    return done
  })
}
