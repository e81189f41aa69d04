import type { ResultOf, undoImport as route } from '@app/contract'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { refusedAs } from '../../platform/db/violations.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { getInstitution } from '../institutions/index.ts'
import { lockClassLists, tellBoards } from '../roster/index.ts'
import { auditOfRow } from './audit.ts'
import { getOwnImport, lockDraft } from './import-access.ts'
import { type Import, setUndone } from './imports.store.ts'
import { ROWS_AT_ONCE } from './judge-all.ts'
import { findRunningClasses, findTakenRows } from './take.store.ts'
import * as store from './undo.store.ts'
import { undoEndsAt } from './view.ts'

type Deps = { db: Database; now: () => Date }

/** Takes an import back whole, or says what has come to depend on it and changes nothing. */
export async function undoImport(
  { db, now }: Deps,
  { actor, importId }: { actor: Actor; importId: string },
): Promise<ResultOf<typeof route>> {
  const { institutionId } = actor
  const at = now()
  return refusedAs({ reference: 'still-in-use' }, () =>
    db.inInstitution(institutionId, async (tx) => {
      await getOwnImport(tx, actor, importId)
      await lockClassLists(tx, institutionId)
      const found = await lockDraft(tx, actor, importId, ['taken'])
      if (found.isPurged || !found.takenAt || undoEndsAt(found.takenAt) <= at) throw new Failure('import-undo-over')
      const { timeZone } = await getInstitution(tx)
      for (const classId of await findRunningClasses(tx, importId)) await tellBoards(tx, { institutionId, classId, at })
      const { obstacles, count } = await store.findObstacles(tx, importId, timeZone)
      if (count > 0) return { undone: false, obstacles, obstacleCount: count }
      await appendAudit(tx, await auditOf(tx, found, { actorId: actor.personId, at }))
      await takeBack(tx, found, timeZone)
      await setUndone(tx, importId, { by: actor.personId, at })
      return { undone: true, obstacles: [], obstacleCount: 0 }
    }),
  )
}

/** The last things first: what was made earlier may be named by them. */
async function takeBack(tx: Tx, { id, made }: Import, timeZone: string): Promise<void> {
  await store.undoStays(tx, id, timeZone)
  await store.undoClasses(tx, id)
  await store.undoPeople(tx, id)
  await store.undoTerms(tx, id)
  const idsOf = (kind: 'subject' | 'department') => made.filter((each) => each.kind === kind).map((each) => each.id)
  await store.deleteMadeOnTheWay(tx, { subjectIds: idsOf('subject'), departmentIds: idsOf('department') })
}

/** What the import's own lines say, the other way round. */
async function auditOf(tx: Tx, found: Import, by: { actorId: string; at: Date }): Promise<AuditEntry[]> {
  const who = { institutionId: found.institutionId, ...by, sessionId: null, reason: null }
  const entries: AuditEntry[] = []
  const last = found.headerN + found.progress.total / 2
  for (let from = found.headerN; from < last; from += ROWS_AT_ONCE)
    for (const row of await findTakenRows(tx, { importId: found.id, from, to: from + ROWS_AT_ONCE })) {
      const { action, subjectId, oldValue, newValue } = auditOfRow(row, found.class?.id ?? null)
      entries.push({ ...who, action: `${action}-undone`, subjectId, oldValue: newValue, newValue: oldValue })
    }
  const oldValue = { fileName: found.fileName, kind: found.kind }
  return [...entries, { ...who, action: 'import-undone', subjectId: found.id, oldValue, newValue: null }]
}
