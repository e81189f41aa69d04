import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FaceBox, keepBest, overlap, squareInside } from './boxes.ts'

const size = fc.double({ min: 1, max: 300, noNaN: true })
const place = fc.double({ min: -100, max: 500, noNaN: true })
const box = fc.record({
  x: place,
  y: place,
  width: size,
  height: size,
  score: fc.double({ min: 0, max: 1, noNaN: true }),
})

test('overlap is between 0 and 1, the same both ways, and 1 with itself', () => {
  fc.assert(
    fc.property(box, box, (a, b) => {
      expect(overlap(a, b)).toBeGreaterThanOrEqual(0)
      expect(overlap(a, b)).toBeLessThanOrEqual(1 + 1e-9)
      expect(overlap(a, b)).toBeCloseTo(overlap(b, a), 9)
      expect(overlap(a, a)).toBeCloseTo(1, 9)
    }),
  )
})

test('what suppression keeps overlaps no more than allowed, and the best box always stays', () => {
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 20 }), (boxes: FaceBox[]) => {
      const kept = keepBest(boxes, 0.4)
      expect(kept[0]?.score).toBe(Math.max(...boxes.map((each) => each.score)))
      for (const [i, a] of kept.entries())
        for (const b of kept.slice(i + 1)) expect(overlap(a, b)).toBeLessThanOrEqual(0.4)
    }),
  )
})

test('the anti-spoof window stays inside the picture however near the rim the face is', () => {
  fc.assert(
    fc.property(box, fc.constantFrom(1.5, 2.7, 4), (face, scale) => {
      const window = squareInside(face, scale, 640, 480)
      expect(window.x).toBeGreaterThanOrEqual(-1e-6)
      expect(window.y).toBeGreaterThanOrEqual(-1e-6)
      expect(window.x + window.width).toBeLessThanOrEqual(639 + 1e-6)
      expect(window.y + window.height).toBeLessThanOrEqual(479 + 1e-6)
    }),
  )
})
