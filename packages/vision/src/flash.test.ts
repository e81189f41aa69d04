import { beforeAll, describe, expect, test } from 'vitest'
import { chooseFrames } from './choose-frames.ts'
import type { Frame } from './evidence.ts'
import { readFlash } from './flash.ts'
import { followHead, nearest } from './follow-head.ts'
import { readModelSet } from './model-set.ts'
import { openModels } from './open-models.ts'
import { createFrameReader } from './read-frames.ts'
import { decodeJpeg } from './stages/decode.ts'
import { createStages, type Stages } from './stages/stages.ts'
import { flashOf, litFrames } from './testing/lit-frames.ts'
import { clipUpload, hasSharedData, MODELS_DIR, portraitRecording } from './testing/material.ts'

let stages: Stages
beforeAll(async () => {
  stages = createStages(await openModels(MODELS_DIR, await readModelSet(MODELS_DIR)))
})

const ASKED = flashOf(['blue', 'amber', 'pink', 'green', 'amber'])
const OTHER = flashOf(['pink', 'green', 'amber', 'blue', 'pink'])

/** What a recording says of the colours asked for, when it was made under these. */
async function readUnder(recording: readonly Frame[], shone: typeof ASKED, strength: number) {
  const frames = recording.filter(({ kind, atMs }) => kind === 'small' && atMs <= ASKED.endedAtMs + 100)
  const head = nearest(await stages.detect(await decodeJpeg(frames[0]?.jpeg ?? new Uint8Array(), 0)))
  if (!head) throw new Error('no face in the recording')
  const lit = await litFrames(frames, shone, { strength, head })
  const course = await followHead(stages, lit, {
    chosen: chooseFrames(lit, 'sparse'),
    maxMissing: 1,
  })
  return readFlash(lit, course, ASKED)
}

describe('a portrait, lit by a drawn screen', () => {
  let portrait: Frame[]
  beforeAll(async () => {
    portrait = await portraitRecording(65)
  })

  test('answers the colours it was lit by, and no others', async () => {
    const own = await readUnder(portrait, ASKED, 0.4)
    expect(own).toMatchObject({ kind: 'seen', inOrder: true })
    expect(own.kind === 'seen' && own.agreement).toBeGreaterThan(0.9)
    expect(await readUnder(portrait, OTHER, 0.4)).toMatchObject({ kind: 'seen', inOrder: false })
  })

  test('says nothing in bright light, and nothing without any', async () => {
    expect(await readUnder(portrait, ASKED, 0.02)).toEqual({ kind: 'unseen' })
    expect(await readUnder(portrait, ASKED, 0)).toEqual({ kind: 'unseen' })
  })

  test('is read with the rest of an upload, of the small frames it is read from in any case', async () => {
    const head = nearest(await stages.detect(await decodeJpeg(portrait[0]?.jpeg ?? new Uint8Array(), 0)))
    const frames = await litFrames(portrait, ASKED, {
      strength: 0.4,
      head: head ?? { x: 0, y: 0, width: 0, height: 0 },
    })
    const request = { frames, actions: [], timing: { kind: 'free' }, flash: ASKED, purpose: 'check-in' } as const
    const evidence = await createFrameReader(stages)({ ...request, actions: [] })
    expect(evidence).toMatchObject({ kind: 'face', flash: { kind: 'seen', inOrder: true } })
    const plain = await createFrameReader(stages)({ ...request, actions: [], flash: { kind: 'none' } })
    expect(plain).toMatchObject({ kind: 'face', flash: { kind: 'not-asked' } })
  })

  test('is asked nothing where no colours were shown', async () => {
    const course = { moments: [], pictures: [], missing: 1, company: 0 }
    expect(await readFlash(portrait, course, { kind: 'none' })).toEqual({ kind: 'not-asked' })
  })

  test('says nothing when no face was followed', async () => {
    const course = { moments: [], pictures: [], missing: 1, company: 0 }
    expect(await readFlash(portrait, course, ASKED)).toEqual({ kind: 'unseen' })
  })
})

describe.runIf(hasSharedData)('clips of real people, lit by a drawn screen', () => {
  test.each(['clips/p1-still.mjpeg', 'clips/p3-still.mjpeg'])('%s answers in order', async (clip) => {
    const own = await readUnder(await clipUpload(clip), ASKED, 0.3)
    expect(own).toMatchObject({ kind: 'seen', inOrder: true })
    expect(own.kind === 'seen' && own.agreement).toBeGreaterThan(0.85)
  })

  test.each(['clips/p1-still.mjpeg', 'clips/p1-turns.mjpeg', 'puppets/sample6_f0.mjpeg'])(
    '%s, filmed without a screen, answers nothing, however the head moves',
    async (clip) => {
      expect(await readUnder(await clipUpload(clip), ASKED, 0)).toEqual({ kind: 'unseen' })
    },
  )
})
