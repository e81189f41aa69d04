import { expect, test } from 'vitest'
import type { Grey } from './picture.ts'
import { edgeTravel } from './stillness.ts'

/** A striped shirt that moves by `sway` pixels over the pictures. */
function shirt(sway: number, contrast = 60): Grey[] {
  return Array.from({ length: 16 }, (_, k) => {
    const shift = sway * Math.sin(k)
    const luma = new Float32Array(96 * 96)
    for (let y = 0; y < 96; y++)
      for (let x = 0; x < 96; x++)
        luma[y * 96 + x] = 120 + contrast * Math.sin((x + shift) / 4) + ((x * 31 + y * 17 + k * 7) % 3)
    return { width: 96, height: 96, luma }
  })
}

test('reads how far edges travel, whatever their contrast', () => {
  for (const contrast of [30, 60, 100]) {
    const travel = edgeTravel(shirt(1.5, contrast)) ?? 0
    expect(travel).toBeGreaterThan(0.8)
    expect(travel).toBeLessThan(2)
  }
  expect(edgeTravel(shirt(0))).toBeLessThan(0.2)
})

test('says nothing of a plain cloth or of too few pictures', () => {
  expect(edgeTravel(shirt(2, 0))).toBeNull()
  expect(edgeTravel(shirt(2).slice(0, 4))).toBeNull()
})
