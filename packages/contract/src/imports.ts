import { IMPORT_OUTCOMES, PROBLEM_CODES, SECTIONS, SHEET_KINDS } from '@app/domain'
import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { Instant } from './fields.ts'
import { InviteLink } from './roster.ts'

export const IMPORT_MAX_BYTES = 16 * 1024 * 1024
export const IMPORT_MAX_ROWS = 50_000
export const IMPORT_ROWS_A_PAGE = 50
/** How long an import can be undone. */
export const IMPORT_UNDO_DAYS = 7

const ImportParams = z.object({ importId: z.uuid() })
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const ImportKind = z.enum([...SHEET_KINDS, 'oneroster'])
export type ImportKind = z.infer<typeof ImportKind>
export const ImportColumnName = z.enum([
  'roll_no',
  'full_name',
  'email',
  'phone',
  'batch',
  'department',
  'role',
  'subject_code',
  'subject_name',
  'class',
  'term',
  'room',
  'teachers',
  'from',
  'until',
  'starts_on',
  'ends_on',
])
export type ImportColumnName = z.infer<typeof ImportColumnName>

const Counts = z.object({
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  error: z.number().int(),
})

export const ImportObstacle = z.object({
  name: z.string(),
  because: z.enum([
    'was-marked',
    'has-consented',
    'has-signed-in',
    'was-changed',
    'joined-elsewhere',
    'has-sessions',
    'has-students',
    'is-used',
  ]),
})
export type ImportObstacle = z.infer<typeof ImportObstacle>

export const ImportView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  /** Null while nobody has said what the columns mean. */
  kind: ImportKind.nullable(),
  class: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** `unmapped`: say what the columns mean; `ready`: look at the rows, then take them; `taking`, `undoing`: under way. */
  state: z.enum(['reading', 'unmapped', 'ready', 'taking', 'taken', 'undoing', 'undone']),
  /** The columns of a sheet as they stand in it, what each is taken for, and a few of its values. */
  columns: z.array(
    z.object({ title: z.string(), column: ImportColumnName.nullable(), samples: z.array(z.string()).max(3) }),
  ),
  hasHeader: z.boolean(),
  ignored: z.array(z.string()),
  counts: Counts,
  sections: z.array(z.object({ section: z.enum(SECTIONS), rows: z.number().int() })),
  /** Departments and subjects that are not there yet and are made on the way. */
  made: z.array(z.string()),
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  /** Why the last attempt to take it, or to take it back, changed nothing. */
  failedBecause: z.enum(['cancelled', 'interrupted', 'not-allowed', 'in-use', 'broken']).nullable(),
  /** Some of what stood in the way of taking it back, by name, and how much did. */
  obstacles: z.array(ImportObstacle),
  obstacleCount: z.number().int(),
  /** How many rows turned out otherwise than in the preview, because something had changed in between. */
  differing: z.number().int(),
  /** People who were made by it and have not used an invite: with an address and without. */
  invitable: z.object({ byMail: z.number().int(), byLink: z.number().int() }),
  createdAt: Instant,
  createdBy: z.string(),
  takenAt: Instant.nullable(),
  undoUntil: Instant.nullable(),
})
export type ImportView = z.infer<typeof ImportView>

const Change = z.object({ column: ImportColumnName, from: z.string().nullable(), to: z.string().nullable() })

export const ImportRow = z.object({
  n: z.number().int(),
  section: z.enum(SECTIONS),
  /** As the spreadsheet counts: its first row is 1. */
  row: z.number().int(),
  /** The file of a zip that the row is in; empty for a sheet. */
  part: z.string(),
  /** What the row says, by column. */
  texts: z.array(z.object({ column: ImportColumnName, text: z.string() })),
  outcome: z.enum(IMPORT_OUTCOMES),
  changes: z.array(Change),
  /** What is asked for and not done. */
  kept: z.object({ because: z.enum(['ask-an-administrator', 'works-here']), changes: z.array(Change) }).nullable(),
  problems: z.array(
    z.object({
      column: ImportColumnName,
      /** `A7`; null where the column is in no cell of the file. */
      cell: z.string().nullable(),
      code: z.enum(PROBLEM_CODES),
      value: z.string(),
      /** For what is there twice: the row that has it first. */
      otherRow: z.number().int().nullable(),
      suggestion: z.string().nullable(),
    }),
  ),
  /** Turned out otherwise than in the preview. */
  differs: z.boolean(),
})
export type ImportRow = z.infer<typeof ImportRow>

export const startImport = defineRoute({
  method: 'POST',
  path: '/api/imports',
  summary:
    'Read an .xlsx, a .csv or a OneRoster 1.2 zip and say row by row what taking it would do; nothing is changed yet. Teachers name the class they import students to',
  access: ['admin', 'teacher'],
  query: z.object({ kind: z.enum(SHEET_KINDS).optional(), classId: z.uuid().optional() }),
  file: { field: 'file', maxBytes: IMPORT_MAX_BYTES, description: 'columns in any order, known by their titles' },
  response: ImportView,
  errors: ['file-unreadable', 'file-too-many-rows', 'file-empty', 'file-no-users', 'too-large', 'wrong-media-type'],
})

