import {
  changeClassPolicy as changeClassPolicyRoute,
  changePolicy as changePolicyRoute,
  getClassPolicy as getClassPolicyRoute,
  getPolicy as getPolicyRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { changePolicy, changePolicyOfClass, getPolicy, getPolicyOfClass, type PolicyDeps } from './change-policy.ts'

export function installPolicy(register: Register, deps: PolicyDeps): void {
  register.json(getPolicyRoute, async ({ actor }) => getPolicy(deps, { actor }))
  register.json(changePolicyRoute, async ({ actor, body }) => changePolicy(deps, { actor, ...body }))
  register.json(getClassPolicyRoute, ({ actor, params }) => getPolicyOfClass(deps, { actor, ...params }))
  register.json(changeClassPolicyRoute, ({ actor, params, body }) =>
    changePolicyOfClass(deps, { actor, ...params, ...body }),
  )
}
