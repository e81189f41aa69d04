import type { Action, ActionEvidence, Timing } from '../evidence.ts'
import type { ActionEvent } from './find-events.ts'

/** Instructions appear while the person is already moving; a clearest moment may lie this much before them. */
const GRACE_MS = 300

/** Says which of the asked actions were seen, in their order. */
export function matchOrder(asked: readonly Action[], events: readonly ActionEvent[], timing: Timing): ActionEvidence[] {
  const found = findInOrder(asked, events, timing)
  return asked.map((action, i) => ({ action, seen: i < found.length }))
}

/**
 * The performance that counts for each asked action, up to the first that is missing: each must be clearest after the
 * one before it was, and begin no earlier. Taking the earliest performance that fits each is optimal: a later one never
 * helps the rest.
 */
export function findInOrder(
  asked: readonly Action[],
  events: readonly ActionEvent[],
  timing: Timing,
): readonly ActionEvent[] {
  const sorted = events.toSorted((a, b) => a.peakMs - b.peakMs)
  const found: ActionEvent[] = []
  for (const [i, action] of asked.entries()) {
    const from = found.at(-1)?.peakMs ?? Number.NEGATIVE_INFINITY
    const notBefore = promptedAt(timing, asked, i) - GRACE_MS
    const event = sorted.find((each) => each.action === action && each.fromMs >= from && each.peakMs >= notBefore)
    if (!event) break
    found.push(event)
  }
  return found
}

/** When the page showed the instruction; prompts that do not name the asked actions in order constrain everything. */
function promptedAt(timing: Timing, asked: readonly Action[], i: number): number {
  if (timing.kind === 'free') return Number.NEGATIVE_INFINITY
  const prompt = timing.prompts[i]
  return prompt && prompt.action === asked[i] ? prompt.shownAtMs : Number.POSITIVE_INFINITY
}
