import { FrameBundle } from '@app/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CapturedFrame, type FrameMeta, packFrames, selectFrames } from './frame-selection.ts'

const metas = fc.array(
  fc.record({
    kind: fc.constantFrom('small' as const, 'small' as const, 'full' as const),
    atMs: fc.double({ min: 0, max: 40_000, noNaN: true }),
    part: fc.constantFrom('position' as const, 'action' as const, 'return' as const),
    bytes: fc.integer({ min: 1, max: 60_000 }),
  }),
  { maxLength: 500 },
)
const total = (frames: readonly FrameMeta[]) => frames.reduce((sum, frame) => sum + frame.bytes, 0)

describe('the frames that are sent', () => {
  it('are in order, at different times, and never more than fits', () => {
    fc.assert(
      fc.property(metas, fc.integer({ min: 60_000, max: 2_000_000 }), (frames, limit) => {
        const selected = selectFrames(frames, limit)
        expect(total(selected)).toBeLessThanOrEqual(limit)
        expect(selected.filter((frame) => frame.kind === 'small').length).toBeLessThanOrEqual(310)
        for (const [i, frame] of selected.entries())
          if (i > 0) expect(frame.atMs).toBeGreaterThan(selected[i - 1]?.atMs ?? 0)
      }),
    )
  })

  it('keep every frame of an action while those alone fit', () => {
    fc.assert(
      fc.property(metas, fc.integer({ min: 60_000, max: 2_000_000 }), (frames, limit) => {
        const times = new Set<number>()
        const actions = frames.filter((frame) => {
          const at = Math.round(frame.atMs * 10)
          if (times.has(at)) return false
          times.add(at)
          return frame.part === 'action'
        })
        const fulls = frames.filter((frame) => frame.kind === 'full').sort((a, b) => a.atMs - b.atMs)
        const needed = [...actions.filter((frame) => frame.kind === 'small'), ...fulls]
        fc.pre(times.size === frames.length && total(needed) <= limit && actions.length <= 310)
        const selected = new Set(selectFrames(frames, limit).map((frame) => Math.round(frame.atMs * 10)))
        for (const frame of actions.filter((each) => each.kind === 'small'))
          expect(selected.has(Math.round(frame.atMs * 10))).toBe(true)
      }),
    )
  })

  it('leave out the wait before the first instruction, but for its end', () => {
    const wait = Array.from(
      { length: 60 },
      (_, i) => ({ kind: 'small', atMs: i * 100, part: 'position', bytes: 10 }) as const,
    )
    const selected = selectFrames(wait, 1_000_000)
    expect(selected[0]?.atMs).toBe(4_300)
    expect(selected.at(-1)?.atMs).toBe(5_900)
  })

  it('are packed back to back, as the bundle says', async () => {
    const frame = (atMs: number, text: string): CapturedFrame => ({
      kind: 'small',
      atMs,
      part: 'action',
      jpeg: new Blob([text]),
    })
    const { bundle, file } = packFrames([frame(200.04, 'second'), frame(100, 'first')], {
      prompts: [
        { action: 'blink', shownAtMs: 50.123 },
        { action: 'smile', shownAtMs: 150 },
      ],
      flash: { shownAtMs: [100.04, 800.26], endedAtMs: 1500.5 },
      cameraLabel: 'x'.repeat(500),
      limitBytes: 1_000,
    })
    expect(FrameBundle.parse(bundle).frames).toEqual([
      { kind: 'small', atMs: 100, bytes: 5 },
      { kind: 'small', atMs: 200, bytes: 6 },
    ])
    expect(bundle.flash).toEqual({ shownAtMs: [100, 800.3], endedAtMs: 1500.5 })
    expect(bundle.prompts[0]).toEqual({ action: 'blink', shownAtMs: 50.1 })
    expect(await file.text()).toBe('firstsecond')
  })
})
