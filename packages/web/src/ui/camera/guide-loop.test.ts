import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Picture } from './camera-frames.ts'
import type { FaceGuide, FaceReading } from './face-reading.ts'
import { createGuideLoop } from './guide-loop.ts'

const READING = { main: null } as FaceReading

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A guide that takes `readMs` a picture, on a phone whose frames come every `frameMs` meanwhile, else every 67 ms. */
function open({ readMs, frameMs }: { readMs: () => number; frameMs: () => number }) {
  const readsAtMs: number[] = []
  let isBusy = false
  const guide: FaceGuide = {
    isBusy: () => isBusy,
    async read() {
      readsAtMs.push(performance.now())
      isBusy = true
      await new Promise((resolve) => setTimeout(resolve, readMs()))
      isBusy = false
      return READING
    },
    close() {},
  }
  const onReading = vi.fn()
  const loop = createGuideLoop(guide, onReading)
  const run = async (forMs: number) => {
    const endMs = performance.now() + forMs
    while (performance.now() < endMs) {
      loop.offer({ nowMs: performance.now(), take: async () => ({ close() {} }) as Picture })
      await vi.advanceTimersByTimeAsync(isBusy ? frameMs() : 67)
    }
  }
  return { loop, run, readsAtMs, onReading }
}

const gaps = (times: readonly number[]) => times.slice(1).map((time, i) => time - (times[i] ?? 0))

describe('a guide that nobody waits for', () => {
  test('reads one picture after the other while frames come on time', async () => {
    const { loop, run, readsAtMs, onReading } = open({ readMs: () => 200, frameMs: () => 67 })
    await run(10_000)
    expect(readsAtMs.length).toBeGreaterThan(30)
    expect(onReading.mock.calls.length).toBeGreaterThan(30)
    expect(loop.isGuiding()).toBe(true)
  })

  test('rests longer each time that frames came late while it worked, and is led by no more', async () => {
    const { loop, run, readsAtMs } = open({ readMs: () => 600, frameMs: () => 150 })
    await run(2_000)
    expect(loop.isGuiding()).toBe(true)
    await run(28_000)
    const rests = gaps(readsAtMs)
    expect(rests[1]).toBeGreaterThan(1.5 * (rests[0] ?? 0))
    expect(rests[2]).toBeGreaterThan(1.5 * (rests[1] ?? 0))
    expect(Math.max(...rests)).toBeGreaterThan(8_000)
    expect(loop.isGuiding()).toBe(false)
  })

  test('is out of the way for a whole action after one picture that took a second', async () => {
    const { loop, run, readsAtMs } = open({ readMs: () => 1_500, frameMs: () => 800 })
    await run(9_000)
    expect(readsAtMs).toHaveLength(1)
    expect(loop.isGuiding()).toBe(false)
  })

  test('leads again once frames come on time', async () => {
    let isBusy = true
    const { loop, run } = open({ readMs: () => (isBusy ? 1_500 : 200), frameMs: () => (isBusy ? 800 : 67) })
    await run(3_000)
    isBusy = false
    await run(8_000)
    expect(loop.isGuiding()).toBe(true)
  })

  test('is let go when it breaks', async () => {
    const { loop, run, readsAtMs } = open({
      readMs: () => {
        throw new Error('no shader')
      },
      frameMs: () => 67,
    })
    await run(1_000)
    expect(readsAtMs).toHaveLength(1)
    expect(loop.isGuiding()).toBe(false)
  })
})
