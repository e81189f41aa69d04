import fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { BadFrames } from './bad-frames.ts'
import type { Action, FaceEvidence, Frame } from './evidence.ts'
import { nearest } from './follow-head.ts'
import { readModelSet } from './model-set.ts'
import { openModels } from './open-models.ts'
import { createFrameReader } from './read-frames.ts'
import { decodeJpeg } from './stages/decode.ts'
import { similarity } from './stages/embed.ts'
import { createStages, type Stages } from './stages/stages.ts'
import { clipUpload, hasSharedData, MODELS_DIR, plainUpload, samplePhoto, stillUpload } from './testing/material.ts'

type Face = Extract<FaceEvidence, { kind: 'face' }>

let stages: Stages
beforeAll(async () => {
  stages = createStages(await openModels(MODELS_DIR, await readModelSet(MODELS_DIR)))
})

const free = { kind: 'free' } as const
const read = (frames: Frame[], actions: Action[] = ['blink', 'turn-left']) =>
  createFrameReader(stages)({ frames, actions, timing: free, flash: { kind: 'none' }, purpose: 'check-in' })

async function readFace(frames: Frame[], actions: Action[]): Promise<Face> {
  const evidence = await read(frames, actions)
  if (evidence.kind !== 'face') throw new Error(`expected a face, got ${JSON.stringify(evidence)}`)
  return evidence
}

describe('frames without a face', () => {
  test.each(['black', 'white', 'noise'] as const)('%s frames are refused as no face', async (paint) => {
    expect(await read(await plainUpload(paint))).toMatchObject({ kind: 'unusable', because: 'no-face' })
  })
})

