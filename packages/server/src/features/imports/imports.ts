import type { ImportView, listImportRows, listImports as listRoute, ResultOf } from '@app/contract'
import { IMPORT_ROWS_A_PAGE } from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { getOwnImport, lockDraft } from './import-access.ts'
import { setCancelAsked, setTaking, setUndoing } from './import-states.store.ts'
import { findImports } from './imports.store.ts'
import { findPage, type Shown } from './rows.store.ts'
import { IMPORT_QUEUE } from './run-job.ts'
import { toRowView, toSummary, toView, undoEndsAt } from './view.ts'

export type Deps = { db: Database; jobs: Jobs; mailer: object | null; now: () => Date }
type Target = { actor: Actor; importId: string }

const SHOWN_IMPORTS = 20

export async function listImports({ db, now }: Deps, { actor }: { actor: Actor }): Promise<ResultOf<typeof listRoute>> {
  requireRole(actor, 'admin', 'teacher')
  const by = actor.roles.has('admin') ? null : actor.personId
  const imports = await db.inInstitution(actor.institutionId, (tx) => findImports(tx, by, SHOWN_IMPORTS))
  return { imports: imports.map((found) => toSummary(found, now())) }
}

export async function getImport({ db, mailer, now }: Deps, { actor, importId }: Target): Promise<ImportView> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const found = await getOwnImport(tx, actor, importId)
    return toView(tx, found, { mailsInvites: mailer !== null, at: now() })
  })
}

export async function listRows(
  { db }: Deps,
  { actor, importId, show, page }: Target & { show: Shown; page: number },
): Promise<ResultOf<typeof listImportRows>> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const found = await getOwnImport(tx, actor, importId)
    const offset = (page - 1) * IMPORT_ROWS_A_PAGE
    const { rows, total } = await findPage(tx, importId, { show, offset, limit: IMPORT_ROWS_A_PAGE })
    return { rows: rows.map((row) => toRowView(found, row)), total }
  })
}

/** Has the good rows taken; a second time is refused. */
export async function commitImport(deps: Deps, { actor, importId }: Target): Promise<ImportView> {
  const { institutionId, personId } = actor
  await deps.db.inInstitution(institutionId, async (tx) => {
    const { counts } = await lockDraft(tx, actor, importId, ['ready'])
    const rows = counts.new + counts.changed + counts.same + counts.error
    // Each row is judged once more, then written.
    const isMine = await setTaking(tx, importId, { total: rows * 2, by: personId, at: deps.now() })
    if (!isMine) throw new Failure('already-done')
  })
  await deps.jobs.add(IMPORT_QUEUE, [{ task: 'take', institutionId, importId }])
  return getImport(deps, { actor, importId })
}

export async function cancelImport(deps: Deps, { actor, importId }: Target): Promise<ImportView> {
  await deps.db.inInstitution(actor.institutionId, async (tx) => {
    await getOwnImport(tx, actor, importId)
    if (!(await setCancelAsked(tx, importId))) throw new Failure('already-done')
  })
  return getImport(deps, { actor, importId })
}

/** Has an import taken back, if nothing depends on it when its turn comes. */
export async function undoImport(deps: Deps, { actor, importId }: Target): Promise<ImportView> {
  const { institutionId, personId } = actor
  const at = deps.now()
  await deps.db.inInstitution(institutionId, async (tx) => {
    const found = await lockDraft(tx, actor, importId, ['taken'])
    if (found.isPurged || !found.takenAt || undoEndsAt(found.takenAt) <= at) throw new Failure('import-undo-over')
    if (!(await setUndoing(tx, importId, { by: personId, at }))) throw new Failure('already-done')
  })
  await deps.jobs.add(IMPORT_QUEUE, [{ task: 'undo', institutionId, importId }])
  return getImport(deps, { actor, importId })
}
