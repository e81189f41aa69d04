type Side = 'kept' | 'merged'

/** How a mark came about, for which of two it is that stays. */
export type FoundedMark = { method: 'face' | 'code' | 'hand' | 'closing'; markedAt: Date }

/** What somebody decided outweighs what was shown, and both what nobody did. */
const WEIGHT: Record<FoundedMark['method'], number> = { hand: 3, face: 2, code: 2, closing: 1 }

/**
 * Whose mark stays where two students who are one have both been marked in a session: the better founded one, of two
 * alike the earlier, of two at once that of the student who stays.
 */
export function betterFounded(marks: Record<Side, FoundedMark>): Side {
  const { kept, merged } = marks
  if (WEIGHT[kept.method] !== WEIGHT[merged.method])
    return WEIGHT[kept.method] > WEIGHT[merged.method] ? 'kept' : 'merged'
  return merged.markedAt < kept.markedAt ? 'merged' : 'kept'
}

export type GivenConsent = { id: string; givenAt: Date; withdrawnAt: Date | null }

/**
 * Which consent holds once two students are one; null for none. The last word counts, whichever account it was said in:
 * whoever took consent back in the one has not agreed by an older tick in the other.
 */
export function consentThatHolds(consents: readonly GivenConsent[]): string | null {
  const taken = consents.flatMap(({ withdrawnAt }) => (withdrawnAt === null ? [] : [withdrawnAt.getTime()]))
  const lastTaken = Math.max(Number.NEGATIVE_INFINITY, ...taken)
  const open = consents
    .filter(({ withdrawnAt, givenAt }) => withdrawnAt === null && givenAt.getTime() >= lastTaken)
    .toSorted((a, b) => b.givenAt.getTime() - a.givenAt.getTime())
  return open[0]?.id ?? null
}

/** What becomes of the faces: `choose` where both have one and somebody must say which. */
export type FaceOutcome = 'none' | 'of-kept' | 'of-merged' | 'choose' | 'deleted'

/** Without a consent that holds, no face stays. */
export function faceAfterMerge(has: Record<Side, boolean>, hasConsent: boolean): FaceOutcome {
  if (!has.kept && !has.merged) return 'none'
  if (!hasConsent) return 'deleted'
  if (has.kept && has.merged) return 'choose'
  return has.kept ? 'of-kept' : 'of-merged'
}

/** Two people in the order of their ids, as pairs are kept. */
export const inOrder = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a])
