import { downloadClassReport, getClassReport } from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import * as report from './class-report.ts'

export function installReports(register: Register, deps: report.Deps): void {
  register.json(getClassReport, ({ actor, params }) => report.getClassReport(deps, { actor, ...params }))
  register.download(downloadClassReport, ({ actor, params, query }) =>
    report.makeReportFile(deps, { actor, ...params, ...query }),
  )
}
