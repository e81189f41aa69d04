import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applySimilarity, fitSimilarity, warpSquare } from './similarity.ts'

const point = fc.record({
  x: fc.double({ min: -50, max: 50, noNaN: true }),
  y: fc.double({ min: -50, max: 50, noNaN: true }),
})
const similarity = fc.record({
  a: fc.double({ min: 0.3, max: 3, noNaN: true }),
  b: fc.double({ min: -2, max: 2, noNaN: true }),
  tx: fc.double({ min: -90, max: 90, noNaN: true }),
  ty: fc.double({ min: -90, max: 90, noNaN: true }),
})
const spread = [
  { x: 0, y: 0 },
  { x: 40, y: 3 },
  { x: 5, y: 37 },
]

test('finds the similarity that moved the points', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 6 }), similarity, (some, s) => {
      const from = [...spread, ...some]
      const found = fitSimilarity(
        from,
        from.map((p) => applySimilarity(s, p)),
      )
      for (const key of ['a', 'b', 'tx', 'ty'] as const) expect(found[key]).toBeCloseTo(s[key], 6)
    }),
  )
})

test('never mirrors: mirrored points are met by the best turn, not by a flip', () => {
  const found = fitSimilarity(
    spread,
    spread.map(({ x, y }) => ({ x: -x, y })),
  )
  expect(found.a * found.a + found.b * found.b).toBeGreaterThan(0)
  const moved = spread.map((p) => applySimilarity(found, p))
  expect(Math.hypot((moved[1]?.x ?? 0) + 40, (moved[1]?.y ?? 0) - 3)).toBeGreaterThan(5)
})

test('the identity warp copies the picture and leaves zero outside it', () => {
  const rgb = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => i * 5)
  const warped = warpSquare({ width: 4, height: 4, rgb }, { a: 1, b: 0, tx: 0, ty: 0 }, 6)
  expect(Array.from(warped.subarray(0, 12))).toEqual(Array.from(rgb.subarray(0, 12)))
  expect(warped[(5 * 6 + 5) * 3]).toBe(0)
})
