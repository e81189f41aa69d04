import type { DrawNumber } from './challenge.ts'

/** The colours a screen may show; named for people who read a challenge, not for what is painted. */
export const FLASH_COLOURS = ['amber', 'green', 'blue', 'pink'] as const
export type FlashColour = (typeof FLASH_COLOURS)[number]

/** Red, green and blue of a screen as linear light, in [0, 1]. */
export type ScreenLight = readonly [number, number, number]

/**
 * What each colour is made of. They pull red and blue against green in four directions, which is what is measured, and
 * are equally bright: no two differ by a tenth of the screen's brightness, and none is a saturated red (less than four
 * fifths of its light is red), so that WCAG 2.2 (2.3.1) counts no change between them as a flash at all.
 */
export const FLASH_LIGHT = {
  neutral: [0.39, 0.39, 0.39],
  amber: [0.8, 0.3, 0],
  green: [0, 0.5, 0.15],
  blue: [0.12, 0.42, 1],
  pink: [1, 0.2, 0.6],
} as const satisfies Record<FlashColour | 'neutral', ScreenLight>

/** 324 sequences; 4 changes a second are not reached by far. */
const FLASH_COUNT = 5

/** How long the page shows each colour. Three changes a second are the most that are safe, this is 1.4. */
export const FLASH_STEP_MS = 700

/** What a page may report of one step, slow phones included: shorter ones say nothing and would be too fast to look at. */
const STEP_MS = { shortest: 500, longest: 3_000 }

/** Draws a random sequence; no colour follows itself. */
export function drawColours(draw: DrawNumber): FlashColour[] {
  const drawn: FlashColour[] = []
  while (drawn.length < FLASH_COUNT) {
    const choices = FLASH_COLOURS.filter((colour) => colour !== drawn.at(-1))
    const colour = choices[draw(choices.length)]
    if (colour === undefined) throw new RangeError('draw returned a number outside [0, bound)')
    drawn.push(colour)
  }
  return drawn
}

/** What the page shows for these colours: first a neutral light, the person's own resting colour, then each in turn. */
export const shownFor = (colours: readonly FlashColour[]): readonly (FlashColour | 'neutral')[] => [
  'neutral',
  ...colours,
]

/** When each step was shown, by the phone, and when the last one ended. */
export type FlashTimes = { shownAtMs: readonly number[]; endedAtMs: number }

/** Whether a page can have shown these colours so: each step for its time, and all of it before the first instruction. */
export function isFlashTimely({ shownAtMs, endedAtMs }: FlashTimes, colours: readonly FlashColour[], beforeMs: number) {
  const lengths = shownAtMs.map((at, i) => (shownAtMs[i + 1] ?? endedAtMs) - at)
  const isPaced = lengths.every((length) => length >= STEP_MS.shortest && length <= STEP_MS.longest)
  return shownAtMs.length === shownFor(colours).length && isPaced && endedAtMs <= beforeMs
}

/** The light of each step and its time, as the frames are read against it. */
export function flashSteps({ shownAtMs }: FlashTimes, colours: readonly FlashColour[]) {
  return shownFor(colours).map((shown, i) => ({ light: FLASH_LIGHT[shown], shownAtMs: shownAtMs[i] ?? Number.NaN }))
}

/** The same light as a colour of a style sheet. */
export function paintOf(shown: FlashColour | 'neutral'): string {
  const [red, green, blue] = FLASH_LIGHT[shown].map(encoded)
  return `rgb(${red} ${green} ${blue})`
}

/** The sRGB transfer curve (IEC 61966-2-1). */
function encoded(light: number): number {
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055))
}
