import { randomUUID } from 'node:crypto'
import { IMPORT_MAX_ROWS, type ImportRow, type ReplyOf, type importStudents as route } from '@app/contract'
import { outcomeOf, type RosterDetails, type RosterOutcome, type RosterRow, readRoster } from '@app/domain'
import { type AuditEntry, appendAudit } from '../../platform/audit/append-audit.ts'
import type { Database, Tx } from '../../platform/db/open.ts'
import { isViolation } from '../../platform/db/violations.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import type { ReadSheet } from '../../platform/spreadsheet/read-sheet.ts'
import { queueInviteMails } from '../accounts/index.ts'
import { requireManagesClass } from './class-access.ts'
import {
  findByRollNo,
  findEmailOwners,
  insertStays,
  insertStudents,
  lockImports,
  lowerRollNos,
  type NewStudent,
  updateStudents,
} from './import-students.store.ts'
import { inviteStudents } from './invites.ts'
import { tellBoards } from './tell-boards.ts'

export type Deps = {
  db: Database
  jobs: Jobs
  mailer: Mailer | null
  publicUrl: string
  readSheet: ReadSheet
  now: () => Date
}

export type StudentImport = { actor: Actor; classId: string; mode: 'check' | 'commit'; bytes: Buffer }
type Result = ReplyOf<typeof route>

/** A class list is six columns; what a school keeps beside them fits in twice as many more. */
const LIMITS = {
  // The header and some lines of title above it.
  maxRows: IMPORT_MAX_ROWS + 20,
  maxColumns: 64,
  maxCells: 20 * IMPORT_MAX_ROWS,
  maxInflatedBytes: 64 * 1024 * 1024,
}

/** A row with what taking it means. */
type JudgedRow = { row: RosterRow; judged: RosterOutcome }
/** What the good rows come to. */
type Plan = {
  added: NewStudent[]
  joinedIds: string[]
  changed: { before: RosterDetails; after: RosterDetails & { personId: string } }[]
}

/** Takes the good rows and names the bad ones; `check` gives the same answer and changes nothing. */
export async function importStudents(deps: Deps, input: StudentImport): Promise<Result> {
  const { actor, classId } = input
  await deps.db.inInstitution(actor.institutionId, (tx) => requireManagesClass(tx, actor, classId))
  const lines = await deps.readSheet(input.bytes, LIMITS)
  const sheet = readRoster(lines)
  if (!sheet) throw new Failure('file-no-header')
  if (sheet.rows.length === 0) throw new Failure('file-empty')
  if (sheet.rows.length > IMPORT_MAX_ROWS) throw new Failure('file-too-many-rows')

  const { judgedRows, invites } = await onceMoreOnConflict(() => takeRows(deps, input, sheet.rows))
  await queueInviteMails(deps, actor.institutionId, invites.mailPersonIds)
  const rows = judgedRows.map(toImportRow)
  return {
    rows,
    counts: countOutcomes(rows),
    ignoredColumns: sheet.ignoredColumns,
    mailed: invites.mailPersonIds.length,
    links: invites.links,
  }
}

type Invites = { links: Result['links']; mailPersonIds: string[] }
const NO_INVITES: Invites = { links: [], mailPersonIds: [] }

