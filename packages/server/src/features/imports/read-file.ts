import { createHash, randomUUID } from 'node:crypto'
import { IMPORT_MAX_ROWS, type ImportView } from '@app/contract'
import {
  HEADER_WITHIN,
  headerKey,
  type ImportCell,
  type ImportColumn,
  missingColumns,
  ONE_ROSTER_PARTS,
  readOneRoster,
  recogniseSheet,
  SHEET_KINDS,
  SHOWN_CHARACTERS,
  type SheetKind,
  type SheetLine,
  textOf,
  titlesOf,
} from '@app/domain'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import type { Actor } from '../../platform/http/actor.ts'
import type { ReadSheet } from '../../platform/spreadsheet/read-sheet.ts'
import type { SheetBatch } from '../../platform/spreadsheet/sheet.ts'
import { makeContext } from './context.ts'
import { createJudge } from './create-judge.ts'
import { getOwnImport, requireMayImport } from './import-access.ts'
import { deleteImport, insertImport, setCounts, setMeaning, type Title } from './imports.store.ts'
import { type Context, readRows } from './judge-rows.ts'
import { findMappings } from './mappings.store.ts'
import { countRows, type FileRow, findUnmade, insertRows, type NewRow } from './rows.store.ts'
import { createSheetIndex } from './sheet-index.ts'
import { toView } from './view.ts'

export type Deps = { db: Database; readSheet: ReadSheet; mailer: object | null; now: () => Date }
export type Upload = {
  actor: Actor
  kind: SheetKind | null
  classId: string | null
  file: { name: string; bytes: Buffer }
}

/** A class list is six columns; what a school keeps beside them fits in many more. */
const LIMITS = {
  // The header and some lines of title above it.
  maxRows: IMPORT_MAX_ROWS + HEADER_WITHIN,
  maxColumns: 64,
  maxInflatedBytes: 128 * 1024 * 1024,
  textParts: ONE_ROSTER_PARTS,
}
const ROWS_A_STATEMENT = 250
const SAMPLES = 3

/** Reads a file once, keeps its rows as a draft, and says what taking each of them would do. */
export async function startImport(deps: Deps, upload: Upload): Promise<ImportView> {
  const { actor, classId } = upload
  const { institutionId } = actor
  const importId = randomUUID()
  await deps.db.inInstitution(institutionId, async (tx) => {
    await requireMayImport(tx, actor, { kind: upload.kind, classId })
    const fileName = textOf(upload.file.name).slice(0, SHOWN_CHARACTERS) || 'file'
    await insertImport(tx, {
      institutionId,
      id: importId,
      fileName,
      classId,
      createdBy: actor.personId,
      at: deps.now(),
    })
  })
  try {
    await readFile(deps, upload, importId)
  } catch (error) {
    await deps.db.inInstitution(institutionId, (tx) => deleteImport(tx, importId))
    throw error
  }
  return deps.db.inInstitution(institutionId, async (tx) =>
    toView(tx, await getOwnImport(tx, actor, importId), { mailsInvites: deps.mailer !== null, at: deps.now() }),
  )
}

async function readFile(deps: Deps, upload: Upload, importId: string): Promise<void> {
  const batches = deps.readSheet(upload.file.bytes, LIMITS)
  const first = (await batches.next()).value
  if (!first) throw new Failure('file-empty')
  const rest = startingWith(first, batches)
  const { institutionId } = upload.actor
  const key = { institutionId, importId }
  const dataRows = first.part === '' ? await readTable(deps, upload, key, rest) : await readZip(deps, upload, key, rest)
  if (dataRows === 0) throw new Failure('file-empty')
  if (dataRows > IMPORT_MAX_ROWS) throw new Failure('file-too-many-rows')
  await deps.db.inInstitution(institutionId, async (tx) => {
    await setCounts(tx, importId, { counts: await countRows(tx, importId), made: await findUnmade(tx, importId) })
  })
}

async function* startingWith<Item>(first: Item, rest: AsyncGenerator<Item>): AsyncGenerator<Item> {
  yield first
  yield* rest
}

type Key = { institutionId: string; importId: string }
export type Meaning = { kind: SheetKind | null; headerN: number; mapping: (ImportColumn | null)[] }

/** @returns how many rows below the header there are */
async function readTable(deps: Deps, upload: Upload, key: Key, batches: AsyncGenerator<SheetBatch>): Promise<number> {
  let write: ((rows: readonly SheetLine[]) => Promise<void>) | null = null
  let headerN = 0
  let count = 0
  for await (const { rows } of batches) {
    if (write === null) {
      const begun = await deps.db.inInstitution(key.institutionId, (tx) => begin(tx, deps, upload, key, rows))
      headerN = begun.headerN
      write = createWriter(deps, key, begun)
    }
    count += rows.length
    await write(rows)
  }
  return count - headerN
}

async function begin(tx: Tx, deps: Deps, upload: Upload, { importId }: Key, rows: readonly SheetLine[]) {
  const kinds = upload.classId !== null ? (['students'] as const) : upload.kind !== null ? [upload.kind] : SHEET_KINDS
  const meaning = await findMeaning(tx, rows, kinds)
  const isMapped = meaning.kind !== null && missingColumns(meaning.kind, meaning.mapping).length === 0
  const titles = describeColumns(rows, meaning.headerN)
  await setMeaning(tx, importId, {
    ...meaning,
    state: isMapped ? 'ready' : 'unmapped',
    titles,
    ignored: isMapped ? ignoredTitles(titles, meaning.mapping) : [],
  })
  const found = await getOwnImport(tx, upload.actor, importId)
  const context = isMapped ? await makeContext(tx, found, { by: upload.actor, at: deps.now() }) : null
  return { headerN: meaning.headerN, section: meaning.kind ?? 'students', context }
}

