/** What follows from refusals so far in one session (or enrolment): the code is offered, then the face path pauses. */
export type RefusalConsequence = { offerCode: boolean; pausedUntil: Date | null }

export type RefusalRules = { offerCodeAfter: number; pauseAfter: number; pauseSeconds: number }

/** A pause never grows past this: the teacher is still in the room. */
const LONGEST_PAUSE_SECONDS = 15 * 60

/**
 * @param refusals how many there were, the latest included
 * @param lastAt when the latest was; null when there was none
 */
export function consequenceOf(refusals: number, lastAt: Date | null, rules: RefusalRules): RefusalConsequence {
  const offerCode = refusals >= rules.offerCodeAfter
  if (refusals < rules.pauseAfter || lastAt === null) return { offerCode, pausedUntil: null }
  const seconds = Math.min(LONGEST_PAUSE_SECONDS, rules.pauseSeconds * 2 ** (refusals - rules.pauseAfter))
  return { offerCode, pausedUntil: new Date(lastAt.getTime() + seconds * 1000) }
}
