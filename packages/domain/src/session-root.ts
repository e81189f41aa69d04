/** Audit rows about marks; a session's tree is made of these. */
const MARK = /^record-/

export const isMarkRow = ({ action }: { action: string }): boolean => MARK.test(action)

/** After so many rows about marks the session stood as its root at `at` says. */
export type RootPoint = { marks: number; at: Date }

/**
 * When a session has a root: at its end, and after each later change of a mark while it is ended. Rows of one commit have
 * one time and make one root together.
 * @param rows of one session, in the order of their chain: those about marks, ends and reopenings
 */
export function rootPoints(rows: readonly { action: string; at: Date }[]): RootPoint[] {
  const points: RootPoint[] = []
  let marks = 0
  let isEnded = false
  let isTouched = false
  for (const [i, row] of rows.entries()) {
    if (row.action === 'session-ended') isEnded = isTouched = true
    if (row.action === 'session-reopened') isEnded = false
    if (isMarkRow(row)) {
      marks++
      isTouched ||= isEnded
    }
    if (rows[i + 1]?.at.getTime() === row.at.getTime()) continue
    if (isEnded && isTouched && marks > (points.at(-1)?.marks ?? 0)) points.push({ marks, at: row.at })
    isTouched = false
  }
  return points
}

/** Digits of a root that people compare by eye; 64 bits, in groups of four. */
const SHORT_DIGITS = 16
const FULL_DIGITS = 64

/** The first digits of a root, as it is printed beside the whole. */
export function shortRoot(root: string): string {
  return (root.slice(0, SHORT_DIGITS).match(/.{4}/g) ?? []).join(' ')
}

/** What somebody typed or pasted, as digits: the whole root, or at least its short form. Null when it is neither. */
export function readRoot(typed: string): string | null {
  const digits = typed.replaceAll(/[\s:.-]/g, '').toLowerCase()
  return /^[0-9a-f]+$/.test(digits) && digits.length >= SHORT_DIGITS && digits.length <= FULL_DIGITS ? digits : null
}
