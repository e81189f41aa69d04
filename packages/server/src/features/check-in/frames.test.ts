import { submitCheckIn } from '@app/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type BadFramesProblem, VisionProblem } from '../../platform/vision.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCheckInChallenge, anUpload, promptsFor, readShownFaces, sendCheckIn } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom, recordsOf, tileOf } from '../../testing/builders-room.ts'

let readFrames = readShownFaces
let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: (request) => readFrames(request) })
})
afterEach(() => {
  readFrames = readShownFaces
})
afterAll(() => test.close())

describe('frames', () => {
  it.each<[string, number, BadFramesProblem, number | null]>([
    ['frames-unreadable', 422, 'not-an-image', 2],
    ['frames-unreadable', 422, 'truncated-image', 4],
    ['too-large', 413, 'image-too-large', 0],
    ['frames-out-of-order', 422, 'frames-out-of-order', 7],
    ['frames-too-many', 422, 'too-many-frames', null],
    ['frames-too-few', 422, 'too-few-frames', null],
  ])('are answered %s (%i) when the reader says %s', async (code, status, problem, frame) => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    readFrames = async () => {
      throw new VisionProblem(problem, frame)
    }
    const reply = await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))
    expect([reply.error, reply.status]).toEqual([code, status])
    expect(reply.raw.json().error.frame).toBe(frame ?? undefined)
    readFrames = readShownFaces
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('challenge-spent')
    expect((await tileOf(test, room, room.alice)).refusals).toBeNull()
  })

  it('whose declared lengths are not exactly those of the file are unreadable', async () => {
    const room = await aRoom(test)
    for (const lengths of [[5], [1, 1, 1], [1000], [1_500_000, 1_500_000, 1_500_000]]) {
      const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
      const upload = anUpload(aliceIn(room), { lengths })
      expect((await sendCheckIn(test, room.alice, challenge.id, upload)).error).toBe('frames-unreadable')
    }
    expect(await recordsOf(test, room)).toEqual([])
  })

  it('from a camera whose name no database takes are refused before the challenge is spent', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const odd = anUpload(aliceIn(room), { more: { cameraLabel: 'Front\u0000camera' } })
    const reply = await sendCheckIn(test, room.alice, challenge.id, odd)
    expect([reply.status, reply.raw.json().error.fields[0].path]).toEqual([400, 'body.bundle.cameraLabel'])
    const next = await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))
    expect(next.body.outcome).toBe('accepted')
  })

  it('from a time that has not come were not taken by a camera', async () => {
    const room = await aRoom(test)
    const later = (challengeId: string) => {
      const { bundle, file } = anUpload(aliceIn(room))
      const said = JSON.parse(bundle)
      said.frames[2].atMs = 9_000
      return sendCheckIn(test, room.alice, challengeId, { bundle: JSON.stringify(said), file })
    }
    const first = await aCheckInChallenge(test, room.alice, room.sessionId)
    expect((await later(first.id)).body).toMatchObject({ outcome: 'refused', because: 'not-confirmed' })
    expect((await tileOf(test, room, room.alice)).refusals?.lastBecause).toBe('injection-suspected')
    const second = await aCheckInChallenge(test, room.alice, room.sessionId)
    test.clock.advance(9_000)
    expect((await later(second.id)).body.outcome).toBe('accepted')
  })

  it('that lie about where one ends and the next begins are unreadable', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const { bundle, file } = anUpload(aliceIn(room))
    const said = JSON.parse(bundle)
    said.frames[0].bytes -= 1
    said.frames[1].bytes += 1
    const reply = await sendCheckIn(test, room.alice, challenge.id, { bundle: JSON.stringify(said), file })
    expect(reply.raw.json().error).toMatchObject({ code: 'frames-unreadable', frame: 1 })
  })

  it('that are no picture at all are unreadable, whatever they are called', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const file = Buffer.from('<svg>')
    const bundle = JSON.stringify({ frames: [{ kind: 'full', atMs: 0, bytes: 5 }], cameraLabel: '' })
    const reply = await sendCheckIn(test, room.alice, challenge.id, { bundle, file })
    expect(reply.raw.json().error).toMatchObject({ code: 'frames-unreadable', frame: 0 })
  })

  it('with a form that is no bundle are bad input and leave the challenge as it was', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const { file } = anUpload(aliceIn(room))
    for (const bundle of ['', 'not json', '{}', '{"frames":[]}', '[]', 'null'])
      expect((await sendCheckIn(test, room.alice, challenge.id, { bundle, file })).error).toBe('bad-input')
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).status).toBe(200)
  })

  it('are limited in size before they are parsed', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const { bundle } = anUpload(aliceIn(room))
    const file = Buffer.alloc(1_572_865, 0xff)
    expect((await sendCheckIn(test, room.alice, challenge.id, { bundle, file })).error).toBe('too-large')
  })

  it('may come again when every reader is busy, and still count once', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    readFrames = async () => {
      throw new VisionProblem('busy', null)
    }
    const busy = await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))
    expect([busy.error, busy.status]).toEqual(['vision-busy', 503])
    expect(busy.raw.json().error.retryAfterSeconds).toBeGreaterThan(0)
    expect(busy.raw.headers['retry-after']).toBeDefined()
    readFrames = readShownFaces
    const again = await Promise.all(
      [1, 2, 3].map(() => sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))),
    )
    expect(again.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('that break the reader mark nobody', async () => {
    const room = await aRoom(test)
    for (const broken of [new Error('worker died'), new VisionProblem('down', null)]) {
      const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
      readFrames = async () => {
        throw broken
      }
      const reply = await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))
      expect([reply.error, reply.status]).toEqual(['vision-down', 503])
    }
    expect(await recordsOf(test, room)).toEqual([])
  })

  it('are read for the challenge’s actions, not for what the page says was seen', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const said = { blink_ok: true, actions: ['blink'], similarity: 1, verdict: 'accepted', status: 'present' }
    const claims = { ...said, prompts: promptsFor(challenge.actions) }
    const upload = anUpload({ ...aliceIn(room), missing: 'first' }, { more: claims })
    const { body } = await test.call(submitCheckIn, {
      as: room.alice,
      params: { challengeId: challenge.id },
      body: Object.assign({ bundle: upload.bundle }, { blink_ok: true, outcome: 'accepted' }),
      file: { bytes: upload.file },
    })
    expect(body).toMatchObject({ outcome: 'refused', because: 'action-missing' })
  })

  it('reach the reader with the actions asked for and the page’s times', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const asked: Parameters<typeof readShownFaces>[0][] = []
    readFrames = (request) => {
      asked.push(request)
      return readShownFaces(request)
    }
    const prompts = promptsFor(challenge.actions)
    await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room), { more: { prompts } }))
    expect(asked).toMatchObject([
      {
        actions: challenge.actions,
        purpose: 'check-in',
        timing: { kind: 'prompted', prompts },
        frames: [
          { kind: 'full', atMs: 0 },
          { kind: 'small', atMs: 66 },
          { kind: 'small', atMs: 132 },
        ],
      },
    ])
  })
})
