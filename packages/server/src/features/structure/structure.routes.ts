import * as contract from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import * as departments from './departments.ts'
import * as holidays from './holidays.ts'
import type { StructureDeps } from './structure-deps.ts'
import * as subjects from './subjects.ts'
import * as terms from './terms.ts'

const done = { done: true } as const

export function installStructure(register: Register, deps: StructureDeps): void {
  register.json(contract.listTerms, async ({ actor }) => ({ terms: await terms.listTerms(deps, { actor }) }))
  register.json(contract.createTerm, ({ actor, body }) => terms.createTerm(deps, { actor, ...body }))
  register.json(contract.updateTerm, ({ actor, params, body }) => terms.updateTerm(deps, { actor, ...params, ...body }))
  register.json(contract.archiveTerm, ({ actor, params, body }) =>
    terms.archiveTerm(deps, { actor, ...params, ...body }),
  )
  register.json(contract.deleteTerm, async ({ actor, params }) => {
    await terms.deleteTerm(deps, { actor, ...params })
    return done
  })

  register.json(contract.listHolidays, async ({ actor }) => ({
    holidays: await holidays.listHolidays(deps, { actor }),
  }))
  register.json(contract.createHoliday, ({ actor, body }) => holidays.createHoliday(deps, { actor, ...body }))
  register.json(contract.updateHoliday, ({ actor, params, body }) =>
    holidays.updateHoliday(deps, { actor, ...params, ...body }),
  )
  register.json(contract.deleteHoliday, async ({ actor, params }) => {
    await holidays.deleteHoliday(deps, { actor, ...params })
    return done
  })

  register.json(contract.listDepartments, async ({ actor }) => ({
    departments: await departments.listDepartments(deps, { actor }),
  }))
  register.json(contract.createDepartment, ({ actor, body }) => departments.createDepartment(deps, { actor, ...body }))
  register.json(contract.renameDepartment, ({ actor, params, body }) =>
    departments.renameDepartment(deps, { actor, ...params, ...body }),
  )
  register.json(contract.archiveDepartment, ({ actor, params, body }) =>
    departments.archiveDepartment(deps, { actor, ...params, ...body }),
  )
  register.json(contract.deleteDepartment, async ({ actor, params }) => {
    await departments.deleteDepartment(deps, { actor, ...params })
    return done
  })

  register.json(contract.listSubjects, async ({ actor }) => ({
    subjects: await subjects.listSubjects(deps, { actor }),
  }))
  register.json(contract.createSubject, ({ actor, body }) => subjects.createSubject(deps, { actor, ...body }))
  register.json(contract.updateSubject, ({ actor, params, body }) =>
    subjects.updateSubject(deps, { actor, ...params, ...body }),
  )
  register.json(contract.archiveSubject, ({ actor, params, body }) =>
    subjects.archiveSubject(deps, { actor, ...params, ...body }),
  )
  register.json(contract.deleteSubject, async ({ actor, params }) => {
    await subjects.deleteSubject(deps, { actor, ...params })
    return done
  })
}
