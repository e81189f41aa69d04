import {
  createInstitution as createInstitutionRoute,
  disableInstitution as disableInstitutionRoute,
  getInstallationHealth as getInstallationHealthRoute,
  listInstitutions as listInstitutionsRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { getInstallationHealth, type HealthDeps } from './health.ts'
import { createInstitution, disableInstitution, listInstitutions, type OwningDeps } from './owned-institutions.ts'

export function installInstallation(register: Register, deps: OwningDeps & HealthDeps): void {
  register.json(listInstitutionsRoute, ({ actor }) => listInstitutions(deps, { actor }))
  register.json(createInstitutionRoute, ({ actor, body }) => createInstitution(deps, { actor, ...body }))
  register.json(disableInstitutionRoute, async ({ actor, params, body }) => {
    await disableInstitution(deps, { actor, ...params, ...body })
    return { done: true as const }
  })
  register.json(getInstallationHealthRoute, ({ actor }) => getInstallationHealth(deps, { actor }))
}
