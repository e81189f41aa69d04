import { IMPORT_UNDO_DAYS, type ImportRow, type ImportView } from '@app/contract'
import { columnLetters } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import type { Import } from './imports.store.ts'
import { mappingOf, textsOfRow } from './judge-rows.ts'
import type { StoredRow } from './rows.store.ts'
import { findInvitable } from './undo.store.ts'

const DAY_MS = 86_400_000

export const undoEndsAt = (takenAt: Date) => new Date(takenAt.getTime() + IMPORT_UNDO_DAYS * DAY_MS)

export function toSummary(found: Import, at: Date) {
  const { id, fileName, kind, state, counts, takenAt } = found
  const until = takenAt && state === 'taken' && !found.isPurged ? undoEndsAt(takenAt) : null
  return {
    id,
    fileName,
    kind,
    class: found.class,
    state,
    counts,
    createdAt: found.createdAt.toISOString(),
    createdBy: found.createdBy.fullName,
    takenAt: takenAt?.toISOString() ?? null,
    undoUntil: until && until > at ? until.toISOString() : null,
  }
}

export async function toView(
  tx: Tx,
  found: Import,
  { mailsInvites, at }: { mailsInvites: boolean; at: Date },
): Promise<ImportView> {
  const invitable = found.state === 'taken' ? await findInvitable(tx, found.id) : []
  const byMail = mailsInvites ? invitable.filter(({ email }) => email !== null).length : 0
  return {
    ...toSummary(found, at),
    columns: found.titles.map((title, i) => ({ ...title, column: found.mapping[i] ?? null })),
    hasHeader: found.headerN > 0,
    ignored: found.ignored,
    sections: found.counts.sections,
    made: found.made.map(({ name }) => name),
    progress: found.progress,
    failedBecause: found.failedBecause,
    obstacles: found.obstacles,
    obstacleCount: found.obstacleCount,
    differing: found.differing,
    invitable: { byMail, byLink: invitable.length - byMail },
  }
}

/** One row for whoever looks at it: each problem with the cell it is in. */
export function toRowView(found: Pick<Import, 'kind' | 'mapping'>, row: StoredRow): ImportRow {
  const context = { mapping: found.kind === 'oneroster' ? null : found.mapping }
  const { n, section, part, outcome, changes, kept, problems, differs } = row
  const mapping = mappingOf(context, section)
  const cellOf = (column: ImportRow['problems'][number]['column']) => {
    const at = mapping.indexOf(column)
    return part === '' && at >= 0 ? `${columnLetters(at)}${row.row}` : null
  }
  return {
    n,
    section,
    row: row.row,
    part,
    texts: textsOfRow(context, row),
    outcome,
    changes: [...changes],
    kept: kept && { because: kept.because, changes: [...kept.changes] },
    problems: problems.map((each) => ({ ...each, cell: cellOf(each.column) })),
    differs,
  }
}
