import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDraw } from '../testing/upload-mix.ts'
import { peakFrequency } from './spectrum.ts'

const SIZE = 128

function square(paint: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: SIZE * SIZE }, (_, i) => paint(i % SIZE, Math.floor(i / SIZE)))
}

/** Noise as a camera's, the same for the same seed. */
function grainOf(seed: number): Float32Array {
  const draw = createDraw(seed)
  return square(() => draw(2 ** 24) / 2 ** 24)
}

test('a faint regular grid over a noisy face stands out, at whatever angle it crosses the sensor', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0.3, max: 1.2, noNaN: true }), (seed, angle) => {
      const noise = grainOf(seed)
      const grain = (x: number, y: number) => 10 * (noise[y * SIZE + x] ?? 0)
      const plain = square((x, y) => 120 + 30 * Math.sin(x / 20) + grain(x, y))
      const grid = square((x, y) => {
        const along = x * Math.cos(angle) + y * Math.sin(angle)
        return 120 + 30 * Math.sin(x / 20) + grain(x, y) + 3 * Math.sin((2 * Math.PI * along) / 4.1)
      })
      expect(peakFrequency(plain, SIZE)).toBeLessThan(4)
      expect(peakFrequency(grid, SIZE)).toBeGreaterThan(peakFrequency(plain, SIZE) + 0.5)
    }),
    { numRuns: 15 },
  )
})

test('a plain square has no frequency at all, and that is an answer', () => {
  expect(
    Number.isFinite(
      peakFrequency(
        square(() => 90),
        SIZE,
      ),
    ),
  ).toBe(true)
})
