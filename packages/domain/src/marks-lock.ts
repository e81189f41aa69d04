const DAY_MS = 86_400_000

/**
 * Whether the marks of a session may no longer be changed: `lockDays` after its end, unless an admin has unlocked them.
 * @param lockDays null where marks never lock
 */
export function areMarksLocked(
  session: { endedAt: Date | null; unlockedUntil: Date | null },
  lockDays: number | null,
  at: Date,
): boolean {
  if (session.endedAt === null || lockDays === null) return false
  if (session.unlockedUntil !== null && at < session.unlockedUntil) return false
  return at.getTime() >= session.endedAt.getTime() + lockDays * DAY_MS
}
