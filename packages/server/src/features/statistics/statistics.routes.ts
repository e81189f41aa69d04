import { getRefusalStatistics as getRefusalStatisticsRoute } from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { getRefusalStatistics, type StatisticsDeps } from './statistics.ts'

export function installStatistics(register: Register, deps: StatisticsDeps): void {
  register.json(getRefusalStatisticsRoute, ({ actor, query }) =>
    getRefusalStatistics(deps, { actor, days: query.days, classId: query.classId ?? null }),
  )
}
