import { sentenceOf } from '@app/contract'
import type { Database } from '../../platform/db/open.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { type SheetFile, writeSheet } from '../../platform/spreadsheet/write-sheet.ts'
import { getOwnImport } from './import-access.ts'
import type { Import } from './imports.store.ts'
import { textsOfRow } from './judge-rows.ts'
import { findPage, type StoredRow } from './rows.store.ts'
import { toRowView } from './view.ts'

/** More than these is no list that anybody corrects by hand. */
const MOST_ROWS = 10_000

/** The faulty rows with the reason beside each. The titles are ours, so that the corrected sheet can be imported itself. */
export async function downloadFaults(
  { db }: { db: Database },
  { actor, importId }: { actor: Actor; importId: string },
): Promise<SheetFile> {
  return db.inInstitution(actor.institutionId, async (tx) => {
    const found = await getOwnImport(tx, actor, importId)
    const { rows } = await findPage(tx, importId, { show: 'error', offset: 0, limit: MOST_ROWS })
    return writeSheet('xlsx', { name: `rows to correct ${found.fileName}`, ...tableOf(found, rows) })
  })
}

function tableOf(found: Import, rows: readonly StoredRow[]) {
  const context = { mapping: found.kind === 'oneroster' ? null : found.mapping }
  const columns = [...new Set(rows.flatMap((row) => textsOfRow(context, row).map(({ column }) => column)))]
  return {
    header: [...columns, 'row in the file', 'what to correct'],
    rows: rows.map((row) => {
      const texts = new Map(textsOfRow(context, row).map(({ column, text }) => [column, text]))
      const { problems } = toRowView(found, row)
      const reasons = problems.map((each) => `${each.cell === null ? '' : `${each.cell}: `}${sentenceOf(each)}`)
      const place = row.part === '' ? row.row : `${row.part} ${row.row}`
      return [...columns.map((column) => texts.get(column) ?? ''), place, reasons.join(' ')]
    }),
  }
}
