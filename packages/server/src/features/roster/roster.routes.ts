import {
  createClass,
  downloadImportTemplate,
  getClass,
  importStudents,
  inviteClassStudents,
  listClasses,
  listClassStudents,
  removeStudent,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { createSheetReader } from '../../platform/spreadsheet/read-sheet.ts'
import { installClassChanges } from './class-changes.routes.ts'
import * as classes from './classes.ts'
import * as imports from './import-students.ts'
import { makeImportTemplate } from './import-template.ts'
import * as invites from './invites.ts'
import * as students from './students.ts'

type Deps = Omit<imports.Deps, 'readSheet'> & students.ListDeps

/** Two files at once use the memory of two workers; the third waits its turn. */
const SHEETS = { atOnce: 2, timeoutMs: 30_000 }

export function installRoster(register: Register, deps: Deps): void {
  const readSheet = createSheetReader(SHEETS)

  register.json(listClasses, async ({ actor }) => ({
    classes: await classes.listClasses(deps, { actor, archived: false }),
  }))
  installClassChanges(register, deps)
  register.json(createClass, ({ actor, body }) => classes.createClass(deps, { actor, ...body }))
  register.json(getClass, ({ actor, params }) => classes.getClass(deps, { actor, ...params }))
  register.json(listClassStudents, async ({ actor, params }) => ({
    students: await students.listClassStudents(deps, { actor, ...params }),
  }))
  register.json(importStudents, ({ actor, params, query, file }) =>
    imports.importStudents({ ...deps, readSheet }, { actor, ...params, ...query, bytes: file.bytes }),
  )
  register.json(inviteClassStudents, ({ actor, params }) => invites.inviteClassStudents(deps, { actor, ...params }))
  register.json(removeStudent, async ({ actor, params }) => {
    await students.removeStudent(deps, { actor, ...params })
    return { done: true as const }
  })
  register.download(downloadImportTemplate, async ({ actor, query }) => makeImportTemplate({ actor, ...query }))
}
