/** A group of fewer students than this is told only together with others: no figure may be about a few people. */
export const SMALLEST_GROUP = 5

/** One group of a statistic. `someStudents` holds as many of its students as `SMALLEST_GROUP` asks for, or all of them. */
export type Crowd<Name> = { group: Name; students: number; someStudents: readonly string[] }

/**
 * Which groups are to be told as one: every group that is too small, and, where all of those together are still too
 * small, the next larger one with them; else their figures could be had by taking the others from the total.
 */
export function groupsToMerge<Name>(crowds: readonly Crowd<Name>[]): Set<Name> {
  const bySize = crowds.toSorted((a, b) => a.students - b.students)
  const small = bySize.filter(({ students }) => students < SMALLEST_GROUP)
  const together = new Set(small.flatMap(({ someStudents }) => someStudents))
  const next = bySize[small.length]
  const merged = new Set(small.map(({ group }) => group))
  if (small.length > 0 && together.size < SMALLEST_GROUP && next) merged.add(next.group)
  return merged
}
