import type { Action } from '../evidence.ts'
import { eyeOpenness, eyesShut, type Moment, type Neutral } from './moments.ts'

/** One performance of an action: it begins, is clearest, and ends. */
export type ActionEvent = { action: Action; fromMs: number; peakMs: number; toMs: number }

/** How strong an action must be to begin and to be over; units are eye distances, unless said. */
const SHAPES: Record<Exclude<Action, 'blink'>, Shape> = {
  // Strength 1 is about 11° of yaw. Prints tilted by 32° reach 0.55, heads at rest 0.51, the weakest real turn 1.95.
  'turn-left': { enter: 0.75, leave: 0.4, read: (m, n) => turn(m, n), also: (m, n) => noseTravel(m, n) > 0.065 },
  'turn-right': { enter: 0.75, leave: 0.4, read: (m, n) => -turn(m, n), also: (m, n) => noseTravel(m, n) < -0.065 },
  'look-up': { enter: 0.11, leave: 0.06, read: (m, n) => n.noseDown - m.shape.noseDown, also: nearFrontal },
  'look-down': { enter: 0.11, leave: 0.06, read: (m, n) => m.shape.noseDown - n.noseDown, also: nearFrontal },
  'open-mouth': { enter: 0.2, leave: 0.1, read: (m, n) => m.shape.mouthGap - n.mouthGap, also: nearFrontal },
  smile: { enter: 0.12, leave: 0.06, read: smileWidth, also: mouthNearlyShut },
}

type Shape = {
  enter: number
  leave: number
  read(moment: Moment, neutral: Neutral): number
  also(moment: Moment, neutral: Neutral): boolean
}

/** Two frames at 15 a second: one odd landmark is not an action. */
const MIN_FRAMES = 2

/** Finds every performance of one action, in order of time. */
export function findEvents(action: Action, moments: readonly Moment[], neutral: Neutral): ActionEvent[] {
  return action === 'blink' ? findBlinks(moments, neutral) : findHeld(action, SHAPES[action], moments, neutral)
}

/**
 * Whether these moments show so much of an action that further ones between them might show all of it: a head that never
 * began to turn did not turn between two looks at it either.
 */
export function mayShow(action: Exclude<Action, 'blink'>, moments: readonly Moment[], neutral: Neutral): boolean {
  const { leave, read } = SHAPES[action]
  return moments.some((moment) => read(moment, neutral) >= leave)
}

/** Crosses `enter`, and counts until it falls below `leave` again (hysteresis, so that noise does not cut it in two). */
function findHeld(action: Action, shape: Shape, moments: readonly Moment[], neutral: Neutral): ActionEvent[] {
  const events: ActionEvent[] = []
  let rested = false
  let run: Moment[] = []
  for (const moment of moments) {
    const value = shape.read(moment, neutral)
    const strong = value >= shape.enter && shape.also(moment, neutral)
    if (value < shape.leave) {
      close()
      rested = true
    } else if (strong || run.length > 0) run.push(moment)
  }
  close()
  return events

  function close(): void {
    const strong = run.filter((m) => shape.read(m, neutral) >= shape.enter && shape.also(m, neutral))
    const [first] = run
    const last = run.at(-1)
    // It must start from rest: a head already turned when the frames begin has not been seen turning.
    if (rested && strong.length >= MIN_FRAMES && first && last) {
      const peak = strong.reduce((best, m) => (shape.read(m, neutral) > shape.read(best, neutral) ? m : best))
      events.push({ action, fromMs: first.atMs, peakMs: peak.atMs, toMs: last.atMs })
    }
    run = []
  }
}

/** A blink takes 100–400 ms (Stern 1984); slow deliberate ones were seen up to 700 ms. */
const MAX_BLINK_MS = 900
/** Open eyes must be seen this close to either side. */
const OPEN_WITHIN_MS = 700

function findBlinks(all: readonly Moment[], neutral: Neutral): ActionEvent[] {
  const moments = all.filter((m) => m.eyesClosed !== null)
  const events: ActionEvent[] = []
  for (let i = 1; i < moments.length; i++) {
    if (!isShut(moments[i] as Moment, neutral) || isShut(moments[i - 1] as Moment, neutral)) continue
    let end = i
    while (end + 1 < moments.length && isShut(moments[end + 1] as Moment, neutral)) end++
    const event = blinkBetween(moments, i, end, neutral)
    if (event) events.push(event)
    i = end
  }
  return events
}

function blinkBetween(moments: readonly Moment[], i: number, end: number, neutral: Neutral): ActionEvent | null {
  const closed = moments.slice(i, end + 1)
  const [first] = closed
  const last = closed.at(-1)
  if (!first || !last || last.atMs - first.atMs > MAX_BLINK_MS) return null
  if (!closed.some((m) => isClearlyShut(m, neutral)) || !closed.every((m) => isFrontal(m, neutral))) return null
  const before = moments.slice(0, i).some((m) => isOpen(m, neutral) && first.atMs - m.atMs <= OPEN_WITHIN_MS)
  const after = moments.slice(end + 1).some((m) => isOpen(m, neutral) && m.atMs - last.atMs <= OPEN_WITHIN_MS)
  if (!before || !after) return null
  const peak = closed.reduce((best, m) => (eyeOpenness(m) < eyeOpenness(best) ? m : best))
  return { action: 'blink', fromMs: first.atMs, peakMs: peak.atMs, toMs: last.atMs }
}

function isShut(m: Moment, n: Neutral): boolean {
  const ratio = eyeOpenness(m) / n.eyeOpen
  const shut = eyesShut(m)
  return shut !== null && (ratio < 0.62 || (shut > Math.max(0.45, n.eyesClosed + 0.35) && ratio < 0.9))
}

/** Both eyes say so by network and by outline, or one by both beyond doubt. */
function isClearlyShut(m: Moment, n: Neutral): boolean {
  if (!m.eyesClosed) return false
  const { left, right } = m.eyesClosed
  const ratio = eyeOpenness(m) / n.eyeOpen
  return Math.min(left, right) > 0.5 ? ratio < 0.88 : (left + right) / 2 > 0.45 && ratio < 0.7
}

function isOpen(m: Moment, n: Neutral): boolean {
  const shut = eyesShut(m)
  return shut !== null && eyeOpenness(m) / n.eyeOpen > 0.8 && shut < Math.max(0.4, n.eyesClosed + 0.3)
}

/** About 9° of yaw and of pitch from rest: people close their eyes while turning, and that is no blink. */
function isFrontal(m: Moment, n: Neutral): boolean {
  return Math.abs(m.shape.noseAcross - n.noseAcross) < 0.1 && Math.abs(m.shape.noseDown - n.noseDown) < 0.14
}

/** How far the head has turned to its own left: nose and cheeks together, since either alone is noisy on some faces. */
function turn(m: Moment, n: Neutral): number {
  return (noseTravel(m, n) / 0.11 + (n.cheekSkew - m.shape.cheekSkew) / 0.25) / 2
}

function noseTravel(m: Moment, n: Neutral): number {
  return m.shape.noseAcross - n.noseAcross
}

function nearFrontal(m: Moment, n: Neutral): boolean {
  return Math.abs(m.shape.noseAcross - n.noseAcross) < 0.12
}

function smileWidth(m: Moment, n: Neutral): number {
  return m.shape.mouthWidth - n.mouthWidth + (m.shape.mouthLift - n.mouthLift)
}

function mouthNearlyShut(m: Moment, n: Neutral): boolean {
  return nearFrontal(m, n) && m.shape.mouthGap - n.mouthGap < 0.3
}
