import { freeInterruptedImports, purgeImports } from './imports.store.ts'
import { IMPORT_QUEUE, ImportJob, type JobDeps } from './run-job.ts'
import { takeImport } from './take-import.ts'
import { undoImport } from './undo-import.ts'

/** An administrator watches the bar. */
const POLLING_SECONDS = 0.5

const MINUTE_MS = 60_000
const DRAFT_MS = 24 * 60 * MINUTE_MS
const UNDO_MS = 7 * DRAFT_MS
/** No batch takes as long: the server that was at it is gone. */
const QUIET_MS = 5 * MINUTE_MS

/** Takes imports, and takes them back, for as long as the server runs, and clears away what is over. */
export async function startImports(deps: JobDeps): Promise<void> {
  const run = (payload: unknown) => {
    const { task, ...job } = ImportJob.parse(payload)
    return task === 'take' ? takeImport(deps, job) : undoImport(deps, job)
  }
  await deps.jobs.work(IMPORT_QUEUE, run, POLLING_SECONDS)
  await deps.jobs.everyMinute('imports-tidy', async () => {
    const at = deps.now()
    const before = (ms: number) => new Date(at.getTime() - ms)
    await deps.db.outside(async (tx) => {
      await freeInterruptedImports(tx, before(QUIET_MS))
      await purgeImports(tx, { draftsBefore: before(DRAFT_MS), takenBefore: before(UNDO_MS), at })
    })
  })
}
