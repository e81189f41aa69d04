import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFaces, shapeOf } from './face-shape.ts'

/** A face whose points lie on a head of about the right shape, turned by `yaw` and lifted by `pitch` degrees. */
function face({ yaw = 0, pitch = 0, lid = 0.01, gap = 0, size = 1 } = {}): Float32Array {
  const landmarks = new Float32Array(3 * 478).fill(0.5)
  const put = (index: number, x: number, y: number, z: number) => {
    const a = (yaw * Math.PI) / 180
    const b = (pitch * Math.PI) / 180
    const [x1, z1] = [x * Math.cos(a) - z * Math.sin(a), x * Math.sin(a) + z * Math.cos(a)]
    const [y2, z2] = [y * Math.cos(b) + z1 * Math.sin(b), z1 * Math.cos(b) - y * Math.sin(b)]
    landmarks.set([0.5 + size * x1, 0.5 + size * y2, size * z2], 3 * index)
  }
  put(10, 0, -0.2, 0)
  put(152, 0, 0.2, 0)
  put(234, -0.15, 0, 0)
  put(454, 0.15, 0, 0)
  for (const [outer, inner, sign] of [
    [33, 133, -1],
    [263, 362, 1],
  ] as const) {
    put(outer, sign * 0.1, -0.05, 0)
    put(inner, sign * 0.04, -0.05, 0)
  }
  for (const [upper, lower, x] of [
    [160, 144, -0.08],
    [158, 153, -0.06],
    [385, 380, 0.06],
    [387, 373, 0.08],
  ] as const) {
    put(upper, x, -0.05 - lid, 0)
    put(lower, x, -0.05 + lid, 0)
  }
  put(13, 0, 0.1, 0)
  put(14, 0, 0.1 + gap, 0)
  put(61, -0.05, 0.1, 0)
  put(291, 0.05, 0.1, 0)
  return landmarks
}

describe('the shape of a face', () => {
  it('reads a turn to the student’s own left as positive, by its degrees', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (yaw) => {
        expect(shapeOf(face({ yaw }), 1).yawDegrees).toBeCloseTo(yaw, 0)
      }),
    )
  })

  it('reads a lifted chin as positive', () => {
    expect(shapeOf(face({ pitch: 20 }), 1).pitchDegrees).toBeGreaterThan(15)
    expect(shapeOf(face({ pitch: -20 }), 1).pitchDegrees).toBeLessThan(-15)
  })

  it('says the same of a face whatever its distance', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 1.5, noNaN: true }), (size) => {
        const near = shapeOf(face({ size, gap: 0.03 }), 1)
        const far = shapeOf(face({ gap: 0.03 }), 1)
        expect(near.eyeOpenness).toBeCloseTo(far.eyeOpenness, 3)
        expect(near.mouthOpenness).toBeCloseTo(far.mouthOpenness, 3)
      }),
    )
  })

  it('tells open eyes from closed ones', () => {
    expect(shapeOf(face({ lid: 0.002 }), 1).eyeOpenness).toBeLessThan(0.5 * shapeOf(face(), 1).eyeOpenness)
  })

  it('takes the largest face as the student’s', () => {
    const reading = readFaces([face({ size: 0.5 }), face({ size: 1, yaw: 30 })], 1)
    expect(reading.faces).toBe(2)
    expect(reading.main?.yawDegrees).toBeCloseTo(30, 0)
  })

  it('reads an empty picture as no face', () => {
    expect(readFaces([], 4 / 3)).toEqual({ faces: 0, main: null })
  })
})