describe('photos that a package ships', () => {
  const crop = (left: number, top: number, width: number, height: number, photo: 1 | 2 | 3 | 4 | 5 | 6) =>
    sharp(samplePhoto(photo)).extract({ left, top, width, height }).toBuffer()

  test('a still of one person is read as somebody who did nothing, and the face is not looked at', async () => {
    const still = await stillUpload(await crop(...(await onePerson(5))))
    expect(await read(still, ['blink', 'turn-left'])).toMatchObject({ kind: 'unfinished', missing: 'turn-left' })
    expect(await read(still, ['blink'])).toMatchObject({ kind: 'unfinished', missing: 'blink' })
  })

  test('two people side by side are refused as several faces', async () => {
    const one = await sharp(await crop(...(await onePerson(5))))
      .resize(160, 240, { fit: 'cover' })
      .toBuffer()
    const two = await sharp(await crop(...(await onePerson(3))))
      .resize(160, 240, { fit: 'cover' })
      .toBuffer()
    const both = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#777' } })
      .composite([
        { input: one, left: 0, top: 0 },
        { input: two, left: 160, top: 0 },
      ])
      .jpeg()
      .toBuffer()
    expect(await read(await stillUpload(both))).toMatchObject({ kind: 'unusable', because: 'several-faces' })
  })

  test('the same picture made dark, glaring or blurred is refused for what helps', async () => {
    const photo = await crop(...(await onePerson(5)))
    const because = async (change: (picture: Sharp) => Sharp) => {
      const evidence = await read(await stillUpload(await change(sharp(photo)).toBuffer()))
      return evidence.kind === 'unusable' ? evidence.because : evidence.kind
    }
    expect(await because((picture) => picture.linear(0.12, 0))).toBe('too-dark')
    expect(await because((picture) => picture.linear(5, 130))).toBe('too-bright')
    expect(await because((picture) => picture.resize(320, 240, { fit: 'cover', position: 'top' }).blur(5))).toBe(
      'blurred',
    )
  })

  test.each(['#1c1c20', '#86b6d8', '#eeeeec'])('mouth and nose behind %s cloth are told as covered', async (cloth) => {
    const portrait = sharp(samplePhoto(6)).extract({ left: 454, top: 242, width: 619, height: 464 })
    const photo = await portrait.resize(320, 240).jpeg().toBuffer()
    const evidence = async (picture: Uint8Array) => read(await stillUpload(picture), [])
    expect(await evidence(photo)).toMatchObject({ kind: 'face' })
    expect(await evidence(await masked(photo, cloth))).toMatchObject({ kind: 'unusable', because: 'covered' })
  })

  /** The photo with a cloth from the bridge of the nose to under the chin. */
  async function masked(photo: Uint8Array, cloth: string): Promise<Buffer> {
    const picture = await decodeJpeg(photo, 0)
    const box = nearest(await stages.detect(picture))
    const points = box ? await stages.placeLandmarks(picture, box) : []
    const outline = [...points.slice(2, 15), ...points.slice(29, 30)].map(({ x, y }) => `${x},${y}`).join(' ')
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><polygon points="${outline}" fill="${cloth}"/></svg>`
    return sharp(photo)
      .composite([{ input: Buffer.from(svg) }])
      .jpeg()
      .toBuffer()
  }

  /** Head and shoulders of the largest face of a sample, as a camera would frame them. */
  async function onePerson(photo: 3 | 5): Promise<[number, number, number, number, 3 | 5]> {
    const { data, info } = await sharp(samplePhoto(photo)).raw().toBuffer({ resolveWithObject: true })
    const [box] = (await stages.detect({ width: info.width, height: info.height, rgb: data })).toSorted(
      (a, b) => b.height - a.height,
    )
    if (!box) throw new Error(`no face in sample ${photo}`)
    const side = Math.min(box.height * 1.7, info.width, info.height)
    const left = Math.max(0, Math.min(info.width - side, box.x + box.width / 2 - side / 2))
    const top = Math.max(0, Math.min(info.height - side, box.y - box.height * 0.25))
    return [Math.round(left), Math.round(top), Math.floor(side - 1), Math.floor(side - 1), photo]
  }
})

describe.runIf(hasSharedData)('clips of real people, at the size and quality of an upload', () => {
  test('a person who does what was asked is seen doing it, solid and the same throughout', async () => {
    const face = await readFace(await clipUpload('clips/p3-blink-left-right.mjpeg'), [
      'blink',
      'turn-left',
      'turn-right',
    ])
    expect(face.actions.map((each) => each.seen)).toEqual([true, true, true])
    expect(face.genuine).toBeGreaterThan(0.9)
    expect(face.sameFace).toBeGreaterThan(0.5)
    expect(face.solidHead.kind === 'measured' && face.solidHead.residual).toBeGreaterThan(0.12)
    expect(face.injection).toEqual([])
    expect(face.goodFrames).toBeGreaterThanOrEqual(3)
    expect(face.frameHashes.every((hash) => /^[0-9a-f]{32}$/.test(hash))).toBe(true)
  })

  test('a blink that lasts one frame, between two that are read in any case, is still seen', async () => {
    const frames = (await clipUpload('clips/p3-blink-left-right.mjpeg')).filter((frame) => frame.kind === 'small')
    const kept = await mostShut(frames.slice(0, 40))
    const open = frames[kept - 8]?.jpeg ?? new Uint8Array()
    const brief = frames.map((frame, i) => (i !== kept && Math.abs(i - kept) <= 8 ? { ...frame, jpeg: open } : frame))
    // At 15 a second every second frame is read, from the first on: one frame less moves the blink to the other half.
    for (const start of [0, 1])
      expect(await read(brief.slice(start), ['blink', 'turn-left'])).toMatchObject({ kind: 'face' })
    const without = brief.map((frame, i) => (i === kept ? { ...frame, jpeg: open } : frame))
    expect(await read(without, ['blink', 'turn-left'])).toMatchObject({ kind: 'unfinished', missing: 'blink' })
  })

  test('the same actions in another order are not what was asked', async () => {
    const frames = await clipUpload('clips/p3-turns.mjpeg')
    expect(await read(frames, ['turn-right', 'turn-left'])).toMatchObject({ kind: 'unfinished', missing: 'turn-left' })
  })

  test('a print tilted before the camera turns nothing', async () => {
    const frames = await clipUpload('attacks/sim-p1-print-tilted.mjpeg')
    expect(await read(frames, ['turn-left', 'turn-right'])).toMatchObject({ kind: 'unfinished', missing: 'turn-left' })
  })

  test('a replay of a real turn is solid, but the rim of the screen gives it away', async () => {
    const face = await readFace(await clipUpload('attacks/sim-p1-replay.mjpeg'), ['turn-left', 'turn-right'])
    expect(face.actions.map((each) => each.seen)).toEqual([true, true])
    expect(face.genuine).toBeLessThan(0.1)
  })

  test('a photo animated by software does everything on a body that stands still', async () => {
    const face = await readFace(await clipUpload('puppets/sample6_f0.mjpeg'), ['blink', 'turn-left', 'turn-right'])
    expect(face.injection).toContain('software-animated')
  })

  test('another person who takes over in the middle is another face; probes tell people apart', async () => {
    const first = (await clipUpload('clips/p3-blink-left-right.mjpeg')).slice(0, 60)
    const last = first.at(-1)?.atMs ?? 0
    const second = (await clipUpload('clips/p1-turns.mjpeg')).slice(10).map((f) => ({ ...f, atMs: f.atMs + last }))
    const swapped = await readFace([...first, ...second], ['blink', 'turn-left'])
    expect(swapped.sameFace).toBeLessThan(0.25)
    const p1 = await readFace(await clipUpload('clips/p1-turns.mjpeg'), ['turn-left', 'turn-right'])
    const p3 = await readFace(await clipUpload('clips/p3-turns.mjpeg'), ['turn-left', 'turn-right'])
    expect(similarity(p1.probe, p3.probe)).toBeLessThan(0.2)
  })
})

/** The frame, by index, in which both eyes are shut most. */
async function mostShut(frames: readonly Frame[]): Promise<number> {
  const shut: number[] = []
  for (const [i, { jpeg }] of frames.entries()) {
    const picture = await decodeJpeg(jpeg, i)
    const [box] = await stages.detect(picture)
    const eyes = box && (await stages.readEyes(picture, await stages.placeLandmarks(picture, box)))
    shut.push(eyes ? Math.min(eyes.left, eyes.right) : 0)
  }
  return shut.indexOf(Math.max(...shut))
}

describe('hostile frames', () => {
  test('mutated pictures are refused by name or read, and nothing breaks', async () => {
    const frames = await stillUpload(await sharp(samplePhoto(5)).resize(640).toBuffer(), 15)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 14 }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 12,
        }),
        async (changes) => {
          const mutated = frames.map((frame) => ({ ...frame, jpeg: Uint8Array.from(frame.jpeg) }))
          for (const [i, place, value] of changes) {
            const jpeg = mutated[i]?.jpeg
            if (jpeg) jpeg[Math.floor(place * jpeg.length)] = value
          }
          // Where nothing is asked every network looks at what is left of the face.
          const outcome = await read(mutated, []).catch((error: unknown) => error)
          expect(outcome instanceof BadFrames || (outcome as FaceEvidence).kind !== undefined).toBe(true)
        },
      ),
      { numRuns: 12 },
    )
  })
})
