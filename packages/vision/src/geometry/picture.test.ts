import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resample, toPlanar } from './picture.ts'

const picture = fc
  .record({ width: fc.integer({ min: 2, max: 24 }), height: fc.integer({ min: 2, max: 24 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((rgb) => ({ width, height, rgb })),
  )
const rect = fc.record({
  x: fc.double({ min: -30, max: 30, noNaN: true }),
  y: fc.double({ min: -30, max: 30, noNaN: true }),
  width: fc.double({ min: 0.5, max: 60, noNaN: true }),
  height: fc.double({ min: 0.5, max: 60, noNaN: true }),
})

test('resampling never leaves the range of the bytes it averages, wherever the rectangle lies', () => {
  fc.assert(
    fc.property(picture, rect, fc.integer({ min: 1, max: 9 }), (source, window, size) => {
      const low = source.rgb.reduce((least, v) => Math.min(least, v), 255)
      const high = source.rgb.reduce((most, v) => Math.max(most, v), 0)
      for (const value of resample(source, window, size, size)) {
        expect(value).toBeGreaterThanOrEqual(low - 1e-3)
        expect(value).toBeLessThanOrEqual(high + 1e-3)
      }
    }),
  )
})

test('the whole picture at its own size is itself, and shrunk to one pixel its mean', () => {
  fc.assert(
    fc.property(picture, (source) => {
      const whole = { x: 0, y: 0, width: source.width, height: source.height }
      const same = resample(source, whole, source.width, source.height)
      for (const [i, value] of same.entries()) expect(value).toBeCloseTo(source.rgb[i] ?? Number.NaN, 3)
      const [red] = resample(source, whole, 1, 1)
      const reds = source.rgb.filter((_, i) => i % 3 === 0)
      expect(red).toBeCloseTo(reds.reduce((sum, v) => sum + v, 0) / reds.length, 2)
    }),
  )
})

test('planar numbers follow the colour order and normalisation of the model', () => {
  const rgb = Float32Array.of(10, 20, 30, 40, 50, 60)
  const planar = toPlanar(rgb, { colour: 'bgr', mean: [10, 10, 10], scale: [10, 10, 10] })
  expect(Array.from(planar)).toEqual([2, 5, 1, 4, 0, 3])
})
