/** The times that decide a mark; all are the server's. While a session is only planned they are the plan's. */
export type SessionWindow = { opensAt: Date; lateAfter: Date; closesAt: Date; endedAt: Date | null }

/** Everything about a session that says how it stands. */
export type SessionLife = SessionWindow & {
  /** Null while it is only planned. */
  startedAt: Date | null
  /** Set while it takes no marks and its time stands still. */
  pausedAt: Date | null
  cancelledAt: Date | null
}

export type SessionState = 'planned' | 'open' | 'paused' | 'ended' | 'cancelled' | 'missed'

/** A pause that nobody ends is a session that somebody forgot: after this long the server ends it. */
export const LONGEST_PAUSE_MINUTES = 120

/**
 * How a session stands at `at`. One whose time is up is `ended`, whether or not anybody has written that down yet; one
 * that was planned and never started is `missed`, and counts for nobody.
 */
export function stateAt(life: SessionLife, at: Date): SessionState {
  if (life.cancelledAt !== null) return 'cancelled'
  if (life.endedAt !== null) return 'ended'
  if (life.startedAt === null) return at < life.closesAt ? 'planned' : 'missed'
  if (at >= dueAt(life)) return 'ended'
  return life.pausedAt === null ? 'open' : 'paused'
}

/** When the server ends a session that runs, if nobody does before. */
export function dueAt({ pausedAt, closesAt }: Pick<SessionLife, 'pausedAt' | 'closesAt'>): Date {
  return pausedAt === null ? closesAt : new Date(pausedAt.getTime() + LONGEST_PAUSE_MINUTES * 60_000)
}

/**
 * What can be done to a session, and in which states. `end` is the server's too, when its time is up; `restore` takes a
 * cancellation back, to whatever state the session is in without it.
 */
export const SESSION_STEPS = {
  replan: ['planned'],
  start: ['planned', 'missed'],
  extend: ['open', 'paused'],
  pause: ['open'],
  resume: ['paused'],
  end: ['open', 'paused'],
  cancel: ['planned', 'missed', 'open', 'paused'],
  restore: ['cancelled'],
  reopen: ['ended'],
} as const satisfies Record<string, readonly SessionState[]>

export type SessionStep = keyof typeof SESSION_STEPS

export function canTake(step: SessionStep, state: SessionState): boolean {
  const from: readonly SessionState[] = SESSION_STEPS[step]
  return from.includes(state)
}
