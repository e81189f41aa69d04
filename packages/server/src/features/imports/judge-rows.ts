import { randomUUID } from 'node:crypto'
import {
  columnsOf,
  type DayOrder,
  type ImportColumn,
  type Judgement,
  type RowReading,
  readRow,
  type Section,
  SHOWN_CHARACTERS,
} from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { lowerTexts } from './known.store.ts'
import { keysOf, type Lowered, subjectKey, textsToLower } from './row-keys.ts'
import type { FileRow } from './rows.store.ts'
import type { Entry, SheetIndex } from './sheet-index.ts'

/** What judging a file depends on beside its rows. */
export type Context = {
  /** Of a sheet; the tables of a OneRoster zip come with our own columns. */
  mapping: readonly (ImportColumn | null)[] | null
  class: { id: string; name: string } | null
  by: { kind: 'admin' } | { kind: 'teacher'; personId: string }
  timeZone: string
  order: DayOrder
  /** The day it is in the institution. */
  today: string
}

/** A row that has been read, with the keys it is known by. */
export type ReadRow = FileRow & { reading: RowReading; lowered: Lowered; keys: string[] }

export type Judge = (tx: Tx, rows: readonly ReadRow[], index: SheetIndex) => Promise<Judgement<object>[]>

export async function readRows(tx: Tx, context: Context, rows: readonly FileRow[]): Promise<ReadRow[]> {
  const readings = rows.map((row) => readRow(row.section, mappingOf(context, row.section), row.cells, context.order))
  const lowered = await lowerTexts(tx, readings.flatMap(textsToLower))
  return rows.map((row, i) => {
    const reading = readings[i] ?? { texts: {}, emails: [], roles: [], problems: [] }
    const [rollNo = '', code = '', className = '', term = ''] = lowered.slice(i * 4, i * 4 + 4)
    const low = { rollNo, code, className, term }
    return { ...row, reading, lowered: low, keys: keysOf(row.section, reading, low) }
  })
}

export const mappingOf = ({ mapping }: Pick<Context, 'mapping'>, section: Section) => mapping ?? columnsOf(section)

/** Judges one row after the other: each is told what those before it have said. */
export function inOrder(
  rows: readonly ReadRow[],
  index: SheetIndex,
  judge: (row: ReadRow) => { judgement: Judgement<object>; subject?: Entry['subject'] },
): Judgement<object>[] {
  return rows.map((row) => {
    const { judgement: bare, subject = null } = judge(row)
    // A new thing has its id from the beginning, so that later rows and the preview can name it.
    const judgement = bare.outcome === 'new' ? { ...bare, targetId: row.newId ?? randomUUID() } : bare
    const isTaken = judgement.outcome !== 'error'
    const entry = { n: row.n, row: row.row, isTaken, targetId: judgement.targetId, subject }
    for (const key of row.keys) {
      // A faulty row says nothing of its subject: the next one does.
      if (!key.startsWith('>') && (isTaken || !key.startsWith(subjectKey('')))) index.add(key, entry)
    }
    return judgement
  })
}

/** What a row says, for whoever looks at it: also what could not be read. */
export function textsOfRow(context: Pick<Context, 'mapping'>, row: FileRow): { column: ImportColumn; text: string }[] {
  return mappingOf(context, row.section).flatMap((column, at) => {
    const cell = row.cells[at]
    if (column === null) return []
    const text = cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text
    return [{ column, text: text.trim().slice(0, SHOWN_CHARACTERS) }]
  })
}
