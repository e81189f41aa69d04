import { describe, expect, it } from 'vitest'
import type { FaceReading, FaceShape } from './face-reading.ts'
import { type HeldHint, hintFor, holdHint, isInPosition, lightOf } from './framing.ts'

const LIT = { mean: 120, overexposed: 0 }

function reading(over: Partial<FaceShape> = {}, faces = 1): FaceReading {
  const box = { left: 0.3, top: 0.25, width: 0.4, height: 0.5 }
  const main = { box, yawDegrees: 0, pitchDegrees: 0, eyeOpenness: 0.3, mouthOpenness: 0, mouthWidth: 0.8, ...over }
  return { faces, main }
}

const boxAt = (x: number, height: number) => ({ left: x - 0.2, top: 0.5 - height / 2, width: 0.4, height })

describe('hints', () => {
  it.each([
    ['a good face', reading(), LIT, null],
    ['a dark room', reading(), { mean: 20, overexposed: 0 }, 'too-dark'],
    ['a window behind', reading(), { mean: 180, overexposed: 0.7 }, 'too-bright'],
    ['nobody', { faces: 0, main: null }, LIT, 'no-face'],
    ['a friend leaning in', reading({}, 2), LIT, 'several-faces'],
    ['far away', reading({ box: boxAt(0.5, 0.2) }), LIT, 'too-far'],
    ['too close', reading({ box: boxAt(0.5, 0.9) }), LIT, 'too-near'],
    ['at the edge', reading({ box: boxAt(0.85, 0.5) }), LIT, 'off-centre'],
  ] as const)('%s', (_, seen, light, hint) => {
    expect(hintFor(seen, light, 'position')).toBe(hint)
  })

  it('speaks of darkness even when no guide is at work', () => {
    expect(hintFor(null, { mean: 10, overexposed: 0 }, 'action')).toBe('too-dark')
    expect(hintFor(null, LIT, 'action')).toBeNull()
  })

  it('lets the head leave its place during an action', () => {
    expect(hintFor(reading({ box: boxAt(0.85, 0.5) }), LIT, 'action')).toBeNull()
  })

  it('waits before it interrupts, and goes at once', () => {
    const first: HeldHint = { wanted: null, sinceMs: 0, shown: null }
    const wanted = holdHint(first, 'too-far', 100)
    expect(wanted.shown).toBeNull()
    expect(holdHint(wanted, 'too-far', 700).shown).toBeNull()
    const shown = holdHint(wanted, 'too-far', 850)
    expect(shown.shown).toBe('too-far')
    expect(holdHint(shown, null, 900).shown).toBeNull()
  })
})

describe('position', () => {
  it('is a single face in the oval that looks at the camera', () => {
    expect(isInPosition(reading())).toBe(true)
    expect(isInPosition(reading({ yawDegrees: 15 }))).toBe(false)
    expect(isInPosition(reading({}, 2))).toBe(false)
    expect(isInPosition({ faces: 0, main: null })).toBe(false)
  })
})

describe('light', () => {
  it('is the mean of the pixels’ brightness', () => {
    expect(lightOf(new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255]))).toEqual({
      mean: 127.5,
      overexposed: 0.5,
    })
  })
})
