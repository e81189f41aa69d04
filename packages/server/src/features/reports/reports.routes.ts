import { downloadClassMarks, downloadClassReport, downloadSessionMarks, getClassReport } from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import type { Register } from '../../platform/http/register.ts'
import { createSheetWriter } from '../../platform/spreadsheet/write-long-sheet.ts'
import * as report from './class-report.ts'
import * as marks from './marks-file.ts'

/** The marks of a large class take a core for a second: one at a time leaves the other core to the check-ins. */
const LONG_SHEETS = { atOnce: 1 }

export function installReports(register: Register, deps: { db: Database; now: () => Date }): void {
  const marksDeps = { db: deps.db, now: deps.now, writeLongSheet: createSheetWriter(LONG_SHEETS) }
  register.json(getClassReport, ({ actor, params }) => report.getClassReport(deps, { actor, ...params }))
  register.download(downloadClassReport, ({ actor, params, query }) =>
    report.makeReportFile(deps, { actor, ...params, ...query }),
  )
  register.download(downloadClassMarks, ({ actor, params, query }) =>
    marks.makeClassMarksFile(marksDeps, { actor, ...params, ...query }),
  )
  register.download(downloadSessionMarks, ({ actor, params, query }) =>
    marks.makeSessionMarksFile(marksDeps, { actor, ...params, ...query }),
  )
}
