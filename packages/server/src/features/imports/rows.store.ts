import type { ImportCell, ImportChange, ImportOutcome, ImportProblem, Kept, Section } from '@app/domain'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/open.ts'
import type { Counts, MadeThing } from './imports.store.ts'

/** A row as it stands in the file. */
export type FileRow = {
  n: number
  section: Section
  row: number
  part: string
  cells: ImportCell[]
  /** What it was called when it was found to be new: so it is when it is judged again. */
  newId: string | null
}

export type JudgedRow = {
  n: number
  outcome: ImportOutcome
  targetId: string | null
  values: object | null
  changes: readonly ImportChange[]
  kept: Kept | null
  problems: readonly ImportProblem[]
  keys: readonly string[]
}

export type StoredRow = FileRow & JudgedRow & { differs: boolean }

/** Titles, headers and rows that nobody can read yet are kept without a judgement. */
export type NewRow = Omit<FileRow, 'section' | 'newId'> & { section: Section | null; judged: JudgedRow | null }

export async function insertRows(
  tx: Tx,
  { institutionId, importId }: { institutionId: string; importId: string },
  rows: readonly NewRow[],
): Promise<void> {
  const records = rows.map(({ judged, ...row }) => ({
    ...row,
    ...(judged ?? { outcome: null, targetId: null, values: null, changes: [], kept: null, problems: [], keys: [] }),
  }))
  await sql`
    insert into import_rows (institution_id, import_id, n, section, row, part, cells, outcome, target_id, "values", changes,
      kept, problems, keys)
    select ${institutionId}::uuid, ${importId}::uuid, r.n, r.section, r.row, r.part, r.cells, r.outcome, r."targetId",
      r."values", r.changes, r.kept, r.problems, array(select jsonb_array_elements_text(r.keys))
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      as r(n int, section text, row int, part text, cells jsonb, outcome text, "targetId" uuid, "values" jsonb,
        changes jsonb, kept jsonb, problems jsonb, keys jsonb)`.execute(tx)
}

