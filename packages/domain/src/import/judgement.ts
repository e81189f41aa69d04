import type { ImportColumn } from './columns.ts'
import type { ImportProblem } from './read-row.ts'

export const IMPORT_OUTCOMES = ['new', 'changed', 'same', 'error'] as const
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number]

export type ImportChange = { column: ImportColumn; from: string | null; to: string | null }

/** What a row asks for and does not get, and why: only an administrator may, or the account is of somebody who works here. */
export type Kept = { because: 'ask-an-administrator' | 'works-here'; changes: readonly ImportChange[] }

/** What taking a row means; `values` is what to write, and null where nothing is taken. */
export type Judgement<Values> = {
  outcome: ImportOutcome
  /** Whom or what is known already; null for what is new. */
  targetId: string | null
  values: Values | null
  changes: readonly ImportChange[]
  kept: Kept | null
  problems: readonly ImportProblem[]
}

const NOTHING = { targetId: null, values: null, changes: [], kept: null, problems: [] }

export const faulty = (problems: readonly ImportProblem[]): Judgement<never> => ({
  ...NOTHING,
  outcome: 'error',
  problems,
})

export const added = <Values>(values: Values, changes: readonly ImportChange[] = []): Judgement<Values> => ({
  ...NOTHING,
  outcome: 'new',
  values,
  changes,
})

export const compared = <Values>(
  targetId: string,
  values: Values,
  changes: readonly ImportChange[],
  kept: Kept | null = null,
): Judgement<Values> => ({
  ...NOTHING,
  outcome: changes.length > 0 ? 'changed' : 'same',
  targetId,
  values,
  changes,
  kept,
})

type Detail = { column: ImportColumn; from: string | null; to: string | undefined }

/** What a row says otherwise than what is known; an empty cell says nothing: it does not empty what is known. */
export const differences = (details: readonly Detail[]): ImportChange[] =>
  details.flatMap(({ column, from, to }) => (to === undefined || to === from ? [] : [{ column, from, to }]))
