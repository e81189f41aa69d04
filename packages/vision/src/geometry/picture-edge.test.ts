import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Grey } from './picture.ts'
import { isFramed } from './picture-edge.ts'

const face = { left: 130, right: 190, top: 80, bottom: 150 }

function room(paint: (x: number, y: number) => number | null): Grey {
  const luma = new Float32Array(320 * 240)
  for (let y = 0; y < 240; y++)
    for (let x = 0; x < 320; x++) luma[y * 320 + x] = (paint(x, y) ?? 120) + ((x * 7 + y * 13) % 5)
  return { width: 320, height: 240, luma }
}

/** A sheet of paper held up: brighter inside four edges that lean by `lean` pixels over the height. */
function sheet(left: number, right: number, top: number, bottom: number, lean: number, contrast: number): Grey {
  return room((x, y) => {
    const shift = (lean * (y - 120)) / 240
    return x > left + shift && x < right + shift && y > top && y < bottom ? 120 + contrast : null
  })
}

test('sees the rim of a picture held up, wherever it ends and however it leans', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 110 }),
      fc.integer({ min: 210, max: 305 }),
      fc.integer({ min: 10, max: 60 }),
      fc.integer({ min: 165, max: 230 }),
      fc.integer({ min: -25, max: 25 }),
      fc.constantFrom(-60, -25, 25, 60),
      (left, right, top, bottom, lean, contrast) => {
        expect(isFramed(sheet(left, right, top, bottom, lean, contrast), face)).toBe(true)
      },
    ),
    { numRuns: 40 },
  )
})

test('a door, window or poster behind a person is no frame: the body covers its lower edge', () => {
  const door = room((x, y) => {
    const body = y > 158 + ((x - 160) / 12) ** 2 / 1.5 && x > 60 && x < 260
    if (body) return 60
    return x > 80 && x < 240 && y > 20 && y < 225 ? 180 : null
  })
  expect(isFramed(door, face)).toBe(false)
})

test('a plain wall, and a table edge in front, are no frame', () => {
  expect(
    isFramed(
      room(() => null),
      face,
    ),
  ).toBe(false)
  expect(
    isFramed(
      room((_, y) => (y > 200 ? 40 : null)),
      face,
    ),
  ).toBe(false)
})

test('the rim of the picture itself is no frame: most uploads would be refused', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 12, maxLength: 12 }), (blocks) => {
      const noisy = room((x, y) => blocks[Math.floor(x / 80) + 4 * Math.floor(y / 80)] ?? 0)
      expect(typeof isFramed(noisy, { left: 0, right: 319, top: 0, bottom: 239 })).toBe('boolean')
      expect(isFramed(noisy, { left: 0, right: 319, top: 0, bottom: 239 })).toBe(false)
    }),
    { numRuns: 20 },
  )
})
