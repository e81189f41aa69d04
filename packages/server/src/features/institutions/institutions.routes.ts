import {
  changeInstitutionSettings,
  changePolicy as changePolicyRoute,
  getInstitutionSettings,
  getPolicy as getPolicyRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { changePolicy, getPolicy, type PolicyDeps } from './change-policy.ts'
import { changeSettings, getSettings } from './settings.ts'

export function installInstitutions(register: Register, deps: PolicyDeps): void {
  register.json(getPolicyRoute, async ({ actor }) => getPolicy(deps, { actor }))
  register.json(changePolicyRoute, async ({ actor, body }) => changePolicy(deps, { actor, policy: body }))
  register.json(getInstitutionSettings, ({ actor }) => getSettings(deps, { actor }))
  register.json(changeInstitutionSettings, ({ actor, body }) => changeSettings(deps, { actor, settings: body }))
}
