/** The times that decide a mark; all are the server's. */
export type SessionWindow = { opensAt: Date; lateAfter: Date; closesAt: Date; endedAt: Date | null }

/** Open from `opensAt` on, until `closesAt` or until somebody ended it, whichever is first. */
export function isOpen(window: SessionWindow, at: Date): boolean {
  return at >= window.opensAt && at < window.closesAt && window.endedAt === null
}

/** The status of a mark made `at`, or null when the session takes none then. */
export function statusAt(window: SessionWindow, at: Date): 'present' | 'late' | null {
  if (!isOpen(window, at)) return null
  return at < window.lateAfter ? 'present' : 'late'
}

/**
 * The window of a session that starts now.
 * @throws RangeError when it would be late only after it has closed
 */
export function windowFrom(start: Date, minutes: number, lateAfterMinutes: number): SessionWindow {
  if (lateAfterMinutes > minutes) throw new RangeError('a session cannot be late only after it has closed')
  const after = (wait: number) => new Date(start.getTime() + wait * 60_000)
  return { opensAt: start, lateAfter: after(lateAfterMinutes), closesAt: after(minutes), endedAt: null }
}

/** Someone's stay in a class; `leftAt` null while they belong. */
export type Stay = { joinedAt: Date; leftAt: Date | null }

/** Whether a session counts for someone: they belonged to the class when it opened or joined while it was open. */
export function countsFor(stay: Stay, session: { opensAt: Date; endedAt: Date }): boolean {
  return stay.joinedAt < session.endedAt && (stay.leftAt === null || stay.leftAt > session.opensAt)
}
