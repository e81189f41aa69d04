import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { isViolation } from '../../platform/db/violations.ts'
import { getInstitution } from '../institutions/index.ts'
import { lockClassLists, tellBoards } from '../roster/index.ts'
import { auditOfRow } from './audit.ts'
import { requireAsker } from './import-access.ts'
import { setNotUndone, setUndone } from './import-states.store.ts'
import { findImport, type Import } from './imports.store.ts'
import { eachSpan, type Job, type JobDeps, reasonOf, rowsOf, Stopped, type Tell, tellProgress } from './run-job.ts'
import { findRunningClasses, findTakenRows } from './take.store.ts'
import * as store from './undo.store.ts'

/** Something depends on it: nothing is taken back, and what it is is kept. */
class InTheWay extends Error {
  readonly found: Awaited<ReturnType<typeof store.findObstacles>>
  constructor(found: InTheWay['found']) {
    super('something depends on the import')
    this.found = found
  }
}

/** Takes an import back whole, or says what has come to depend on it and changes nothing. */
export async function undoImport(deps: JobDeps, job: Job): Promise<void> {
  const { institutionId, importId } = job
  try {
    await deps.db.inInstitution(institutionId, (tx) => takeBack(tx, deps, job))
  } catch (error) {
    const { obstacles, count } = error instanceof InTheWay ? error.found : { obstacles: [], count: 0 }
    // What is referred to at the very end was not there a moment before.
    const isInUse = error instanceof InTheWay || isViolation(error, 'reference')
    const because = isInUse ? 'in-use' : reasonOf(error)
    if (because === 'broken') deps.log.error({ err: error, importId }, 'an import could not be taken back')
    await deps.db.inInstitution(institutionId, (tx) => setNotUndone(tx, importId, { because, obstacles, count }))
  }
}

/** Everything in one transaction; how far it is, is told in others. */
async function takeBack(tx: Tx, deps: JobDeps, { institutionId, importId }: Job): Promise<void> {
  const tell = tellProgress(deps, { institutionId, importId })
  await lockClassLists(tx, institutionId)
  const found = await findImport(tx, importId)
  if (found?.state !== 'undoing') return
  const at = deps.now()
  const { personId } = await requireAsker(tx, found, 'undone_by')
  await tell(0)
  const { timeZone } = await getInstitution(tx)
  for (const classId of await findRunningClasses(tx, importId)) await tellBoards(tx, { institutionId, classId, at })
  const inTheWay = await store.findObstacles(tx, importId, timeZone)
  if (inTheWay.count > 0) throw new InTheWay(inTheWay)
  await appendAudit(tx, await auditOf(tx, found, { actorId: personId, at, tell }))
  await removeWhatItMade(tx, found, { timeZone, tell })
  if (!(await setUndone(tx, importId, at))) throw new Stopped()
}

/** The last things first: what was made earlier may be named by them. */
async function removeWhatItMade(
  tx: Tx,
  found: Import,
  { timeZone, tell }: { timeZone: string; tell: Tell },
): Promise<void> {
  const { id, made, headerN } = found
  const rows = rowsOf(found)
  await store.undoStays(tx, id, timeZone)
  await store.undoClasses(tx, id)
  await store.undoPeople(tx, id, (n) => tell(rows + n - headerN))
  await store.undoTerms(tx, id)
  const idsOf = (kind: 'subject' | 'department') => made.filter((each) => each.kind === kind).map((each) => each.id)
  await store.deleteMadeOnTheWay(tx, { subjectIds: idsOf('subject'), departmentIds: idsOf('department') })
}

/** What the import's own lines say, the other way round. */
async function auditOf(
  tx: Tx,
  found: Import,
  { tell, ...by }: { actorId: string; at: Date; tell: Tell },
): Promise<AuditEntry[]> {
  const who = { institutionId: found.institutionId, ...by, sessionId: null, reason: null }
  const entries: AuditEntry[] = []
  await eachSpan(found, async (span) => {
    for (const row of await findTakenRows(tx, span)) {
      const { action, subjectId, oldValue, newValue } = auditOfRow(row, found.class?.id ?? null)
      entries.push({ ...who, action: `${action}-undone`, subjectId, oldValue: newValue, newValue: oldValue })
    }
    await tell(span.to - found.headerN)
  })
  const oldValue = { fileName: found.fileName, kind: found.kind }
  return [...entries, { ...who, action: 'import-undone', subjectId: found.id, oldValue, newValue: null }]
}
