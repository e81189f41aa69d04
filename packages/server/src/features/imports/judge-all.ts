import type { Section } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { createJudge } from './create-judge.ts'
import { type Context, readRows } from './judge-rows.ts'
import { findRowsAfter, type JudgedRow, type StoredRow } from './rows.store.ts'
import { createSheetIndex } from './sheet-index.ts'

export const ROWS_AT_ONCE = 250

type Draft = {
  importId: string
  headerN: number
  /** What every row is; null where each says it itself. */
  section: Section | null
  context: Context
}

/** Judges the rows of a draft from the first to the last; `take` is handed some at a time, as they were and as they are judged now. */
export async function judgeAll(
  tx: Tx,
  { importId, headerN, section, context }: Draft,
  take: (before: readonly StoredRow[], judged: readonly JudgedRow[]) => Promise<void>,
): Promise<void> {
  const judge = createJudge(context)
  const index = createSheetIndex()
  for (let after = headerN; ; ) {
    const stored = await findRowsAfter(tx, importId, after, ROWS_AT_ONCE)
    const last = stored.at(-1)
    if (!last) return
    const rows = section === null ? stored : stored.map((row) => ({ ...row, section }))
    await take(stored, await judge(tx, await readRows(tx, context, rows), index))
    after = last.n
  }
}
