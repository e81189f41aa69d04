import { beforeAll, describe, expect, test } from 'vitest'
import { BadFrames } from './bad-frames.ts'
import type { Frame } from './evidence.ts'
import { checkFrames, FRAME_LIMITS } from './frame-limits.ts'
import { hugeJpeg, plainUpload } from './testing/material.ts'

let good: Frame[]
beforeAll(async () => {
  good = await plainUpload('black', FRAME_LIMITS.maxSmallFrames)
})

function refusal(frames: Frame[]): { code: string; frame: number | null } | null {
  try {
    checkFrames(frames)
    return null
  } catch (error) {
    if (error instanceof BadFrames) return { code: error.code, frame: error.frame }
    throw error
  }
}

const changed = (i: number, change: Partial<Frame>): Frame[] =>
  good.slice(0, 20).map((frame, k) => (k === i ? { ...frame, ...change } : frame))

describe('an upload is refused before a pixel is decoded', () => {
  test('as many frames as allowed pass, one more does not', () => {
    expect(refusal(good.slice(0, 100))).toBeNull()
    const last = good.at(-1) as Frame
    expect(refusal([...good, { ...last, atMs: last.atMs + 66 }])).toEqual({ code: 'too-many-frames', frame: null })
    expect(refusal(good.slice(0, FRAME_LIMITS.minSmallFrames - 1))).toEqual({ code: 'too-few-frames', frame: null })
    expect(refusal([])).toEqual({ code: 'too-few-frames', frame: null })
  })

  test('frames out of order, at the same time, or at no time', () => {
    for (const atMs of [0, good[4]?.atMs ?? 0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(refusal(changed(5, { atMs }))).toMatchObject({ code: 'frames-out-of-order' })
  })

  test('what is not a JPEG, stops early, or is too large, each under its own name and with its place', () => {
    const jpeg = good[0]?.jpeg ?? new Uint8Array()
    expect(refusal(changed(3, { jpeg: new TextEncoder().encode('no picture at all') }))).toEqual({
      code: 'not-an-image',
      frame: 3,
    })
    expect(refusal(changed(4, { jpeg: jpeg.subarray(0, jpeg.length / 2) }))).toEqual({
      code: 'truncated-image',
      frame: 4,
    })
    expect(refusal(changed(5, { jpeg: hugeJpeg() }))).toEqual({ code: 'image-too-large', frame: 5 })
    const padded = new Uint8Array(FRAME_LIMITS.maxSmallBytes + 1)
    padded.set(jpeg)
    padded.set([0xff, 0xd9], padded.length - 2)
    expect(refusal(changed(6, { jpeg: padded }))).toEqual({ code: 'image-too-large', frame: 6 })
  })
})