/** As it was said of the same titles before, else as far as the titles are known, else the first row's are asked about. */
async function findMeaning(tx: Tx, rows: readonly SheetLine[], kinds: readonly SheetKind[]): Promise<Meaning> {
  const keys = rows.slice(0, HEADER_WITHIN).map(({ cells }) => hashHeader(cells))
  const saved = await findMappings(tx, keys)
  for (const [i, key] of keys.entries()) {
    const known = saved.find(({ headerKey: of, kind }) => of.equals(key) && kinds.some((each) => each === kind))
    const kind = kinds.find((each) => each === known?.kind)
    if (known && kind) return { kind, headerN: i + 1, mapping: known.mapping }
  }
  const recognised = recogniseSheet(rows, kinds)
  if (recognised) return { kind: recognised.kind, headerN: recognised.headerAt + 1, mapping: [...recognised.mapping] }
  const [kind = null, another] = kinds
  const width = rows[0]?.cells.length ?? 0
  return { kind: another === undefined ? kind : null, headerN: 1, mapping: Array(width).fill(null) }
}

export const hashHeader = (cells: readonly ImportCell[]): Buffer =>
  createHash('sha256').update(headerKey(cells)).digest()

/** The columns of a sheet by their titles, each with a few of its values. */
export function describeColumns(rows: readonly SheetLine[], headerN: number): Title[] {
  const width = Math.max(0, ...rows.slice(0, HEADER_WITHIN + SAMPLES).map(({ cells }) => cells.length))
  const titles = titlesOf(headerN === 0 ? [] : (rows[headerN - 1]?.cells ?? []))
  return Array.from({ length: width }, (_, i) => ({
    title: titles[i] ?? '',
    samples: rows
      .slice(headerN, headerN + SAMPLES)
      .map(({ cells }) => textOf(cells[i]).slice(0, SHOWN_CHARACTERS))
      .filter((text) => text !== ''),
  }))
}

export const ignoredTitles = (titles: readonly Title[], mapping: readonly (ImportColumn | null)[]): string[] =>
  titles.flatMap(({ title }, i) => ((mapping[i] ?? null) === null && title !== '' ? [title] : []))

type Begun = { headerN: number; section: SheetKind; context: Context | null }

/** Judges rows as they come and keeps both; rows that nobody can read yet are kept alone. */
function createWriter({ db }: Deps, key: Key, { headerN, section, context }: Begun) {
  const index = createSheetIndex()
  const judge = context && createJudge(context)
  let n = 0
  return async (rows: readonly SheetLine[]): Promise<void> => {
    const numbered = rows.map(({ row, cells }): NewRow => {
      n += 1
      return { n, section: n > headerN && judge ? section : null, row, part: '', cells: [...cells], judged: null }
    })
    await db.inInstitution(key.institutionId, async (tx) => {
      const judged = context && judge ? await judge(tx, await readRows(tx, context, dataRowsOf(numbered)), index) : []
      const byN = new Map(judged.map((each) => [each.n, each]))
      await insertRows(
        tx,
        key,
        numbered.map((row) => ({ ...row, judged: byN.get(row.n) ?? null })),
      )
    })
  }
}

const dataRowsOf = (rows: readonly NewRow[]): FileRow[] =>
  rows.flatMap(({ section, judged: _, ...row }) => (section === null ? [] : [{ ...row, section, newId: null }]))

/** @returns how many rows it comes to */
async function readZip(deps: Deps, upload: Upload, key: Key, batches: AsyncGenerator<SheetBatch>): Promise<number> {
  const { actor } = upload
  if (!actor.roles.has('admin') || upload.classId !== null) throw new Failure('not-allowed')
  const parts = new Map<string, SheetLine[]>()
  for await (const { part, rows } of batches) parts.set(part, [...(parts.get(part) ?? []), ...rows])
  const roster = readOneRoster(parts)
  if (!roster) throw new Failure('file-no-users')
  const context = await deps.db.inInstitution(key.institutionId, async (tx) => {
    const meaning = { kind: 'oneroster', headerN: 0, titles: [], mapping: [], ignored: roster.ignored } as const
    await setMeaning(tx, key.importId, { ...meaning, state: 'ready' })
    return makeContext(tx, await getOwnImport(tx, actor, key.importId), { by: actor, at: deps.now() })
  })
  const index = createSheetIndex()
  const judge = createJudge(context)
  const rows = roster.rows.map((row, i): FileRow => ({ ...row, cells: [...row.cells], n: i + 1, newId: null }))
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const some = rows.slice(from, from + ROWS_A_STATEMENT)
    await deps.db.inInstitution(key.institutionId, async (tx) => {
      const judged = await judge(tx, await readRows(tx, context, some), index)
      await insertRows(
        tx,
        key,
        some.map((row, i) => ({ ...row, judged: judged[i] ?? null })),
      )
    })
  }
  return rows.length
}
