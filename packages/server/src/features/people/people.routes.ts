import * as contract from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { actOnPeople } from './actions.ts'
import { type DirectoryDeps, listPeople, listPeopleChoices, makePeopleFile } from './directory.ts'
import { inviteGuardian, unlinkGuardian } from './guardians.ts'
import { handOver } from './hand-over.ts'
import { type ActionDeps, makeClassInviteSheet, makeInviteSheet } from './invite-cards.ts'
import { changePerson, endSignIns, getPerson, listPersonHistory } from './person.ts'
import { changeRoles } from './roles.ts'

const DONE = { done: true } as const

export function installPeople(register: Register, deps: DirectoryDeps & ActionDeps): void {
  installDirectory(register, deps)
  installPerson(register, deps)
}

function installDirectory(register: Register, deps: DirectoryDeps & ActionDeps): void {
  register.json(contract.listPeople, ({ actor, query }) => {
    const { sort, order, after = null, ...filter } = query
    return listPeople(deps, { actor, filter, sort, order, after })
  })
  register.json(contract.listPeopleChoices, ({ actor }) => listPeopleChoices(deps, { actor }))
  register.download(contract.downloadPeople, ({ actor, query }) => {
    const { format, ...filter } = query
    return makePeopleFile(deps, { actor, filter, format })
  })
  register.json(contract.actOnPeople, ({ actor, body }) => actOnPeople(deps, { actor, ...body }))
  register.json(contract.makeInviteSheet, ({ actor, body }) => makeInviteSheet(deps, { actor, ...body }))
  register.json(contract.makeClassInviteSheet, ({ actor, params }) => makeClassInviteSheet(deps, { actor, ...params }))
}

function installPerson(register: Register, deps: DirectoryDeps & ActionDeps): void {
  register.json(contract.getPerson, ({ actor, params }) => getPerson(deps, { actor, ...params }))
  register.json(contract.changePerson, async ({ actor, params, body }) => {
    await changePerson(deps, { actor, ...params, ...body })
    return DONE
  })
  register.json(contract.changeRoles, async ({ actor, params, body }) => {
    await changeRoles(deps, { actor, ...params, ...body })
    return DONE
  })
  register.json(contract.endSignIns, ({ actor, params }) => endSignIns(deps, { actor, ...params }))
  register.json(contract.handOver, async ({ actor, params, body }) => {
    await handOver(deps, { actor, ...params, ...body })
    return DONE
  })
  register.json(contract.inviteGuardian, ({ actor, params, body }) =>
    inviteGuardian(deps, { actor, ...params, ...body }),
  )
  register.json(contract.unlinkGuardian, async ({ actor, params }) => {
    await unlinkGuardian(deps, { actor, ...params })
    return DONE
  })
  register.json(contract.listPersonHistory, ({ actor, params, query }) =>
    listPersonHistory(deps, { actor, ...params, before: query.before ?? null }),
  )
}
