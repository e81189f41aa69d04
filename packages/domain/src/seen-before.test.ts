import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitsApart, marksOf, mirroredHash, wasSeenBefore } from './seen-before.ts'

const hex = (seed: number) =>
  Array.from({ length: 32 }, (_, i) => ((Math.imul(seed * 32 + i + 1, 2_654_435_761) >>> 13) & 15).toString(16)).join(
    '',
  )
const upload = (from: number, frames = 20) => Array.from({ length: frames }, (_, i) => hex(from + i))
/** One bit of another compression. */
const recompressed = (hash: string) => (Number.parseInt(hash.charAt(0), 16) ^ 1).toString(16) + hash.slice(1)

const hashes = fc.array(fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }), {
  minLength: 12,
  maxLength: 60,
})
test('an upload sent again is seen before, also after other compression or cut at its ends', () => {
  const first = upload(0)
  expect(wasSeenBefore(first, [upload(500), first])).toBe(true)
  expect(wasSeenBefore(first.map(recompressed).slice(4, 15), [first])).toBe(true)
})

test('another upload is not, nor one that shares a few poses, nor a still one', () => {
  const first = upload(0)
  expect(wasSeenBefore(upload(900), [first])).toBe(false)
  expect(wasSeenBefore([...first.slice(0, 6), ...upload(900, 8)], [first])).toBe(false)
  const still = Array.from({ length: 20 }, () => hex(3))
  expect(wasSeenBefore(still, [still])).toBe(false)
})

test('an upload sent again mirrored is seen before', () => {
  fc.assert(
    fc.property(hashes, (first) => {
      expect(wasSeenBefore(first.map(mirroredHash), [upload(700), first])).toBe(true)
      expect(first.map(mirroredHash).map(mirroredHash)).toEqual(first)
    }),
  )
})

test('a quarter of new poses among old ones does not hide them, half of them is another upload', () => {
  const first = upload(0)
  expect(wasSeenBefore([...first.slice(0, 16), ...upload(900, 4)], [first])).toBe(true)
  expect(wasSeenBefore([...first.slice(0, 10), ...upload(900, 10)], [first])).toBe(false)
})

test('bits apart is a distance', () => {
  const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(hash, hash, hash, (a, b, c) => {
      expect(bitsApart(a, a)).toBe(0)
      expect(bitsApart(a, b)).toBe(bitsApart(b, a))
      expect(bitsApart(a, c)).toBeLessThanOrEqual(bitsApart(a, b) + bitsApart(b, c))
    }),
  )
  expect(bitsApart('00', '000')).toBe(Number.POSITIVE_INFINITY)
})

/** Turns one bit of each of up to three hex digits. */
const distorted = (hash: string, at: number) =>
  [...hash].map((digit, i) => ([at % 32, (at + 11) % 32, (at + 22) % 32].includes(i) ? flip(digit) : digit)).join('')
const flip = (digit: string) => (Number.parseInt(digit, 16) ^ 4).toString(16)

test('any frames that come again are recognised, in whatever order, cut and compressed', () => {
  fc.assert(
    fc.property(hashes, fc.nat(), (first, seed) => {
      const again = first.slice(seed % 4).map((hash, i) => distorted(hash, seed + i))
      expect(wasSeenBefore(again, [first])).toBe(true)
      expect(wasSeenBefore(again.toReversed(), [upload(700), first])).toBe(true)
    }),
  )
})

test('frames of nobody else are recognised', () => {
  fc.assert(
    fc.property(hashes, hashes, (mine, theirs) => {
      const isNear = (hash: string) => theirs.some((other) => bitsApart(hash, other) <= 3)
      fc.pre(!mine.some(isNear) && !mine.map(mirroredHash).some(isNear))
      expect(wasSeenBefore(mine, [theirs])).toBe(false)
    }),
  )
})

test('a few marks stand for an upload: those of a part of it are mostly among them, whatever their order', () => {
  fc.assert(
    fc.property(hashes, (first) => {
      expect(marksOf(first)).toEqual(marksOf(first.toReversed()))
      expect(marksOf(first).length).toBeLessThanOrEqual(16)
      const kept = marksOf(first.slice(1)).filter((mark) => marksOf(first).includes(mark))
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(16, new Set(first.slice(1)).size) - 1)
    }),
  )
})
