import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cosine, findNearestFace } from './face-evidence.ts'

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
