const NATURAL = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The order of roll numbers on every list: 2 before 10, `b` beside `B`; what a collator calls equal is told apart by code point. */
export function compareRollNos(a: string, b: string): number {
  const natural = NATURAL.compare(a, b)
  if (natural !== 0) return natural
  if (a === b) return 0
  return a < b ? -1 : 1
}
