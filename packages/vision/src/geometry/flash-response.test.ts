import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FlashShown, type FlashStep, flashResponse, type LightSample, type Rgb } from './flash-response.ts'

const LIGHTS: Record<string, Rgb> = {
  neutral: [0.39, 0.39, 0.39],
  amber: [0.8, 0.3, 0],
  green: [0, 0.5, 0.15],
  blue: [0.12, 0.42, 1],
  pink: [1, 0.2, 0.6],
}
const COLOURS = ['amber', 'green', 'blue', 'pink']
const ENDED_MS = 4200

const shownAs = (steps: readonly FlashStep[]): FlashShown => ({
  steps,
  endedAtMs: ENDED_MS,
  palette: Object.values(LIGHTS),
})
const stepsOf = (colours: readonly string[]): FlashStep[] =>
  ['neutral', ...colours].map((name, i) => ({ light: LIGHTS[name] as Rgb, shownAtMs: i * 700 }))

type Scene = { strength: number; delayMs?: number; drift?: number; noise?: number; gain?: (atMs: number) => number }

/** Skin and wall under a room's light and a screen's, as a camera with a moving exposure gives them. */
function filmed(steps: readonly FlashStep[], { strength, delayMs = 80, drift = 0, noise = 0, gain }: Scene) {
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
  const samples: LightSample[] = []
  for (let atMs = 0; atMs < ENDED_MS; atMs += 67) {
    const light = steps.findLast(({ shownAtMs }) => atMs - delayMs >= shownAtMs)?.light ?? (LIGHTS.neutral as Rgb)
    const patch = (skin: Rgb, reach: number): Rgb => {
      const exposure = gain?.(atMs) ?? 1
      const [r, g, b] = skin.map(
        (reflects, c) => reflects * exposure * (1 + reach * (light[c] ?? 0)) * (1 + noise * random()),
      )
      return [(r ?? 0) * (1 + (drift * atMs) / ENDED_MS), g ?? 0, b ?? 0]
    }
    samples.push({ atMs, face: patch([150, 110, 90], strength), background: patch([120, 125, 130], strength / 8) })
  }
  return samples
}

const sequences = fc
  .array(fc.constantFrom(...COLOURS), { minLength: 5, maxLength: 5 })
  .filter((drawn) => drawn.every((colour, i) => colour !== drawn[i - 1]))

describe('a face before a screen that changes its colour', () => {
  test('answers every sequence in order, whatever the exposure does', () => {
    fc.assert(
      fc.property(sequences, fc.double({ min: 0.2, max: 1.5, noNaN: true }), (colours, strength) => {
        const steps = stepsOf(colours)
        const scene = { strength, noise: 0.002, gain: (atMs: number) => 1 + 0.2 * Math.sin(atMs / 300) }
        const response = flashResponse(filmed(steps, scene), shownAs(steps))
        expect(response).toMatchObject({ kind: 'seen', inOrder: true })
        expect(response.kind === 'seen' && response.agreement).toBeGreaterThan(0.95)
      }),
    )
  })

  test('does not answer another sequence than the one it was filmed under', () => {
    fc.assert(
      fc.property(sequences, sequences, (filmedUnder, asked) => {
        fc.pre(filmedUnder.join() !== asked.join())
        const samples = filmed(stepsOf(filmedUnder), { strength: 0.4, noise: 0.002 })
        const response = flashResponse(samples, shownAs(stepsOf(asked)))
        expect(response.kind === 'seen' && response.inOrder).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('does not answer half a second late', () => {
    const steps = stepsOf(['amber', 'blue', 'green', 'pink', 'amber'])
    const late = flashResponse(filmed(steps, { strength: 0.4, delayMs: 600 }), shownAs(steps))
    expect(late.kind === 'seen' && late.inOrder && late.agreement > 0.8).toBe(false)
  })

  test('still answers while the light of the room drifts', () => {
    const steps = stepsOf(['green', 'pink', 'blue', 'amber', 'blue'])
    const response = flashResponse(filmed(steps, { strength: 0.3, drift: 0.06 }), shownAs(steps))
    expect(response).toMatchObject({ kind: 'seen', inOrder: true })
  })
})

describe('nothing can be said', () => {
  const steps = stepsOf(['amber', 'green', 'blue', 'pink', 'green'])
  const unseen = { kind: 'unseen' }

  test('where the sun outshines the screen, or a film knows nothing of it', () => {
    expect(flashResponse(filmed(steps, { strength: 0.02 }), shownAs(steps))).toEqual(unseen)
    expect(flashResponse(filmed(steps, { strength: 0 }), shownAs(steps))).toEqual(unseen)
  })

  test('where the frames differ among themselves as much as the answer would', () => {
    expect(flashResponse(filmed(steps, { strength: 0.1, noise: 0.15 }), shownAs(steps))).toEqual(unseen)
  })

  test('where a step has no frames, or there are none at all', () => {
    const samples = filmed(steps, { strength: 0.5 })
    const gap = samples.filter(({ atMs }) => atMs < 1400 || atMs > 2100)
    expect(flashResponse(gap, shownAs(steps))).toEqual(unseen)
    expect(flashResponse([], shownAs(steps))).toEqual(unseen)
  })

  test('from numbers that are none', () => {
    const broken = filmed(steps, { strength: 0.5 }).map((each) => ({ ...each, face: [Number.NaN, 1, 1] as const }))
    expect(flashResponse(broken, shownAs(steps))).toEqual(unseen)
  })
})
