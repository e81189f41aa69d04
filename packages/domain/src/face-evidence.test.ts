import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitsApart, cosine, findNearestFace, wasSeenBefore } from './face-evidence.ts'

const unit = (length: number) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })
    .filter((values) => Math.hypot(...values) > 0.1)
    .map((values) => Float32Array.from(values, (v) => v / Math.hypot(...values)))

test('the nearest face is the one that comparing each in turn would find', () => {
  fc.assert(
    fc.property(fc.array(unit(10), { minLength: 1, maxLength: 30 }), unit(10), (templates, probe) => {
      const gallery = Float32Array.from(templates.flatMap((each) => [...each]))
      const found = findNearestFace(gallery, probe)
      const all = templates.map((each) => cosine(each, probe))
      expect(found?.similarity).toBeCloseTo(Math.max(...all), 5)
      expect(all[found?.index ?? -1]).toBeCloseTo(Math.max(...all), 5)
    }),
  )
})

test('nobody is nearest in an empty gallery, and half a template is no gallery', () => {
  expect(findNearestFace(new Float32Array(0), new Float32Array(8))).toBeNull()
  expect(() => findNearestFace(new Float32Array(12), new Float32Array(8))).toThrow(RangeError)
})

const hex = (seed: number) =>
  Array.from({ length: 32 }, (_, i) => ((Math.imul(seed * 32 + i + 1, 2_654_435_761) >>> 13) & 15).toString(16)).join(
    '',
  )
const upload = (from: number, frames = 20) => Array.from({ length: frames }, (_, i) => hex(from + i))
/** One bit of another compression. */
const recompressed = (hash: string) => (Number.parseInt(hash.charAt(0), 16) ^ 1).toString(16) + hash.slice(1)

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
