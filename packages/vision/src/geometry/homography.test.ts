import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyHomography, fitHomography, type Homography, homographyResidual } from './homography.ts'
import type { Point } from './picture.ts'

const small = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })
const homography = fc
  .tuple(small(0.3), small(0.3), small(2), small(0.3), small(0.3), small(2), small(0.1), small(0.1))
  .map(([a, b, c, d, e, f, g, h]): Homography => [1 + a, b, c, d, 1 + e, f, g, h, 1])

/** A face in units of its eye distance: a flat grid, and a nose that stands out of it. */
const face: (Point & { depth: number })[] = []
for (let x = -1; x <= 1; x += 0.4) for (let y = -1; y <= 1.5; y += 0.5) face.push({ x, y, depth: 0 })
face.push({ x: 0, y: 0.3, depth: 0.5 }, { x: 0, y: 0.5, depth: 0.6 }, { x: 0.05, y: 0.4, depth: 0.55 })

function turned(degrees: number, withDepth: boolean): Point[] {
  const yaw = (degrees * Math.PI) / 180
  return face.map(({ x, y, depth }) => {
    const z = withDepth ? depth : 0
    const across = x * Math.cos(yaw) + z * Math.sin(yaw)
    const away = 8 - (z * Math.cos(yaw) - x * Math.sin(yaw))
    return { x: (8 * across) / away, y: (8 * y) / away }
  })
}

test('finds the map that moved the points', () => {
  fc.assert(
    fc.property(homography, (h) => {
      const moved = face.map((p) => applyHomography(h, p))
      const found = fitHomography(face, moved)
      expect(found).not.toBeNull()
      for (const [i, p] of face.entries()) {
        const again = found ? applyHomography(found, p) : { x: Number.NaN, y: Number.NaN }
        expect(again.x).toBeCloseTo(moved[i]?.x ?? Number.NaN, 4)
        expect(again.y).toBeCloseTo(moved[i]?.y ?? Number.NaN, 4)
      }
    }),
  )
})

test('a plane leaves no residual at any angle; a head with a nose does, and more the further it turns', () => {
  fc.assert(
    fc.property(fc.double({ min: 5, max: 40, noNaN: true }), (degrees) => {
      expect(homographyResidual(turned(0, false), turned(degrees, false))).toBeLessThan(1e-6)
      const residual = homographyResidual(turned(0, true), turned(degrees, true)) ?? 0
      expect(residual).toBeGreaterThan(0.0005 * degrees)
    }),
  )
})

test('too few points, and points on one line, give no answer instead of a number', () => {
  const four = face.slice(0, 4)
  expect(homographyResidual(four, four)).toBeNull()
  const line = Array.from({ length: 8 }, (_, i) => ({ x: i, y: 2 * i }))
  expect(homographyResidual(line, line)).toBeNull()
})
