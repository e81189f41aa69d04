import {
  createClass,
  getClass,
  inviteClassStudents,
  listClasses,
  listClassStudents,
  removeStudent,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { installClassChanges } from './class-changes.routes.ts'
import * as classes from './classes.ts'
import * as invites from './invites.ts'
import * as students from './students.ts'

type Deps = invites.Deps & students.ListDeps

export function installRoster(register: Register, deps: Deps): void {
  register.json(listClasses, async ({ actor }) => ({
    classes: await classes.listClasses(deps, { actor, archived: false }),
  }))
  installClassChanges(register, deps)
  register.json(createClass, ({ actor, body }) => classes.createClass(deps, { actor, ...body }))
  register.json(getClass, ({ actor, params }) => classes.getClass(deps, { actor, ...params }))
  register.json(listClassStudents, async ({ actor, params }) => ({
    students: await students.listClassStudents(deps, { actor, ...params }),
  }))
  register.json(inviteClassStudents, ({ actor, params }) => invites.inviteClassStudents(deps, { actor, ...params }))
  register.json(removeStudent, async ({ actor, params }) => {
    await students.removeStudent(deps, { actor, ...params })
    return { done: true as const }
  })
}