/** @param differs whether to say of these rows that they turned out otherwise than in the preview */
export async function updateJudgements(
  tx: Tx,
  importId: string,
  rows: readonly (JudgedRow & { section?: Section })[],
  { differs }: { differs: boolean },
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update import_rows i
    set section = coalesce(r.section, i.section), outcome = r.outcome, target_id = r."targetId", "values" = r."values",
      changes = r.changes, kept = r.kept, problems = r.problems, keys = array(select jsonb_array_elements_text(r.keys)),
      differs = ${differs}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(n int, section text, outcome text, "targetId" uuid, "values" jsonb, changes jsonb, kept jsonb, problems jsonb,
        keys jsonb)
    where i.institution_id = current_institution() and i.import_id = ${importId} and i.n = r.n`.execute(tx)
}

/** Rows above a header say nothing. */
export async function forgetJudgements(tx: Tx, importId: string, upToN: number): Promise<void> {
  await tx
    .updateTable('import_rows')
    .set({ section: null, outcome: null, target_id: null, values: null, keys: [], changes: '[]', problems: '[]' })
    .where('import_id', '=', importId)
    .where('n', '<=', upToN)
    .execute()
}

export async function setCells(tx: Tx, importId: string, n: number, cells: readonly ImportCell[]): Promise<void> {
  await tx
    .updateTable('import_rows')
    .set({ cells: JSON.stringify(cells) })
    .where('import_id', '=', importId)
    .where('n', '=', n)
    .execute()
}

type Columns = {
  n: number
  section: Section | null
  row: number
  part: string
  cells: unknown
  outcome: ImportOutcome | null
  target_id: string | null
  values: unknown
  changes: unknown
  kept: unknown
  problems: unknown
  keys: string[]
  differs: boolean
}

// What is in these columns was put there by `insertRows` and `updateJudgements`.
const toStored = (row: Columns): StoredRow => ({
  n: row.n,
  section: row.section ?? 'students',
  row: row.row,
  part: row.part,
  cells: row.cells as ImportCell[],
  newId: row.outcome === 'new' ? row.target_id : null,
  outcome: row.outcome ?? 'error',
  targetId: row.target_id,
  values: row.values as object | null,
  changes: row.changes as ImportChange[],
  kept: row.kept as Kept | null,
  problems: row.problems as ImportProblem[],
  keys: row.keys,
  differs: row.differs,
})

/** The next rows after number `after`, in their order. */
export async function findRowsAfter(tx: Tx, importId: string, after: number, limit: number): Promise<StoredRow[]> {
  const rows = await tx
    .selectFrom('import_rows')
    .selectAll()
    .where('import_id', '=', importId)
    .where('n', '>', after)
    .orderBy('n')
    .limit(limit)
    .execute()
  return rows.map(toStored)
}

export async function findRow(tx: Tx, importId: string, n: number): Promise<StoredRow | null> {
  const row = await tx
    .selectFrom('import_rows')
    .selectAll()
    .where('import_id', '=', importId)
    .where('n', '=', n)
    .where('outcome', 'is not', null)
    .executeTakeFirst()
  return row ? toStored(row) : null
}

export type Shown = 'all' | 'differing' | ImportOutcome

export async function findPage(
  tx: Tx,
  importId: string,
  { show, offset, limit }: { show: Shown; offset: number; limit: number },
): Promise<{ rows: StoredRow[]; total: number }> {
  let query = tx.selectFrom('import_rows').where('import_id', '=', importId).where('outcome', 'is not', null)
  if (show === 'differing') query = query.where('differs', '=', true)
  else if (show !== 'all') query = query.where('outcome', '=', show)
  const { total } = await query.select((select) => select.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const rows = await query.selectAll().orderBy('n').offset(offset).limit(limit).execute()
  return { rows: rows.map(toStored), total: Number(total) }
}

/** The rows that have one of these keys, as their own or as one they name; in their order. */
export async function findRowsWithKeys(tx: Tx, importId: string, keys: readonly string[]): Promise<StoredRow[]> {
  const both = keys.flatMap((key) => [key, `>${key}`])
  const rows = await tx
    .selectFrom('import_rows')
    .selectAll()
    .where('import_id', '=', importId)
    .where(sql<boolean>`keys && ${both}::text[]`)
    .orderBy('n')
    .execute()
  return rows.map(toStored)
}

/** The first row that has each of these keys as its own, but for the rows that are named. */
export async function findFirstRows(
  tx: Tx,
  importId: string,
  { keys, exceptNs }: { keys: readonly string[]; exceptNs: readonly number[] },
): Promise<{ key: string; row: StoredRow }[]> {
  const { rows } = await sql<Columns & { key: string }>`
    select distinct on (k.key) k.key, r.*
    from import_rows r cross join lateral unnest(r.keys) as k(key)
    where r.import_id = ${importId} and r.keys && ${keys}::text[] and k.key = any(${keys}::text[])
      and not (r.n = any(${exceptNs}::int[]))
    order by k.key, r.n`.execute(tx)
  return rows.map((row) => ({ key: row.key, row: toStored(row) }))
}

export async function countRows(tx: Tx, importId: string): Promise<Counts> {
  const { rows } = await sql<{ section: Section; outcome: ImportOutcome; count: number }>`
    select section, outcome, count(*)::int as count from import_rows
    where import_id = ${importId} and outcome is not null group by section, outcome`.execute(tx)
  const counts: Counts = { new: 0, changed: 0, same: 0, error: 0, sections: [] }
  for (const { section, outcome, count } of rows) {
    counts[outcome] += count
    const known = counts.sections.find((each) => each.section === section)
    if (known) known.rows += count
    else counts.sections.push({ section, rows: count })
  }
  return counts
}

/** Departments and subjects that good rows name and nobody has made. */
export async function findUnmade(tx: Tx, importId: string): Promise<MadeThing[]> {
  const { rows } = await sql<MadeThing>`
    (select distinct on (lower(r."values"->>'department')) 'department' as kind, gen_random_uuid() as id,
      r."values"->>'department' as name
    from import_rows r
    where r.import_id = ${importId} and r.outcome in ('new', 'changed') and r."values"->>'department' is not null
      and not exists (select from departments d where lower(d.name) = lower(r."values"->>'department'))
    order by lower(r."values"->>'department'), r.n)
    union all
    (select distinct on (r."values"->>'subjectId') 'subject', (r."values"->>'subjectId')::uuid, r."values"->>'subjectCode'
    from import_rows r
    where r.import_id = ${importId} and r.section = 'classes' and r.outcome in ('new', 'changed')
      and not exists (select from subjects s where s.id = (r."values"->>'subjectId')::uuid)
    order by r."values"->>'subjectId', r.n)`.execute(tx)
  return rows
}
