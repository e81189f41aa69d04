import { z } from 'zod'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { setProgress } from './import-states.store.ts'
import type { Import } from './imports.store.ts'
import { ROWS_AT_ONCE } from './judge-all.ts'
import type { Span } from './take.store.ts'

export type JobDeps = {
  db: Database
  jobs: Jobs
  now: () => Date
  log: { error(details: object, text: string): void }
}

export const IMPORT_QUEUE = 'imports'

/** What the server does in its own time: takes an import, or takes it back. */
export const ImportJob = z.object({
  task: z.enum(['take', 'undo']).default('take'),
  institutionId: z.uuid(),
  importId: z.uuid(),
})
export type Job = Pick<z.infer<typeof ImportJob>, 'institutionId' | 'importId'>

/** Somebody wants it stopped; whatever was done is rolled back. */
export class Stopped extends Error {}

/** Says how many of the import's steps are done. @throws Stopped */
export type Tell = (done: number) => Promise<void>

/** Tells in a transaction of its own: the one that does the work is seen only at its end. */
export function tellProgress(deps: Pick<JobDeps, 'db' | 'now'>, { institutionId, importId }: Job): Tell {
  return async (done) => {
    const at = deps.now()
    if (await deps.db.inInstitution(institutionId, (tx) => setProgress(tx, importId, done, at))) throw new Stopped()
  }
}

export function reasonOf(error: unknown): 'cancelled' | 'not-allowed' | 'broken' {
  if (error instanceof Stopped) return 'cancelled'
  return error instanceof Failure ? 'not-allowed' : 'broken'
}

/** How many rows it has: each counts twice in its progress, once when it is looked at and once when it is written. */
export const rowsOf = ({ progress }: Pick<Import, 'progress'>): number => progress.total / 2

/** All rows of an import in order, as many at a time as one statement takes. */
export async function eachSpan(found: Import, work: (span: Span) => Promise<void>): Promise<void> {
  const last = found.headerN + rowsOf(found)
  for (let from = found.headerN; from < last; from += ROWS_AT_ONCE)
    await work({ importId: found.id, from, to: Math.min(last, from + ROWS_AT_ONCE) })
}
