import type { ImportColumnName, ImportKind, ImportObstacle, ImportView } from '@app/contract'
import type { ImportColumn } from '@app/domain'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../platform/db/open.ts'

export type Counts = ImportView['counts'] & { sections: ImportView['sections'] }
export type MadeThing = { kind: 'department' | 'subject'; id: string; name: string }
export type Title = { title: string; samples: string[] }
type State = ImportView['state']

export type Import = {
  id: string
  institutionId: string
  fileName: string
  kind: ImportKind | null
  class: { id: string; name: string } | null
  state: State
  headerN: number
  titles: Title[]
  mapping: (ImportColumn | null)[]
  ignored: string[]
  counts: Counts
  made: MadeThing[]
  progress: { done: number; total: number }
  failedBecause: ImportView['failedBecause']
  obstacles: ImportObstacle[]
  obstacleCount: number
  differing: number
  createdAt: Date
  createdBy: { id: string; fullName: string }
  takenAt: Date | null
  isPurged: boolean
}

const NO_COUNTS: Counts = { new: 0, changed: 0, same: 0, error: 0, sections: [] }
const Titles = z.array(z.object({ title: z.string(), samples: z.array(z.string()) }))
const Texts = z.array(z.string())
const Made = z.array(z.object({ kind: z.enum(['department', 'subject']), id: z.string(), name: z.string() }))

export async function insertImport(
  tx: Tx,
  values: {
    institutionId: string
    id: string
    fileName: string
    classId: string | null
    createdBy: string
    at: Date
  },
): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      institution_id: values.institutionId,
      id: values.id,
      file_name: values.fileName,
      kind: null,
      class_id: values.classId,
      state: 'reading',
      created_at: values.at,
      created_by: values.createdBy,
    })
    .execute()
}

const selectImports = (tx: Tx) =>
  tx
    .selectFrom('imports')
    .innerJoin('people', (join) =>
      join.onRef('people.institution_id', '=', 'imports.institution_id').onRef('people.id', '=', 'imports.created_by'),
    )
    .leftJoin('classes', (join) =>
      join.onRef('classes.institution_id', '=', 'imports.institution_id').onRef('classes.id', '=', 'imports.class_id'),
    )
    .selectAll('imports')
    .select(['people.full_name as creator', 'classes.name as class_name'])

type Row = Awaited<ReturnType<ReturnType<typeof selectImports>['execute']>>[number]

const toImport = (row: Row): Import => ({
  id: row.id,
  institutionId: row.institution_id,
  fileName: row.file_name,
  kind: row.kind,
  class: row.class_id === null ? null : { id: row.class_id, name: row.class_name ?? '' },
  state: row.state,
  headerN: row.header_n,
  titles: Titles.parse(row.titles),
  mapping: row.mapping as (ImportColumnName | null)[],
  ignored: Texts.parse(row.ignored),
  counts: { ...NO_COUNTS, ...(row.counts as object) },
  made: Made.parse(row.made),
  progress: { done: row.progress_done, total: row.progress_total },
  failedBecause: row.failed_because,
  obstacles: row.obstacles as ImportObstacle[],
  obstacleCount: row.obstacle_count,
  differing: row.differing,
  createdAt: row.created_at,
  createdBy: { id: row.created_by, fullName: row.creator },
  takenAt: row.taken_at,
  isPurged: row.purged_at !== null,
})

export async function findImport(tx: Tx, importId: string): Promise<Import | null> {
  const row = await selectImports(tx).where('imports.id', '=', importId).executeTakeFirst()
  return row ? toImport(row) : null
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockImport(tx: Tx, importId: string): Promise<Import | null> {
  await tx.selectFrom('imports').select('id').where('id', '=', importId).forUpdate().execute()
  return findImport(tx, importId)
}

/** @param by only those of one person; null for everybody's */
export async function findImports(tx: Tx, by: string | null, limit: number): Promise<Import[]> {
  let query = selectImports(tx).where('imports.state', '<>', 'reading')
  if (by !== null) query = query.where('imports.created_by', '=', by)
  const rows = await query.orderBy('imports.created_at', 'desc').orderBy('imports.id').limit(limit).execute()
  return rows.map(toImport)
}

export async function deleteImport(tx: Tx, importId: string): Promise<void> {
  await tx.deleteFrom('imports').where('id', '=', importId).execute()
}

/** What a file is taken for. */
export async function setMeaning(
  tx: Tx,
  importId: string,
  meaning: {
    state: 'unmapped' | 'ready'
    kind: ImportKind | null
    headerN: number
    titles: readonly Title[]
    mapping: readonly (ImportColumn | null)[]
    ignored: readonly string[]
  },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      state: meaning.state,
      kind: meaning.kind,
      header_n: meaning.headerN,
      titles: JSON.stringify(meaning.titles),
      mapping: JSON.stringify(meaning.mapping),
      ignored: JSON.stringify(meaning.ignored),
    })
    .where('id', '=', importId)
    .execute()
}

export async function setCounts(
  tx: Tx,
  importId: string,
  { counts, made }: { counts: Counts; made: readonly MadeThing[] },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ counts: JSON.stringify(counts), made: JSON.stringify(made) })
    .where('id', '=', importId)
    .execute()
}

/** In every institution: drafts nobody came back to, and the rows of imports that can no longer be undone. */
export async function purgeImports(
  tx: Tx,
  { draftsBefore, takenBefore, at }: { draftsBefore: Date; takenBefore: Date; at: Date },
): Promise<void> {
  await sql`select purge_imports(${draftsBefore}, ${takenBefore}, ${at})`.execute(tx)
}

/** In every institution: imports whose server stopped in the middle; nothing of them was kept. */
export async function freeInterruptedImports(tx: Tx, quietSince: Date): Promise<void> {
  await sql`select free_interrupted_imports(${quietSince})`.execute(tx)
}
