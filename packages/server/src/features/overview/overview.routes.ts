import {
  getOverview as getOverviewRoute,
  listLackingClasses as listLackingClassesRoute,
  listMissedSessions as listMissedSessionsRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { getOverview, listLackingClasses, listMissedSessions, type OverviewDeps } from './overview.ts'

export function installOverview(register: Register, deps: OverviewDeps): void {
  register.json(getOverviewRoute, ({ actor }) => getOverview(deps, { actor }))
  register.json(listLackingClassesRoute, ({ actor, query }) => listLackingClasses(deps, { actor, ...query }))
  register.json(listMissedSessionsRoute, ({ actor }) => listMissedSessions(deps, { actor }))
}
