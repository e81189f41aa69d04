import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameClock, fitInside } from './camera-frames.ts'

describe('the clock of the frames', () => {
  it('keeps the camera’s own rhythm however late the frames come, and never runs ahead of the page', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 5, max: 400, noNaN: true }), { minLength: 2, maxLength: 60 }), (delays) => {
        const clock = createFrameClock()
        clock(0, 1_005)
        let previous = Number.NEGATIVE_INFINITY
        for (const [i, delay] of delays.entries()) {
          const takenAtMs = 1_000 + (i + 1) * 33
          const atMs = clock((i + 1) * 33_000, takenAtMs + delay)
          expect(atMs).toBeGreaterThan(previous)
          expect(atMs).toBeLessThanOrEqual(takenAtMs + delay)
          expect(atMs).toBeCloseTo(takenAtMs + 5, 6)
          previous = atMs
        }
      }),
    )
  })
})

describe('the size of a picture', () => {
  it.each([
    [{ width: 640, height: 480 }, 320, { width: 320, height: 240 }],
    [{ width: 480, height: 640 }, 320, { width: 240, height: 320 }],
    [{ width: 1280, height: 720 }, 640, { width: 640, height: 360 }],
    [{ width: 320, height: 240 }, 640, { width: 320, height: 240 }],
  ])('keeps its shape: %o inside %d', (from, side, size) => {
    expect(fitInside(from, side)).toEqual(size)
  })
})
