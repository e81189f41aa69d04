import type { AssuranceLevel } from './assurance.ts'

/** How long an asked student has to show again that they are there. */
export const SPOT_CHECK_MS = 60_000

/** How likely each level is asked, against the others: the weaker a mark is founded, the likelier. */
const LOT: Record<AssuranceLevel, number> = { D: 6, C: 4, B: 2, A: 1 }

/**
 * Draws whom a spot check asks, without asking anybody twice.
 * @param marked those who can be asked, each with the level of their mark (null weighs as the weakest)
 * @param draw a whole number in [0, bound)
 * @returns as many as `count`, or all when there are fewer
 */
export function drawSpotCheck<Marked extends { assurance: AssuranceLevel | null }>(
  marked: readonly Marked[],
  count: number,
  draw: (bound: number) => number,
): Marked[] {
  const left = [...marked]
  const drawn: Marked[] = []
  while (drawn.length < count && left.length > 0) {
    const lots = left.map(({ assurance }) => LOT[assurance ?? 'D'])
    let lot = draw(lots.reduce((sum, each) => sum + each, 0))
    const place = lots.findIndex((each) => {
      lot -= each
      return lot < 0
    })
    drawn.push(...left.splice(place, 1))
  }
  return drawn
}

/**
 * When the server asks by itself: somewhere in the middle half of the session, so that nobody comes or leaves just in time.
 * @param draw a whole number in [0, bound)
 */
export function drawSpotCheckTime(
  { opensAt, closesAt }: { opensAt: Date; closesAt: Date },
  draw: (bound: number) => number,
): Date {
  const length = closesAt.getTime() - opensAt.getTime()
  return new Date(opensAt.getTime() + Math.floor(length / 4) + draw(Math.max(1, Math.floor(length / 2))))
}
