import type { Judgement, Section } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { judgeStudents, judgeTeachers } from './judge-people.ts'
import type { Context, Judge, ReadRow } from './judge-rows.ts'
import { createClassJudge, createEnrolmentJudge, judgeTerms } from './judge-structure.ts'
import type { JudgedRow } from './rows.store.ts'
import type { SheetIndex } from './sheet-index.ts'

/**
 * Makes what judges the rows of one file, in their order and any number at a time; `index` holds what came before.
 * The same for the preview, a correction and the taking: what they say differs only when the institution has changed.
 */
export function createJudge(context: Context) {
  const judges: Record<Section, Judge> = {
    terms: judgeTerms,
    teachers: judgeTeachers,
    students: judgeStudents(context),
    classes: createClassJudge(),
    enrolments: createEnrolmentJudge(context),
  }
  return async (tx: Tx, rows: readonly ReadRow[], index: SheetIndex): Promise<JudgedRow[]> => {
    const judged: JudgedRow[] = []
    for (const run of runsOf(rows)) {
      const judgements = await judges[run.section](tx, run.rows, index)
      judged.push(...run.rows.map((row, i) => toJudged(row, judgements[i])))
    }
    return judged
  }
}

/** Neighbours of the same section, so that what they name is looked up once. */
function runsOf(rows: readonly ReadRow[]): { section: Section; rows: ReadRow[] }[] {
  const runs: { section: Section; rows: ReadRow[] }[] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last?.section === row.section) last.rows.push(row)
    else runs.push({ section: row.section, rows: [row] })
  }
  return runs
}

function toJudged({ n, keys }: ReadRow, judgement: Judgement<object> | undefined): JudgedRow {
  if (!judgement) throw new Error(`row ${n} was not judged`)
  return { n, keys, ...judgement }
}
