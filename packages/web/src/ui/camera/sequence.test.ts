import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActionName } from './action-watch.ts'
import type { FaceReading, FaceShape } from './face-reading.ts'
import { advance, flashOf, longestRestMs, needsNudge, progressOf, type Sequence, startSequence } from './sequence.ts'

const NEUTRAL: FaceShape = {
  box: { left: 0.3, top: 0.25, width: 0.4, height: 0.5 },
  yawDegrees: 1,
  pitchDegrees: -4,
  eyeOpenness: 0.3,
  mouthOpenness: 0.05,
  mouthWidth: 0.8,
}
/** What ends between two ticks is noticed at the next. */
const TICK_MS = 100
const ALL: readonly ActionName[] = ['blink', 'turn-left', 'turn-right', 'look-up', 'look-down', 'open-mouth', 'smile']
const DOING: Record<ActionName, Partial<FaceShape>> = {
  blink: { eyeOpenness: 0.12 },
  'turn-left': { yawDegrees: 22 },
  'turn-right': { yawDegrees: -20 },
  'look-up': { pitchDegrees: 12 },
  'look-down': { pitchDegrees: -20 },
  'open-mouth': { mouthOpenness: 0.5 },
  smile: { mouthWidth: 1 },
}

const see = (over: Partial<FaceShape> = {}): FaceReading => ({ faces: 1, main: { ...NEUTRAL, ...over } })

/** Feeds readings at 10 a second from `fromMs` until the phase changes or the time is over. */
function play(sequence: Sequence, fromMs: number, reading: FaceReading | null, forMs: number) {
  let now = sequence
  let atMs = fromMs
  for (; atMs <= fromMs + forMs; atMs += 100) {
    now = advance(now, { atMs, reading, isGuided: reading !== null })
    if (now.phase.kind !== sequence.phase.kind) break
  }
  return { sequence: now, atMs }
}

