import {
  getGuardianHistory as getGuardianHistoryRoute,
  listGuardianStudents as listGuardianStudentsRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { type GuardianDeps, getGuardianHistory, listGuardianStudents } from './guardian-home.ts'

export function installGuardians(register: Register, deps: GuardianDeps): void {
  register.json(listGuardianStudentsRoute, ({ actor }) => listGuardianStudents(deps, { actor }))
  register.json(getGuardianHistoryRoute, ({ actor, params }) => getGuardianHistory(deps, { actor, ...params }))
}
