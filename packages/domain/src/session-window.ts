import { type SessionLife, type SessionWindow, stateAt } from './session-state.ts'

/** Open from its start on, until its time is up or somebody ended, paused or cancelled it. */
export function isOpen(life: SessionLife, at: Date): boolean {
  return at >= life.opensAt && stateAt(life, at) === 'open'
}

/** The status of a mark made `at`, or null when the session takes none then. */
export function statusAt(life: SessionLife, at: Date): 'present' | 'late' | null {
  if (!isOpen(life, at)) return null
  return at < life.lateAfter ? 'present' : 'late'
}

const MINUTE_MS = 60_000
const later = (from: Date, ms: number) => new Date(from.getTime() + ms)

/**
 * The window of a session that starts, or is planned to start, at `start`.
 * @throws RangeError when it would be late only after it has closed
 */
export function windowFrom(start: Date, minutes: number, lateAfterMinutes: number): SessionWindow {
  if (lateAfterMinutes > minutes) throw new RangeError('a session cannot be late only after it has closed')
  const after = (wait: number) => later(start, wait * MINUTE_MS)
  return { opensAt: start, lateAfter: after(lateAfterMinutes), closesAt: after(minutes), endedAt: null }
}

/** How long before its time a planned session can be started, and how long after it is over. */
export const START_EARLY_MINUTES = 60
export const START_AFTER_END_MINUTES = 12 * 60
/** What is left to a planned session that is started when its time is nearly or wholly over. */
export const LEAST_OPEN_MINUTES = 10

type Times = Pick<SessionWindow, 'opensAt' | 'lateAfter' | 'closesAt'>

/** Whether a planned session can be started at `at`, and if not, why. */
export function startableAt({ opensAt, closesAt }: Times, at: Date): 'yes' | 'too-early' | 'too-late' {
  if (at < later(opensAt, -START_EARLY_MINUTES * MINUTE_MS)) return 'too-early'
  return at < later(closesAt, START_AFTER_END_MINUTES * MINUTE_MS) ? 'yes' : 'too-late'
}

/**
 * The window of a planned session that is started at `start`. Lateness counts from there: nobody is late because the
 * teacher was. The planned end stays, because the room and everybody's next class do not move along.
 */
export function windowOfStarted(planned: Times, start: Date): SessionWindow {
  const least = later(start, LEAST_OPEN_MINUTES * MINUTE_MS)
  return {
    opensAt: start,
    lateAfter: later(start, planned.lateAfter.getTime() - planned.opensAt.getTime()),
    closesAt: planned.closesAt > least ? planned.closesAt : least,
    endedAt: null,
  }
}

/**
 * The times of a paused session that goes on at `at`: its end moves by the length of the pause, and so does the moment
 * from which one is late, unless that had come before the pause began.
 */
export function timesAfterPause(life: Times & { pausedAt: Date }, at: Date): Pick<Times, 'lateAfter' | 'closesAt'> {
  const pausedMs = Math.max(0, at.getTime() - life.pausedAt.getTime())
  const wasLate = life.pausedAt >= life.lateAfter
  return {
    lateAfter: wasLate ? life.lateAfter : later(life.lateAfter, pausedMs),
    closesAt: later(life.closesAt, pausedMs),
  }
}

/** How far ahead the end of a session can be put, when it starts and whenever it is moved. */
export const LONGEST_AHEAD_MINUTES = 480

/** Whether a session that runs at `at` may be extended until `closesAt`: later than now planned, and not out of sight. */
export function mayCloseAt(life: Times, closesAt: Date, at: Date): boolean {
  return closesAt > life.closesAt && closesAt <= later(at, LONGEST_AHEAD_MINUTES * MINUTE_MS)
}

/** Someone's stay in a class; `leftAt` null while they belong. */
export type Stay = { joinedAt: Date; leftAt: Date | null }

/** Whether a session counts for someone: they belonged to the class when it opened or joined while it was open. */
export function countsFor(stay: Stay, session: { opensAt: Date; endedAt: Date }): boolean {
  return stay.joinedAt < session.endedAt && (stay.leftAt === null || stay.leftAt > session.opensAt)
}