export const listImports = defineRoute({
  method: 'GET',
  path: '/api/imports',
  summary: 'The last imports, newest first; a teacher’s own',
  access: ['admin', 'teacher'],
  response: z.object({
    imports: z.array(
      ImportView.pick({
        id: true,
        fileName: true,
        kind: true,
        class: true,
        state: true,
        counts: true,
        createdAt: true,
        createdBy: true,
        takenAt: true,
        undoUntil: true,
      }),
    ),
  }),
  errors: [],
})

export const getImport = defineRoute({
  method: 'GET',
  path: '/api/imports/:importId',
  summary: 'One import and how far it has come',
  access: ['admin', 'teacher'],
  params: ImportParams,
  response: ImportView,
  errors: [],
})

export const mapImport = defineRoute({
  method: 'PUT',
  path: '/api/imports/:importId/mapping',
  summary: 'Say what the file holds and what its columns mean; kept for the next file with the same titles',
  access: ['admin', 'teacher'],
  params: ImportParams,
  body: z.object({
    kind: z.enum(SHEET_KINDS),
    columns: z.array(ImportColumnName.nullable()).max(64),
    /** False when the first row is data already. */
    hasHeader: z.boolean(),
  }),
  response: ImportView,
  errors: ['import-columns-missing', 'already-done'],
})

export const listImportRows = defineRoute({
  method: 'GET',
  path: '/api/imports/:importId/rows',
  summary: 'The rows of an import and what taking each means, a page at a time',
  access: ['admin', 'teacher'],
  params: ImportParams,
  query: z.object({
    show: z.enum(['all', 'differing', ...IMPORT_OUTCOMES]).default('all'),
    page: z.coerce.number().int().min(1).max(IMPORT_MAX_ROWS).default(1),
  }),
  response: z.object({ rows: z.array(ImportRow), total: z.number().int() }),
  errors: [],
})

export const correctImportCell = defineRoute({
  method: 'PATCH',
  path: '/api/imports/:importId/rows/:n',
  summary: 'Correct one cell of an import; its row is judged again, and those that depend on it',
  access: ['admin', 'teacher'],
  params: ImportParams.extend({ n: z.coerce.number().int().min(1).max(1_000_000) }),
  body: z.object({ column: ImportColumnName, text: z.string().max(1000) }),
  /** The row as it stands now, and how many there are of each kind. */
  response: z.object({ row: ImportRow, counts: Counts }),
  errors: ['already-done'],
})

export const commitImport = defineRoute({
  method: 'POST',
  path: '/api/imports/:importId/commit',
  summary: 'Take the good rows, all in one transaction; ask for the import to see how far it is',
  access: ['admin', 'teacher'],
  params: ImportParams,
  response: ImportView,
  errors: ['already-done'],
})

export const cancelImport = defineRoute({
  method: 'POST',
  path: '/api/imports/:importId/cancel',
  summary: 'Stop an import, or its undoing, that is under way; nothing of it is kept',
  access: ['admin', 'teacher'],
  params: ImportParams,
  response: ImportView,
  errors: ['already-done'],
})

export const discardImport = defineRoute({
  method: 'DELETE',
  path: '/api/imports/:importId',
  summary: 'Throw an import away that was not taken',
  access: ['admin', 'teacher'],
  params: ImportParams,
  response: Done,
  errors: ['already-done'],
})

export const undoImport = defineRoute({
  method: 'POST',
  path: '/api/imports/:importId/undo',
  summary:
    'Take an import back, all in one transaction, while nothing depends on it; ask for the import to see how far it is, or what stands in the way',
  access: ['admin', 'teacher'],
  params: ImportParams,
  response: ImportView,
  errors: ['already-done', 'import-undo-over'],
})

export const inviteImported = defineRoute({
  method: 'POST',
  path: '/api/imports/:importId/invites',
  summary: 'Invite the people an import has made: by mail where that is sent and they have an address, else as links',
  access: ['admin', 'teacher'],
  params: ImportParams,
  response: z.object({ mailed: z.number().int(), links: z.array(InviteLink) }),
  errors: ['already-done'],
})

export const downloadImportFaults = defineRoute({
  method: 'GET',
  path: '/api/imports/:importId/faults',
  summary:
    'The rows that cannot be taken as a sheet, with the reason beside each; corrected, it can be imported itself',
  access: ['admin', 'teacher'],
  params: ImportParams,
  response: { download: [XLSX] },
  errors: [],
})

export const downloadImportTemplate = defineRoute({
  method: 'GET',
  path: '/api/import-template',
  summary:
    'An empty sheet with the columns that an import reads, with a page that explains them (.xlsx) or alone (.csv)',
  access: ['admin', 'teacher'],
  query: z.object({ kind: z.enum(SHEET_KINDS), format: z.enum(['xlsx', 'csv']) }),
  response: { download: [XLSX, 'text/csv'] },
  errors: [],
})
