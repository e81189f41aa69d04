import {
  getOverview as getOverviewRoute,
  listLackingClasses as listLackingClassesRoute,
  listLowAttendance as listLowAttendanceRoute,
  listMissedSessions as listMissedSessionsRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { listLowAttendance } from './low-attendance.ts'
import { getOverview, listLackingClasses, listMissedSessions, type OverviewDeps } from './overview.ts'

export function installOverview(register: Register, deps: OverviewDeps): void {
  register.json(getOverviewRoute, ({ actor }) => getOverview(deps, { actor }))
  register.json(listLackingClassesRoute, ({ actor, query }) => listLackingClasses(deps, { actor, ...query }))
  register.json(listLowAttendanceRoute, ({ actor, query }) =>
    listLowAttendance(deps, { actor, after: query.after ?? null }),
  )
  register.json(listMissedSessionsRoute, ({ actor }) => listMissedSessions(deps, { actor }))
}
