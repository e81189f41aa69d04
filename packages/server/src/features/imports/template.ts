import { COLUMNS, columnsOf, type ImportColumn, type SheetKind } from '@app/domain'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { type SheetFile, type SheetFormat, writeSheet } from '../../platform/spreadsheet/write-sheet.ts'

const HINTS: { readonly [Column in ImportColumn]?: string } = {
  roll_no: 'What your place knows the student by. Two rows must not have the same one.',
  full_name: 'As it is to stand on lists.',
  email: 'For the invite; nobody else may have the same one.',
  phone: 'With its leading zeros or +.',
  batch: 'For example 2026.',
  department: 'One that is not there yet is made.',
  role: 'teacher, admin, or both with a comma between them. Empty means teacher.',
  subject_code: 'For example CS201.',
  subject_name: 'Needed when the code is new.',
  class: 'As it is called at your place, for example Section A.',
  term: 'The name of a term that is there already.',
  room: 'Where it usually meets.',
  teachers: 'E-mail addresses of teachers who are here already, separated by ;',
  from: 'First day in the class, for example 2026-04-03. Empty means from now on.',
  until: 'Last day in the class. Empty means until further notice.',
}

const RULES = [
  'One row is one line below the titles. The order of the columns does not matter, and others may stand beside them.',
  'An empty cell changes nothing of what is known already.',
  'Formulas are not read: paste values.',
]

/** A sheet with the columns that an import reads; the workbook explains them on a second page. */
export function makeImportTemplate({
  actor,
  kind,
  format,
}: {
  actor: Actor
  kind: SheetKind
  format: SheetFormat
}): SheetFile {
  requireRole(actor, 'admin', 'teacher')
  const explained = COLUMNS[kind].map(({ column, isRequired }) => [
    column,
    isRequired ? 'needed' : '',
    HINTS[column] ?? '',
  ])
  const pages = [
    { name: 'How to fill it in', rows: [['column', '', ''], ...explained, [''], ...RULES.map((rule) => [rule])] },
  ]
  return writeSheet(format, { name: kind, header: columnsOf(kind), rows: [], pages })
}
