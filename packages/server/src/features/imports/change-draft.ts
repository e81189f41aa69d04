import type { correctImportCell, ImportView, ResultOf } from '@app/contract'
import { columnsOf, type ImportCell, type ImportColumn, missingColumns, type SheetKind } from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import { makeContext } from './context.ts'
import { createJudge } from './create-judge.ts'
import { getOwnImport, lockDraft } from './import-access.ts'
import { deleteImport, type Import, setCounts, setMeaning } from './imports.store.ts'
import { judgeAll } from './judge-all.ts'
import { mappingOf, type ReadRow, readRows } from './judge-rows.ts'
import { putMapping } from './mappings.store.ts'
import { describeColumns, hashHeader, ignoredTitles } from './read-file.ts'
import {
  countRows,
  findFirstRows,
  findRow,
  findRowsAfter,
  findRowsWithKeys,
  findUnmade,
  forgetJudgements,
  type StoredRow,
  setCells,
  updateJudgements,
} from './rows.store.ts'
import { createSheetIndex, type Entry, type SheetIndex } from './sheet-index.ts'
import { toRowView, toView } from './view.ts'

type Deps = { db: Database; mailer: object | null; now: () => Date }
type Target = { actor: Actor; importId: string }

/** The first rows of a file: enough for its header and some samples. */
const FIRST_ROWS = 25

/** Says what the columns of a sheet mean; its rows are judged by it, and the same titles mean it the next time. */
export async function mapImport(
  deps: Deps,
  input: Target & { kind: SheetKind; columns: readonly (ImportColumn | null)[]; hasHeader: boolean },
): Promise<ImportView> {
  const { actor, importId, kind, hasHeader } = input
  const at = deps.now()
  return deps.db.inInstitution(actor.institutionId, async (tx) => {
    const found = await lockDraft(tx, actor, importId, ['unmapped', 'ready'])
    if (found.kind === 'oneroster') throw new Failure('already-done')
    if (found.class !== null && kind !== 'students') throw new Failure('not-allowed')
    const mapping = input.columns.map((column) => (column !== null && columnsOf(kind).includes(column) ? column : null))
    const hasTwice = mapping.some((column, i) => column !== null && mapping.indexOf(column) !== i)
    if (hasTwice || missingColumns(kind, mapping).length > 0) throw new Failure('import-columns-missing')
    const first = await findRowsAfter(tx, importId, 0, FIRST_ROWS)
    const headerN = hasHeader ? Math.max(1, found.headerN) : 0
    const header = first[headerN - 1]
    if (header) {
      const saved = { institutionId: actor.institutionId, headerKey: hashHeader(header.cells), kind, mapping, at }
      await putMapping(tx, saved)
    }
    const titles = describeColumns(first, headerN)
    const ignored = ignoredTitles(titles, mapping)
    await setMeaning(tx, importId, { state: 'ready', kind, headerN, titles, mapping, ignored })
    await forgetJudgements(tx, importId, headerN)
    const meant = await getOwnImport(tx, actor, importId)
    const context = await makeContext(tx, meant, { by: actor, at })
    await judgeAll(tx, { importId, headerN, section: kind, context }, async (_, judged) => {
      await updateJudgements(
        tx,
        importId,
        judged.map((row) => ({ ...row, section: kind })),
        { differs: false },
      )
    })
    await setCounts(tx, importId, { counts: await countRows(tx, importId), made: await findUnmade(tx, importId) })
    return toView(tx, await getOwnImport(tx, actor, importId), { mailsInvites: deps.mailer !== null, at })
  })
}

type Correction = Target & { n: number; column: ImportColumn; text: string }

