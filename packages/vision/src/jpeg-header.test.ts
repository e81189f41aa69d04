import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readJpegHeader } from './jpeg-header.ts'
import { hugeJpeg } from './testing/material.ts'

test('reads the size that the decoder would', async () => {
  for (const progressive of [false, true]) {
    const jpeg = await sharp({ create: { width: 321, height: 123, channels: 3, background: '#345' } })
      .jpeg({ progressive })
      .toBuffer()
    expect(readJpegHeader(jpeg)).toEqual({ kind: 'jpeg', width: 321, height: 123 })
  }
})

test('reads the size of a 100-megapixel picture without decoding it', () => {
  expect(readJpegHeader(hugeJpeg())).toEqual({ kind: 'jpeg', width: 10_000, height: 10_000 })
})

test('a picture that stops early is cut off, anything else is no picture', async () => {
  const jpeg = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#543' } })
    .jpeg()
    .toBuffer()
  for (let length = 4; length < jpeg.length - 2; length += 7)
    expect(readJpegHeader(jpeg.subarray(0, length)).kind).not.toBe('jpeg')
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#543' } })
    .png()
    .toBuffer()
  expect(readJpegHeader(png).kind).toBe('not-jpeg')
})

test('a picture without colour, or for print, is not a camera frame', async () => {
  const picture = sharp({ create: { width: 320, height: 240, channels: 3, background: '#543' } })
  for (const space of ['b-w', 'cmyk'])
    expect(readJpegHeader(await picture.clone().toColourspace(space).jpeg().toBuffer()).kind).toBe('not-jpeg')
})

test('answers for any bytes whatever', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, started) => {
      const input = started ? Uint8Array.of(0xff, 0xd8, ...bytes) : bytes
      expect(['jpeg', 'not-jpeg', 'cut-off']).toContain(readJpegHeader(input).kind)
    }),
    { numRuns: 500 },
  )
})
