import { expect, test } from 'vitest'
import { readSolidHead } from './solid-head.ts'
import { drawCourse, hold, swing } from './testing/heads.ts'

const turn = [
  ...hold({}, 10),
  ...swing(20, (s) => ({ yaw: 24 * s })),
  ...swing(20, (s) => ({ yaw: -24 * s })),
  ...hold({}, 10),
]

test('a head that turns leaves the parallax of its nose', () => {
  const solid = readSolidHead(drawCourse(turn))
  expect(solid.kind).toBe('measured')
  if (solid.kind !== 'measured') return
  expect(solid.residual).toBeGreaterThan(0.06)
  expect(solid.yawSpanDegrees).toBeGreaterThan(30)
})

test('a head at rest, or a flat picture of one tilted before the camera, cannot be measured as turning', () => {
  expect(readSolidHead(drawCourse(hold({}, 40))).kind).toBe('not-measured')
  const flat = drawCourse(hold({}, 40)).map((m, i) => {
    const squeeze = 1 - 0.15 * Math.sin(i / 6)
    return { ...m, points: m.points.map(({ x, y }) => ({ x: 160 + (x - 160) * squeeze, y })) }
  })
  expect(readSolidHead(flat).kind).toBe('not-measured')
})
