import { describe, expect, it } from 'vitest'
import type { FaceReading } from './face-reading.ts'
import { relativeSize } from './frame-budget.ts'
import { createPacing } from './frame-pacing.ts'
import { createFrameRecorder } from './frame-recorder.ts'
import { advance, startSequence } from './sequence.ts'

const STILL: FaceReading = {
  faces: 1,
  main: {
    box: { left: 0.3, top: 0.25, width: 0.4, height: 0.5 },
    yawDegrees: 0,
    pitchDegrees: 0,
    eyeOpenness: 0.3,
    mouthOpenness: 0,
    mouthWidth: 0.8,
  },
}

/** A camera of 30 frames a second in front of somebody who does nothing of what is asked, with or without a guide. */
function record(actions: Parameters<typeof startSequence>[0], isGuided: boolean, smallBytes: number) {
  const recorder = createFrameRecorder(actions.length)
  const isDue = createPacing()
  let sequence = startSequence(actions, null)
  for (let atMs = 0; sequence.phase.kind !== 'finished'; atMs += 1000 / 30) {
    sequence = advance(sequence, {
      atMs,
      reading: isGuided && Math.round(atMs / 33.3) % 8 === 0 ? STILL : null,
      isGuided,
    })
    const plan = recorder.plan(sequence, atMs, isGuided)
    if (!isDue(atMs, plan.framesPerSecond)) continue
    recorder.taken(plan.kind, atMs)
    const bytes = plan.kind === 'full' ? 30_000 : Math.round(smallBytes * relativeSize(plan.quality))
    recorder.add({ kind: plan.kind, atMs, part: plan.part, jpeg: new Blob([new Uint8Array(bytes)]) }, plan.quality)
  }
  return recorder.pack({ prompts: sequence.prompts, flash: null, cameraLabel: 'camera' })
}

describe('what is recorded of the longest sequence', () => {
  it.each([
    ['two actions, a guide', 2, true, 7_500],
    ['two actions, no guide', 2, false, 7_500],
    ['three actions, a noisy camera', 3, true, 9_000],
    ['five actions, no guide', 5, false, 7_500],
  ] as const)('%s: it fits, at 15 frames a second, with six to eight full frames', (_, count, isGuided, smallBytes) => {
    const { bundle, file } = record(
      (['blink', 'turn-left', 'smile', 'look-up', 'turn-right'] as const).slice(0, count),
      isGuided,
      smallBytes,
    )
    expect(file.size).toBeLessThanOrEqual(1_572_864 - 40_000)
    const fulls = bundle.frames.filter((frame) => frame.kind === 'full')
    expect(fulls.length).toBeGreaterThanOrEqual(5)
    expect(fulls.length).toBeLessThanOrEqual(8)
    const first = bundle.prompts[0]?.shownAtMs ?? 0
    expect(fulls.filter((frame) => frame.atMs < first).length).toBeGreaterThanOrEqual(3)
    const asked = bundle.frames.filter((frame) => frame.atMs >= first && frame.atMs < first + 4_000)
    expect(asked.length).toBeGreaterThanOrEqual(count < 5 ? 58 : 50)
  })
})
