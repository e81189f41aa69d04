import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  drawColours,
  FLASH_COLOURS,
  FLASH_LIGHT,
  FLASH_STEP_MS,
  flashSteps,
  isFlashTimely,
  paintOf,
  type ScreenLight,
  shownFor,
} from './colour-flash.ts'

const brightness = ([red, green, blue]: ScreenLight) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
const lights = Object.values<ScreenLight>(FLASH_LIGHT)

describe('the colours are safe for people whom flashes make ill (WCAG 2.2, 2.3.1)', () => {
  test('no two are so different in brightness that a change between them is a flash', () => {
    for (const one of lights)
      for (const other of lights) expect(Math.abs(brightness(one) - brightness(other))).toBeLessThan(0.1)
  })

  test('none is a saturated red', () => {
    for (const [red, green, blue] of lights) expect(red / (red + green + blue)).toBeLessThan(0.8)
  })

  test('they change less than three times a second', () => {
    expect(1000 / FLASH_STEP_MS).toBeLessThan(3)
  })
})

describe('a sequence', () => {
  const draws = fc.infiniteStream(fc.nat())

  test('is drawn by the server, five colours of which none follows itself', () => {
    fc.assert(
      fc.property(draws, (numbers) => {
        const drawn = drawColours((bound) => (numbers.next().value as number) % bound)
        expect(drawn).toHaveLength(5)
        for (const [i, colour] of drawn.entries()) {
          expect(FLASH_COLOURS).toContain(colour)
          expect(colour).not.toBe(drawn[i - 1])
        }
      }),
    )
  })

  test('can be any: no colour is left out at any place', () => {
    const at = [0, 1, 2, 3, 4].map(() => new Set<string>())
    for (let seed = 0; seed < 400; seed++) {
      let state = seed
      const drawn = drawColours((bound) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return (state >>> 8) % bound
      })
      for (const [i, colour] of drawn.entries()) at[i]?.add(colour)
    }
    expect(at.map((each) => each.size)).toEqual([4, 4, 4, 4, 4])
  })

  test('begins with a neutral light, against which the others are seen', () => {
    expect(shownFor(['blue', 'pink'])).toEqual(['neutral', 'blue', 'pink'])
    expect(flashSteps({ shownAtMs: [0, 700, 1400], endedAtMs: 2100 }, ['blue', 'pink'])).toEqual([
      { light: FLASH_LIGHT.neutral, shownAtMs: 0 },
      { light: FLASH_LIGHT.blue, shownAtMs: 700 },
      { light: FLASH_LIGHT.pink, shownAtMs: 1400 },
    ])
  })

  test.each([
    ['in its time', [100, 800, 1500], 2200, true],
    ['on a slow phone', [100, 1900, 4000], 5900, true],
    ['one step too few', [100, 800], 1500, false],
    ['too fast to be looked at', [100, 300, 500], 700, false],
    ['backwards', [100, 1500, 800], 2200, false],
    ['for ever', [100, 800, 1500], 60_000, false],
    ['into the first instruction', [4100, 4800, 5500], 6200, false],
    ['at no time at all', [Number.NaN, 800, 1500], 2200, false],
  ])('was shown %s', (_, shownAtMs, endedAtMs, isTimely) => {
    expect(isFlashTimely({ shownAtMs, endedAtMs }, ['blue', 'pink'], 6_000)).toBe(isTimely)
  })

  test('is painted as it is meant', () => {
    expect(paintOf('neutral')).toBe('rgb(168 168 168)')
    expect(paintOf('pink')).toBe('rgb(255 124 203)')
  })
})
