import { ROSTER_COLUMNS } from '@app/domain'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { type SheetFile, type SheetFormat, writeSheet } from '../../platform/spreadsheet/write-sheet.ts'

/** An empty sheet with the columns that an import reads. */
export function makeImportTemplate({ actor, format }: { actor: Actor; format: SheetFormat }): SheetFile {
  requireRole(actor, 'admin', 'teacher')
  return writeSheet(format, { name: 'students', header: ROSTER_COLUMNS, rows: [] })
}
