import { isDeepStrictEqual } from 'node:util'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Tx } from '../../platform/db/open.ts'
import { isViolation } from '../../platform/db/violations.ts'
import { lockClassLists, tellBoards } from '../roster/index.ts'
import { auditOfRow } from './audit.ts'
import { makeContext } from './context.ts'
import { requireAsker } from './import-access.ts'
import { setNotTaken, setTaken } from './import-states.store.ts'
import { findImport, type Import, type MadeThing, setCounts } from './imports.store.ts'
import { judgeAll } from './judge-all.ts'
import type { Context } from './judge-rows.ts'
import { countRows, type JudgedRow, updateJudgements } from './rows.store.ts'
import { eachSpan, type Job, type JobDeps, reasonOf, rowsOf, Stopped, type Tell, tellProgress } from './run-job.ts'
import * as store from './take.store.ts'

/** Takes the good rows of an import, or none of them and says why. */
export async function takeImport(deps: JobDeps, job: Job): Promise<void> {
  try {
    await onceMoreOnConflict(() => takeRows(deps, job))
  } catch (error) {
    const because = reasonOf(error)
    if (because === 'broken') deps.log.error({ err: error, importId: job.importId }, 'an import could not be taken')
    await deps.db.inInstitution(job.institutionId, (tx) => setNotTaken(tx, job.importId, because))
  }
}

/** Imports wait for each other, an invited teacher with a student's address does not; a second look sees whose it is. */
async function onceMoreOnConflict<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isViolation(error, 'unique')) throw error
    return work()
  }
}

/** Everything in one transaction; how far it is, is told in others. */
async function takeRows(deps: JobDeps, { institutionId, importId }: Job): Promise<void> {
  const tell = tellProgress(deps, { institutionId, importId })
  await deps.db.inInstitution(institutionId, async (tx) => {
    await lockClassLists(tx, institutionId)
    const found = await findImport(tx, importId)
    if (found?.state !== 'taking') return
    const at = deps.now()
    const asker = await requireAsker(tx, found, 'taken_by')
    const by = asker.personId
    const context = await makeContext(tx, found, { by: asker, at })
    await tell(0)
    const differing = await judgeAgain(tx, found, context, tell)
    const made = await writeRows(tx, { found, context, at, by }, tell)
    await setCounts(tx, importId, { counts: await countRows(tx, importId), made })
    if (!(await setTaken(tx, importId, { differing, at }))) throw new Stopped()
  })
}

/** The institution may have changed since the preview. @returns how many rows turn out otherwise than it showed */
async function judgeAgain(tx: Tx, found: Import, context: Context, tell: Tell): Promise<number> {
  const { id: importId, headerN } = found
  let [differing, done] = [0, 0]
  await judgeAll(tx, { importId, headerN, section: null, context }, async (before, judged) => {
    const isShownAs = judged.map((row, i) => isDeepStrictEqual(shown(before[i]), shown(row)))
    const isWrittenAs = judged.map((row, i) => isDeepStrictEqual(written(before[i]), written(row)))
    await updateJudgements(
      tx,
      importId,
      judged.filter((_, i) => isShownAs[i] && !isWrittenAs[i]),
      { differs: false },
    )
    const others = judged.filter((_, i) => !isShownAs[i])
    await updateJudgements(tx, importId, others, { differs: true })
    differing += others.length
    done += judged.length
    await tell(done)
  })
  return differing
}

/** What people see of a judgement. */
const shown = (row: JudgedRow | undefined) => row && [row.outcome, row.changes, row.kept, row.problems]
/** Ids may be others without anybody seeing a difference. */
const written = (row: JudgedRow | undefined) => row && [row.targetId, row.values]

type Taking = { found: Import; context: Context; at: Date; by: string }

/**
 * New people and stays first; then the sessions whose boards are told are locked, and only then is a known person's row
 * changed, in the order of a check-in: a mark of that student waits for nothing that waits for it.
 */
async function writeRows(tx: Tx, taking: Taking, tell: Tell): Promise<MadeThing[]> {
  const { found, context, at } = taking
  const { id: importId, institutionId } = found
  const total = rowsOf(found)
  const each = (work: (span: store.Span) => Promise<void>) => eachSpan(found, work)
  await each(async (span) => {
    await store.insertTerms(tx, span, at)
    await store.updateTerms(tx, span)
    await store.insertPeople(tx, span, at)
    await store.insertTeacherRoles(tx, span)
    await tell(total + Math.round(Math.min(span.to, total) * 0.4))
  })
  const departments = await store.insertDepartments(tx, importId, at)
  const subjects = await store.insertSubjects(tx, importId, at)
  await store.updateSubjects(tx, importId)
  await each(async (span) => {
    await store.insertClasses(tx, span, at)
    await store.updateClasses(tx, span)
    await store.insertClassTeachers(tx, span)
  })
  await each(async (span) => {
    if (found.class) await store.insertJoins(tx, span, { classId: found.class.id, at })
    await store.insertStays(tx, span, { timeZone: context.timeZone, at })
    await tell(total + Math.round(total * 0.4 + Math.min(span.to, total) * 0.3))
  })
  for (const classId of await store.findRunningClasses(tx, importId))
    await tellBoards(tx, { institutionId, classId, at })
  await each(async (span) => {
    await store.updateStays(tx, span, context.timeZone)
    await store.updatePeople(tx, span, { onlyInvited: context.by.kind === 'teacher' })
    await appendAudit(tx, await auditOf(tx, taking, span))
    await tell(total + Math.round(total * 0.7 + Math.min(span.to, total) * 0.3))
  })
  await appendAudit(tx, importEntry(taking))
  return [
    ...departments.map((made) => ({ kind: 'department' as const, ...made })),
    ...subjects.map((made) => ({ kind: 'subject' as const, ...made })),
  ]
}

async function auditOf(tx: Tx, { found, at, by }: Taking, span: store.Span): Promise<AuditEntry[]> {
  const rows = await store.findTakenRows(tx, span)
  const who = { institutionId: found.institutionId, actorId: by, at, sessionId: null, reason: null }
  return rows.map((row) => ({ ...who, ...auditOfRow(row, found.class?.id ?? null) }))
}

const importEntry = ({ found, at, by }: Taking): AuditEntry => ({
  institutionId: found.institutionId,
  at,
  actorId: by,
  action: 'import-taken',
  subjectId: found.id,
  sessionId: null,
  oldValue: null,
  newValue: { fileName: found.fileName, kind: found.kind, classId: found.class?.id ?? null },
  reason: null,
})
