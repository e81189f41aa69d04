/** Every action a challenge can ask for. Left and right are the student's own. */
export const ACTIONS = ['blink', 'turn-left', 'turn-right', 'look-up', 'look-down', 'open-mouth', 'smile'] as const

/** One action of a challenge. */
export type Action = (typeof ACTIONS)[number]

/** How long a challenge may be answered, from the moment the server made it. */
export const CHALLENGE_LIFETIME_MS = 3 * 60_000

/** Draws a whole number in [0, bound): the server passes one backed by the system's random source. */
export type DrawNumber = (bound: number) => number

export type ChallengeRules = {
  /** The actions to draw from; at least two different ones. */
  allowed: readonly Action[]
  /** How many actions to ask, 2 to 5. */
  count: number
}

/** Whether a challenge can still be drawn for somebody who cannot do these. */
export function leavesActions(cannotDo: readonly Action[]): boolean {
  return ACTIONS.filter((action) => !cannotDo.includes(action)).length >= 2
}

/**
 * The rules for one person: without what they cannot do, and no more actions than they have different ones. Where fewer
 * than two of the institution's are left, others take their place.
 * @throws RangeError when they can do fewer than two
 */
export function rulesFor(rules: ChallengeRules, cannotDo: readonly Action[]): ChallengeRules {
  if (cannotDo.length === 0) return rules
  if (!leavesActions(cannotDo)) throw new RangeError('a challenge needs two actions that the person can do')
  const can = (action: Action) => !cannotDo.includes(action)
  const own = [...new Set(rules.allowed)].filter(can)
  const others = ACTIONS.filter((action) => can(action) && !own.includes(action))
  const allowed = own.length >= 2 ? own : [...own, ...others].slice(0, Math.max(2, rules.count))
  return { allowed, count: Math.min(rules.count, allowed.length) }
}

/**
 * Draws a random sequence: no action directly follows itself, and the whole is never the one asked just before.
 * @throws RangeError when `rules` leaves no choice (fewer than two allowed actions, or a count outside 2 to 5)
 */
export function drawActions(rules: ChallengeRules, previous: readonly Action[], draw: DrawNumber): Action[] {
  const allowed = [...new Set(rules.allowed)]
  if (allowed.length < 2) throw new RangeError('a challenge needs at least two actions to draw from')
  if (!Number.isInteger(rules.count) || rules.count < 2 || rules.count > 5)
    throw new RangeError('a challenge asks for two to five actions')
  const drawn = drawOnce(allowed, rules.count, draw)
  if (drawn.join() !== previous.join()) return drawn
  // Every choice moved on by one gives another sequence, whatever `draw` says; drawing again might never end.
  const place = { next: 0 }
  return drawOnce(allowed, rules.count, (bound) =>
    place.next++ === 0 ? indexAfter(drawn, allowed, bound) : draw(bound),
  )
}

/** For the first choice all of `allowed` is there, in its order: the one after the action drawn before. */
function indexAfter(drawn: readonly Action[], allowed: readonly Action[], bound: number): number {
  const [first] = drawn
  return first === undefined ? 0 : (allowed.indexOf(first) + 1) % bound
}

function drawOnce(allowed: readonly Action[], count: number, draw: DrawNumber): Action[] {
  const drawn: Action[] = []
  while (drawn.length < count) {
    const fresh = allowed.filter((action) => !drawn.includes(action))
    const choices = (fresh.length > 0 ? fresh : allowed).filter((action) => action !== drawn.at(-1))
    const action = choices[draw(choices.length)]
    if (action === undefined) throw new RangeError('draw returned a number outside [0, bound)')
    drawn.push(action)
  }
  return drawn
}