/** Writes one cell anew and judges its row again, with every row that shares or names what it said before or says now. */
export async function correctCell(deps: Deps, input: Correction): Promise<ResultOf<typeof correctImportCell>> {
  const { actor, importId, n } = input
  return deps.db.inInstitution(actor.institutionId, async (tx) => {
    const found = await lockDraft(tx, actor, importId, ['ready'])
    const row = await findRow(tx, importId, n)
    if (!row) throw new Failure('not-found')
    const corrected = await writeCell(tx, found, row, input)
    const context = await makeContext(tx, corrected.found, { by: actor, at: deps.now() })
    const [asItSays] = await readRows(tx, context, [corrected.row])
    const ownKeys = [...new Set([...row.keys, ...(asItSays?.keys ?? [])])].map((key) => key.replace(/^>/, ''))
    const others = (await findRowsWithKeys(tx, importId, ownKeys)).filter((other) => other.n !== n)
    const affected = [...others, corrected.row].sort((a, b) => a.n - b.n)
    const rows = await readRows(tx, context, affected)
    const index = await findIndex(tx, importId, rows)
    const judged = await createJudge(context)(tx, rows, index)
    await updateJudgements(tx, importId, judged, { differs: false })
    const counts = await countRows(tx, importId)
    await setCounts(tx, importId, { counts, made: await findUnmade(tx, importId) })
    const now = await findRow(tx, importId, n)
    if (!now) throw new Failure('not-found')
    return { row: toRowView(corrected.found, now), counts }
  })
}

/** A column that the sheet does not have is added at its end. */
async function writeCell(tx: Tx, found: Import, row: StoredRow, { importId, column, text }: Correction) {
  const mapping = [...mappingOf({ mapping: found.kind === 'oneroster' ? null : found.mapping }, row.section)]
  const isKnown = columnsOf(row.section).includes(column)
  if (!isKnown) throw new Failure('bad-input', { fields: [{ path: 'body.column', message: 'no column of this row' }] })
  const isNew = !mapping.includes(column)
  const at = isNew ? mapping.length : mapping.indexOf(column)
  const cells: ImportCell[] = Array.from({ length: Math.max(at + 1, row.cells.length) }, (_, i) => row.cells[i] ?? '')
  cells[at] = text
  await setCells(tx, importId, row.n, cells)
  if (!isNew) return { found, row: { ...row, cells } }
  const extended: Import = {
    ...found,
    mapping: [...mapping, column],
    titles: [...found.titles, { title: column, samples: [] }],
  }
  const { kind, headerN, titles, ignored } = extended
  await setMeaning(tx, importId, { state: 'ready', kind, headerN, titles, mapping: extended.mapping, ignored })
  return { found: extended, row: { ...row, cells } }
}

/** What the rows that are not judged again say of the keys of those that are. */
async function findIndex(tx: Tx, importId: string, rows: readonly ReadRow[]): Promise<SheetIndex> {
  const index = createSheetIndex()
  const keys = [...new Set(rows.flatMap((row) => row.keys.map((key) => key.replace(/^>/, ''))))]
  const subjectKeys = rows.map(({ lowered }) => `subject:${lowered.code}`)
  const first = await findFirstRows(tx, importId, {
    keys: [...keys, ...subjectKeys],
    exceptNs: rows.map(({ n }) => n),
  })
  for (const { key, row } of first) index.add(key, entryOf(row))
  return index
}

function entryOf(row: StoredRow): Entry {
  const values: { [name: string]: unknown } = { ...row.values }
  const textAt = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const isClass = row.section === 'classes' && row.values !== null
  return {
    n: row.n,
    row: row.row,
    isTaken: row.outcome !== 'error',
    targetId: row.targetId,
    subject: isClass
      ? {
          id: textAt('subjectId'),
          code: textAt('subjectCode'),
          name: textAt('subjectName'),
          department: textAt('department') || null,
        }
      : null,
  }
}

export async function discardImport(deps: Deps, { actor, importId }: Target): Promise<void> {
  await deps.db.inInstitution(actor.institutionId, async (tx) => {
    await lockDraft(tx, actor, importId, ['unmapped', 'ready'])
    await deleteImport(tx, importId)
  })
}
