import { expect, test } from 'vitest'
import { differenceHash } from './frame-hash.ts'
import { createLumaDecoder, decodeQuickly } from './stages/decode.ts'
import { portraitRecording } from './testing/material.ts'

test('the hash follows the picture', () => {
  const picture = (turn: number) => ({
    width: 32,
    height: 24,
    rgb: Uint8Array.from({ length: 32 * 24 * 3 }, (_, i) => 128 + 90 * Math.sin((i / 3 + turn) / 5)),
  })
  expect(differenceHash(picture(0))).toMatch(/^[0-9a-f]{32}$/)
  expect(differenceHash(picture(0))).toBe(differenceHash(picture(0)))
  expect(differenceHash(picture(0))).not.toBe(differenceHash(picture(9)))
})

test('a frame of which only the luma was decoded has the hash of the whole, to a bit or two', async () => {
  const decodeLuma = createLumaDecoder()
  for (const [i, { jpeg }] of (await portraitRecording(12)).entries()) {
    const luma = await decodeLuma(jpeg, i)
    expect('luma' in luma).toBe(true)
    expect(bitsApart(differenceHash(luma), differenceHash(await decodeQuickly(jpeg, i)))).toBeLessThanOrEqual(2)
  }
})

function bitsApart(a: string, b: string): number {
  return [...(BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2)].filter((bit) => bit === '1').length
}
