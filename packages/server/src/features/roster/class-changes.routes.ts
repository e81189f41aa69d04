import { archiveClass, deleteClass, listArchivedClasses, listStays, moveStudent, updateClass } from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import * as changes from './class-changes.ts'
import { listClasses } from './classes.ts'
import * as stays from './stays.ts'

export function installClassChanges(register: Register, deps: changes.ClassChangesDeps): void {
  register.json(listArchivedClasses, async ({ actor }) => ({
    classes: await listClasses(deps, { actor, archived: true }),
  }))
  register.json(updateClass, ({ actor, params, body }) => changes.updateClass(deps, { actor, ...params, ...body }))
  register.json(archiveClass, ({ actor, params, body }) => changes.archiveClass(deps, { actor, ...params, ...body }))
  register.json(deleteClass, async ({ actor, params }) => {
    await changes.deleteClass(deps, { actor, ...params })
    return { done: true as const }
  })
  register.json(listStays, async ({ actor, params }) => ({ stays: await stays.listStays(deps, { actor, ...params }) }))
  register.json(moveStudent, ({ actor, params, body }) => stays.moveStudent(deps, { actor, ...params, ...body }))
}