function takeRows(deps: Deps, input: StudentImport, rows: readonly RosterRow[]) {
  const { actor, classId, mode } = input
  return deps.db.inInstitution(actor.institutionId, async (tx) => {
    await requireManagesClass(tx, actor, classId)
    if (mode === 'commit') await lockImports(tx, actor.institutionId)
    const { judgedRows, plan } = await judgeRows(tx, classId, rows)
    const invites = mode === 'commit' ? await carryOut(deps, tx, input, plan) : NO_INVITES
    return { judgedRows, invites }
  })
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

async function judgeRows(tx: Tx, classId: string, rows: readonly RosterRow[]) {
  const lowered = await lowerRollNos(
    tx,
    rows.map((row) => row.rollNo),
  )
  const known = await findByRollNo(tx, classId, lowered)
  const owners = await findEmailOwners(
    tx,
    rows.flatMap((row) => row.email ?? []),
  )
  const plan: Plan = { added: [], joinedIds: [], changed: [] }
  const earlierRows = new Map<string, number>()
  const judgedRows = rows.map((row, i): JudgedRow => {
    const key = lowered[i] ?? ''
    const student = known.get(key) ?? null
    const alike = nameLikeRollNo(row, earlierRows.get(key))
    if (!earlierRows.has(key)) earlierRows.set(key, row.row)
    const judged = outcomeOf(alike, student, row.email === null ? null : (owners.get(row.email) ?? null))
    const { fullName, email, phone, batch, department } = row
    if (judged.outcome === 'added')
      plan.added.push({ personId: randomUUID(), rollNo: row.rollNo, fullName, email, phone, batch, department })
    if (judged.outcome === 'joined') plan.joinedIds.push(judged.personId)
    if (judged.outcome === 'changed' && student)
      plan.changed.push({ before: student, after: { personId: judged.personId, ...judged.details } })
    return { row, judged }
  })
  return { judgedRows, plan }
}

/** `İ1` and `I1` are one roll number to the database, and two to the rules that have read the sheet. */
function nameLikeRollNo(row: RosterRow, otherRow: number | undefined): RosterRow {
  if (otherRow === undefined || row.problems.length > 0) return row
  const problem = { column: 'roll_no', code: 'duplicate-roll-no', value: row.rollNo, otherRow } as const
  return { ...row, problems: [problem] }
}

async function carryOut(deps: Deps, tx: Tx, { actor, classId }: StudentImport, plan: Plan): Promise<Invites> {
  const at = deps.now()
  const { institutionId } = actor
  for (const students of inBatches(plan.added)) await insertStudents(tx, institutionId, students, at)
  const joining = [...plan.added.map(({ personId }) => personId), ...plan.joinedIds]
  for (const personIds of inBatches(joining)) await insertStays(tx, { institutionId, classId, personIds, at })
  await appendAudit(tx, auditOf(plan, { institutionId, actorId: actor.personId, classId, at }))
  const invites = await inviteStudents(deps, tx, { actor, students: plan.added, at })
  const touched = plan.added.length + plan.joinedIds.length + plan.changed.length
  if (touched > 0) await tellBoards(tx, { institutionId, classId, at })
  // After the session is locked, as in a check-in: a row whose address changes keeps a mark of that student waiting.
  for (const changes of inBatches(plan.changed))
    await updateStudents(
      tx,
      changes.map(({ after }) => after),
    )
  return invites
}

/** So many rows a statement that none of them runs into its time limit on a busy machine. */
const BATCH = 5_000

function* inBatches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH)
}

function auditOf(plan: Plan, by: { institutionId: string; actorId: string; classId: string; at: Date }): AuditEntry[] {
  const { classId, ...who } = by
  const entry = (
    action: string,
    subjectId: string,
    oldValue: AuditEntry['oldValue'],
    newValue: AuditEntry['newValue'],
  ): AuditEntry => ({ ...who, action, subjectId, sessionId: null, oldValue, newValue, reason: null })
  return [
    ...plan.added.map(({ personId, rollNo }) => entry('student-added', personId, null, { classId, rollNo })),
    ...plan.joinedIds.map((personId) => entry('student-joined', personId, null, { classId })),
    ...plan.changed.map(({ before, after: { personId, ...after } }) =>
      entry('student-changed', personId, detailsOf(before), detailsOf(after)),
    ),
  ]
}

const detailsOf = ({ fullName, email, phone, batch, department }: RosterDetails) => ({
  fullName,
  email,
  phone,
  batch,
  department,
})

const toImportRow = ({ row, judged }: JudgedRow): ImportRow => ({
  row: row.row,
  rollNo: row.rollNo,
  fullName: row.fullName,
  outcome: judged.outcome,
  problems: judged.outcome === 'error' ? judged.problems : [],
})

function countOutcomes(rows: readonly ImportRow[]): Result['counts'] {
  const counts = { added: 0, joined: 0, changed: 0, same: 0, error: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  return counts
}
