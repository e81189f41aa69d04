import {
  AUDIT_EXPORT_MAX_ROWS,
  AUDIT_PAGE_ROWS,
  type AuditRow,
  type ReplyOf,
  type listAudit as route,
} from '@app/contract'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { type SheetFile, writeSheet } from '../../platform/spreadsheet/write-sheet.ts'
import { type AuditChoice, findPeopleIds, listAuditRows, type ReadableRow } from './audit-log.store.ts'
import { findHead } from './audit-rows.store.ts'

export type AuditDeps = { db: Database }

/** As the query has it: what was not asked for is absent. */
type AuditFilter = {
  actor?: string | undefined
  subject?: string | undefined
  action?: string | undefined
  sessionId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** More people of one name than this are no choice. */
const PEOPLE_MAX = 500

/** One page of the institution's log, newest first. */
export function listAudit(
  { db }: AuditDeps,
  { actor, filter, before }: { actor: Actor; filter: AuditFilter; before: string | undefined },
): Promise<ReplyOf<typeof route>> {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, async (tx) => {
    const choice = { ...(await choose(tx, filter)), before: before ?? null }
    const found = await listAuditRows(tx, choice, AUDIT_PAGE_ROWS + 1)
    const rows = found.slice(0, AUDIT_PAGE_ROWS)
    const head = await findHead(tx, actor.institutionId)
    return {
      rows: rows.map(toView),
      next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null,
      head: head && { seq: head.seq, hash: head.hash.toString('hex') },
    }
  })
}

/**
 * The same rows as a file, with the hash of each: a copy that is kept elsewhere shows later what was cut or rewritten.
 * @throws Failure `export-too-large`
 */
export async function makeAuditFile(
  { db }: AuditDeps,
  { actor, filter }: { actor: Actor; filter: AuditFilter },
): Promise<SheetFile> {
  requireRole(actor, 'admin')
  const rows = await db.inInstitution(actor.institutionId, async (tx) =>
    listAuditRows(tx, { ...(await choose(tx, filter)), before: null }, AUDIT_EXPORT_MAX_ROWS + 1),
  )
  if (rows.length > AUDIT_EXPORT_MAX_ROWS) throw new Failure('export-too-large')
  return writeSheet('csv', { name: 'audit log', header: HEADER, rows: rows.map(toLine) })
}

async function choose(tx: Tx, filter: AuditFilter): Promise<Omit<AuditChoice, 'before'>> {
  const idsOf = async (text: string | undefined) => (text ? findPeopleIds(tx, text, PEOPLE_MAX) : null)
  return {
    actorIds: await idsOf(filter.actor),
    subjectIds: await idsOf(filter.subject),
    action: filter.action ?? null,
    sessionId: filter.sessionId ?? null,
    from: filter.from ?? null,
    to: filter.to ?? null,
  }
}

function toView(row: ReadableRow): AuditRow {
  const session = row.session && { ...row.session, opensAt: row.session.opensAt.toISOString() }
  return { ...row, at: row.at.toISOString(), session }
}

const HEADER = [
  'Number',
  'Time (UTC)',
  'Who',
  'What',
  'Whom',
  'Roll No',
  'Class',
  'Session (UTC)',
  'Before',
  'After',
  'Reason',
  'Hash',
] as const

const toLine = (row: ReadableRow) => [
  row.link?.seq ?? null,
  row.at.toISOString(),
  row.actor?.fullName ?? '',
  row.action,
  row.subject?.fullName ?? '',
  row.subject?.rollNo ?? '',
  row.session?.className ?? '',
  row.session?.opensAt.toISOString() ?? '',
  row.oldValue === null ? '' : JSON.stringify(row.oldValue),
  row.newValue === null ? '' : JSON.stringify(row.newValue),
  row.reason ?? '',
  row.link?.hash ?? '',
]
