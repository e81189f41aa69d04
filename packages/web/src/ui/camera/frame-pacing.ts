/** A blink is one or two frames at this rate. */
export const FRAMES_PER_SECOND = 15

/** Before the first instruction frames only show the neutral face; half the rate and the last moments are enough. */
export const POSITION_FRAMES_PER_SECOND = 7.5

/**
 * Says which of the camera's frames to take so that `framesPerSecond` come out, whatever the camera gives.
 * The tolerance is under half of a 30 fps camera's period: a frame that is a little early counts, its neighbour does not.
 */
export function createPacing() {
  let dueMs = Number.NEGATIVE_INFINITY
  return (nowMs: number, framesPerSecond: number): boolean => {
    const periodMs = 1000 / framesPerSecond
    if (nowMs < dueMs - Math.min(16, periodMs / 4)) return false
    dueMs = Math.max(dueMs + periodMs, nowMs + periodMs / 2)
    return true
  }
}

/** Where full frames are due: some while the face is held still, then after each action; 6 to 8 in all. */
export function fullFramesAfter(actionCount: number): { atStart: number; afterEach: number[] } {
  const atStart = actionCount <= 3 ? 4 : 3
  const afterEach = Array.from({ length: actionCount }, () => 1)
  const missing = Math.max(0, 6 - atStart - actionCount)
  afterEach[actionCount - 1] = 1 + missing + (atStart + actionCount + missing < 7 ? 1 : 0)
  return { atStart, afterEach }
}
