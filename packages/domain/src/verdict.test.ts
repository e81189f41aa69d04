import { describe, expect, test } from 'vitest'
import type { FaceEvidence, FlashEvidence } from './face-evidence.ts'
import { SHIPPED_THRESHOLDS } from './thresholds.ts'
import { decideLive, decideMatch, type FaceRefusal, studentReason } from './verdict.ts'

type Face = Extract<FaceEvidence, { kind: 'face' }>

const along = (similarity: number) => Float32Array.of(similarity, Math.sqrt(1 - similarity * similarity))
const template = Float32Array.of(1, 0)
const live: Face = {
  kind: 'face',
  light: 'normal',
  actions: [
    { action: 'blink', seen: true },
    { action: 'turn-left', seen: true },
  ],
  sameFace: 0.8,
  genuine: 0.97,
  solidHead: { kind: 'measured', residual: 0.2, yawSpanDegrees: 30 },
  flash: { kind: 'not-asked' },
  injection: [],
  probe: along(0.7),
  goodFrames: 3,
  agreement: 0.85,
  model: 'a@1',
  frameHashes: [],
}
const because = (change: Partial<Face>) => {
  const verdict = decideMatch({ ...live, ...change }, template, SHIPPED_THRESHOLDS)
  return verdict.outcome === 'accepted' ? 'accepted' : verdict.because
}

describe('the colours of the screen', () => {
  const asked = { ...SHIPPED_THRESHOLDS, colourFlash: true }
  const decide = (flash: FlashEvidence, genuine = 0.97) => {
    const verdict = decideMatch({ ...live, flash, genuine }, template, asked)
    return verdict.outcome === 'accepted' ? 'accepted' : verdict.because
  }

  test.each<[string, FlashEvidence, string]>([
    ['answered in order', { kind: 'seen', agreement: 0.9, inOrder: true }, 'accepted'],
    ['half answered', { kind: 'seen', agreement: 0.7, inOrder: true }, 'flash-unseen'],
    ['answered in an order that is not quite theirs', { kind: 'seen', agreement: 0.9, inOrder: false }, 'flash-unseen'],
    ['answered as others would be', { kind: 'seen', agreement: 0.2, inOrder: false }, 'flash-missing'],
    ['not answered by what changed', { kind: 'seen', agreement: 0.3, inOrder: true }, 'flash-missing'],
    ['answered by no number', { kind: 'seen', agreement: Number.NaN, inOrder: true }, 'flash-missing'],
    ['hidden by the light of the room', { kind: 'unseen' }, 'flash-unseen'],
  ])('%s', (_, flash, expected) => {
    expect(decide(flash)).toBe(expected)
  })

  test('left out for somebody who asked not to see them, the rest must be beyond doubt', () => {
    expect(decide({ kind: 'not-asked' })).toBe('accepted')
    expect(decide({ kind: 'not-asked' }, 0.8)).toBe('spoof-suspected')
    expect(decide({ kind: 'seen', agreement: 0.9, inOrder: true }, 0.8)).toBe('accepted')
  })

  test('too much light is told to the student, a wrong answer is not', () => {
    expect(studentReason({ because: 'flash-unseen' })).toEqual({ because: 'flash-unseen' })
    expect(studentReason({ because: 'flash-missing' })).toEqual({ because: 'not-confirmed' })
  })
})

describe('a check-in by face', () => {
  test('is accepted when everything holds', () => {
    expect(because({})).toBe('accepted')
  })

  test.each<[string, Partial<Face>, string]>([
    ['an action nobody saw', { actions: [{ action: 'blink', seen: false }] }, 'action-missing'],
    ['another face on the way', { sameFace: 0.1 }, 'face-changed'],
    ['a spoof', { genuine: 0.2 }, 'spoof-suspected'],
    ['a flat head', { solidHead: { kind: 'measured', residual: 0.03, yawSpanDegrees: 20 } }, 'spoof-suspected'],
    ['a looped film', { injection: ['repeated-frames'] }, 'injection-suspected'],
    ['somebody else', { probe: along(0.3) }, 'not-recognised'],
    [
      'a head that never turned and is not beyond doubt',
      { solidHead: { kind: 'not-measured' }, genuine: 0.7 },
      'spoof-suspected',
    ],
  ])('refuses %s', (_, change, reason) => {
    expect(because(change)).toBe(reason)
  })

  test('names what is wrong with the frames before anything else', () => {
    const verdict = decideMatch({ kind: 'unusable', because: 'too-dark', light: 'dim' }, template, SHIPPED_THRESHOLDS)
    expect(verdict).toEqual({ outcome: 'refused', because: 'too-dark' })
  })

  test('frames in which an action is missing are refused for it, or for having been made up', () => {
    const unfinished = { kind: 'unfinished', missing: 'blink', light: 'normal' } as const
    const missing = { outcome: 'refused', because: 'action-missing', action: 'blink' }
    expect(decideMatch({ ...unfinished, injection: [], frameHashes: [] }, template, SHIPPED_THRESHOLDS)).toEqual(
      missing,
    )
    const looped: FaceEvidence = { ...unfinished, injection: ['repeated-frames'], frameHashes: [] }
    expect(decideLive(looped, SHIPPED_THRESHOLDS)).toEqual({ outcome: 'refused', because: 'injection-suspected' })
    expect(decideLive(looped, { ...SHIPPED_THRESHOLDS, injectionChecks: false })).toEqual(missing)
  })

  test('looks for signs of injection unless policy says not to', () => {
    const looped: Face = { ...live, injection: ['repeated-frames'] }
    expect(decideLive(looped, { ...SHIPPED_THRESHOLDS, injectionChecks: false }).outcome).toBe('accepted')
  })

  test('accepts exactly from the threshold on', () => {
    expect(because({ probe: along(SHIPPED_THRESHOLDS.minSimilarity + 1e-6) })).toBe('accepted')
    expect(because({ probe: along(SHIPPED_THRESHOLDS.minSimilarity - 1e-3) })).toBe('not-recognised')
  })

  test('no single number that is not a number is ever accepted', () => {
    expect(because({ genuine: Number.NaN })).not.toBe('accepted')
    expect(because({ sameFace: Number.NaN })).not.toBe('accepted')
    expect(because({ probe: Float32Array.of(Number.NaN, 0) })).not.toBe('accepted')
    expect(because({ solidHead: { kind: 'measured', residual: Number.NaN, yawSpanDegrees: 20 } })).not.toBe('accepted')
  })
})

test('students are told the same of a wrong face, a spoof and an injection', () => {
  const hidden: FaceRefusal[] = [
    { because: 'face-changed' },
    { because: 'spoof-suspected' },
    { because: 'injection-suspected' },
    { because: 'not-recognised' },
  ]
  for (const refusal of hidden) expect(studentReason(refusal)).toEqual({ because: 'not-confirmed' })
  expect(studentReason({ because: 'too-dark' })).toEqual({ because: 'too-dark' })
  expect(studentReason({ because: 'action-missing', action: 'blink' })).toEqual({
    because: 'action-missing',
    action: 'blink',
  })
})