describe('the sequence', () => {
  it('asks first when the face has been held in the oval', () => {
    const { sequence, atMs } = play(startSequence(['blink', 'turn-left'], null), 500, see(), 10_000)
    expect(sequence.phase).toMatchObject({ kind: 'action', index: 0 })
    expect(atMs).toBe(1_200)
  })

  it('shows the colours of the challenge before the first action, each for its time, and tells when', () => {
    let now = play(startSequence(['blink'], ['blue', 'amber']), 500, see(), 10_000).sequence
    expect(now.phase).toMatchObject({ kind: 'flash', step: 0, shownAtMs: 1_200 })
    expect(flashOf(now)).toBeNull()
    for (let atMs = 1_300; now.phase.kind === 'flash'; atMs += TICK_MS)
      now = advance(now, { atMs, reading: null, isGuided: true })
    expect(now.lights).toEqual(['neutral', 'blue', 'amber'])
    expect(flashOf(now)).toEqual({ shownAtMs: [1_200, 1_900, 2_600], endedAtMs: 3_300 })
    expect(now.phase).toEqual({ kind: 'action', index: 0, shownAtMs: 3_300 })
  })

  it('plans the time of the colours in', () => {
    const plain = longestRestMs(startSequence(['blink'], null), 0)
    expect(longestRestMs(startSequence(['blink'], ['blue', 'amber']), 0)).toBe(plain + 2_100)
  })

  it('does not begin on a head that only passes the middle', () => {
    let now = advance(startSequence(['blink'], null), { atMs: 100, reading: see(), isGuided: true })
    now = advance(now, { atMs: 900, reading: null, isGuided: true })
    expect(now.phase.kind).toBe('position')
    now = advance(now, { atMs: 1_000, reading: see({ yawDegrees: 25 }), isGuided: true })
    expect(now.phase).toMatchObject({ kind: 'position', heldSinceMs: null })
  })

  it('begins after six seconds at most, guide or none', () => {
    expect(play(startSequence(['blink'], null), 0, null, 20_000).atMs).toBe(6_000)
    expect(play(startSequence(['blink'], null), 0, see({ yawDegrees: 40 }), 20_000).atMs).toBe(6_000)
  })

  it.each(ALL)('goes on when the guide has seen it: %s', (action) => {
    const asked = play(startSequence([action, 'blink'], null), 0, see(), 10_000)
    const doing = play(asked.sequence, asked.atMs + 100, see(DOING[action]), action === 'blink' ? 200 : 2_000)
    const done = action === 'blink' ? play(doing.sequence, doing.atMs, see(), 1_000) : doing
    expect(done.sequence.phase).toMatchObject({ kind: 'return', index: 0, wasSeen: true })
    const next = play(done.sequence, done.atMs + 100, see(), 5_000)
    expect(next.sequence.phase).toMatchObject({ kind: 'action', index: 1 })
  })

  it.each(ALL)('is not satisfied by a face at rest: %s', (action) => {
    const asked = play(startSequence([action, 'blink'], null), 0, see(), 10_000)
    const waited = play(asked.sequence, asked.atMs + 100, see(), 7_000)
    expect(waited.sequence.phase.kind).toBe('action')
    expect(needsNudge(waited.sequence, waited.atMs)).toBe(true)
  })

  it('tells the student’s left from their right', () => {
    const asked = play(startSequence(['turn-left', 'blink'], null), 0, see(), 10_000)
    expect(play(asked.sequence, asked.atMs, see({ yawDegrees: -30 }), 3_000).sequence.phase.kind).toBe('action')
  })

  it('does not take eyes that close in a turn for a blink', () => {
    const asked = play(startSequence(['blink', 'smile'], null), 0, see(), 10_000)
    const turned = play(asked.sequence, asked.atMs, see({ yawDegrees: 20, eyeOpenness: 0.1 }), 500)
    expect(play(turned.sequence, turned.atMs, see(), 500).sequence.phase.kind).toBe('action')
  })

  it('wants the head at rest before the action, as the server does', () => {
    const asked = play(startSequence(['turn-left', 'turn-right'], null), 0, see(), 10_000)
    const first = play(asked.sequence, asked.atMs + 100, see({ yawDegrees: 20 }), 2_000)
    const overshot = play(first.sequence, first.atMs + 100, see({ yawDegrees: -20 }), 1_600)
    expect(overshot.sequence.phase).toMatchObject({ kind: 'action', index: 1 })
    const still = play(overshot.sequence, overshot.atMs + 100, see({ yawDegrees: -20 }), 1_000)
    expect(still.sequence.phase.kind).toBe('action')
    const rested = advance(still.sequence, { atMs: still.atMs + 100, reading: see(), isGuided: true })
    const turned = advance(rested, { atMs: still.atMs + 200, reading: see({ yawDegrees: -20 }), isGuided: true })
    expect(turned.phase).toMatchObject({ kind: 'return', index: 1, wasSeen: true })
  })

  it('ends in time whatever the guide says, and prompts for each action once, in order', () => {
    const readings = fc.array(
      fc.option(
        fc.record({
          yawDegrees: fc.integer({ min: -60, max: 60 }),
          eyeOpenness: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
      ),
      { maxLength: 600 },
    )
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL), { minLength: 2, maxLength: 5 }), readings, (actions, some) => {
        let now = startSequence(actions, null)
        let atMs = 0
        let progress = 0
        while (now.phase.kind !== 'finished') {
          const over = some[atMs / 100]
          const rest = longestRestMs(now, atMs)
          now = advance(now, { atMs, reading: over ? see(over) : null, isGuided: over != null })
          if (now.phase.kind !== 'position') expect(longestRestMs(now, atMs)).toBeLessThanOrEqual(rest + TICK_MS)
          if (now.phase.kind !== 'position') expect(progressOf(now)).toBeGreaterThanOrEqual(progress)
          progress = now.phase.kind === 'position' ? 0 : progressOf(now)
          atMs += 100
        }
        expect(atMs).toBeLessThan(36_000)
        expect(now.prompts.map((prompt) => prompt.action)).toEqual(actions)
        expect(now.prompts.map((prompt) => prompt.shownAtMs)).toEqual(
          now.prompts.map((prompt) => prompt.shownAtMs).toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 60 },
    )
  })
})
