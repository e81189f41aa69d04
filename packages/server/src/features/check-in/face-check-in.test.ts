import {
  endSession,
  getBoard,
  getStudentHome,
  MarkedView,
  markByHand,
  startCheckIn,
  startSession,
  submitCheckIn,
  withdrawConsent,
} from '@app/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type BadFramesProblem, VisionProblem } from '../../platform/vision.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, signInAgain, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import {
  aCheckInChallenge,
  anUpload,
  checkIn,
  enrol,
  faceOf,
  readShownFaces,
  sendCheckIn,
} from '../../testing/builders-faces.ts'

let readFrames = readShownFaces
let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: (request) => readFrames(request) })
})
afterEach(() => {
  readFrames = readShownFaces
})
afterAll(() => test.close())

type Room = TestCollege & { sessionId: string; alice: TestPerson; bob: TestPerson }

/** An open session with two enrolled students, each with a face of their own. */
async function aRoom(given: Parameters<typeof aCollege>[1] = {}): Promise<Room> {
  const college = await aCollege(test, given)
  const [alice, bob] = [nth(college.students, 0), nth(college.students, 1)]
  await enrol(test, alice, `alice of ${college.class.id}`)
  await enrol(test, bob, `bob of ${college.class.id}`)
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
  })
  return { ...college, sessionId: body.id, alice, bob }
}

const aliceIn = (room: Room) => ({ face: `alice of ${room.class.id}` })

async function tileOf(room: Room, student: TestPerson) {
  const { body } = await test.call(getBoard, { as: room.teacher, params: { sessionId: room.sessionId } })
  const tile = body.tiles.find(({ studentId }) => studentId === student.id)
  if (!tile) throw new Error('no such tile')
  return tile
}

const recordsOf = (room: Room) =>
  test.db.inInstitution(room.institution.id, (tx) =>
    tx.selectFrom('records').selectAll().where('session_id', '=', room.sessionId).execute(),
  )

describe('a live face of the enrolled student', () => {
  it('is present, with record, audit line and live event at once', async () => {
    const room = await aRoom()
    const { status, body } = await checkIn(test, room.alice, room.sessionId, aliceIn(room))
    expect(status).toBe(200)
    expect(body).toMatchObject({ outcome: 'accepted', status: 'present', markedAt: test.clock.now().toISOString() })
    expect(await tileOf(room, room.alice)).toMatchObject({ status: 'present', method: 'face', assurance: 'B' })
    const { audit, events } = await test.db.inInstitution(room.institution.id, async (tx) => ({
      audit: await tx
        .selectFrom('audit_log')
        .select(['action', 'actor_id', 'new_value'])
        .where('session_id', '=', room.sessionId)
        .where('subject_id', '=', room.alice.id)
        .execute(),
      events: await tx.selectFrom('session_events').select(['seq', 'event']).execute(),
    }))
    expect(audit).toEqual([
      {
        action: 'record-made',
        actor_id: room.alice.id,
        new_value: { status: 'present', method: 'face', assurance: 'B', reason: null },
      },
    ])
    expect(events).toMatchObject([{ seq: '1', event: { kind: 'tile', tile: { status: 'present' } } }])
  })

  it('is late from the server’s minute on, whatever the phone’s clock said', async () => {
    const room = await aRoom()
    test.clock.advance(10 * 60_000)
    const alice = await signInAgain(test, room.alice)
    expect((await checkIn(test, alice, room.sessionId, aliceIn(room))).body).toMatchObject({ status: 'late' })
  })

  it('is asked for at least two actions, never in the same order twice running', async () => {
    const room = await aRoom()
    let previous = ''
    for (let i = 0; i < 8; i++) {
      test.clock.advance(1000)
      const { actions } = await aCheckInChallenge(test, room.alice, room.sessionId)
      expect(actions.length).toBeGreaterThanOrEqual(2)
      expect(actions.join()).not.toBe(previous)
      previous = actions.join()
    }
  })

  it('has nothing to submit once it is marked', async () => {
    const room = await aRoom()
    const spare = await aCheckInChallenge(test, room.alice, room.sessionId)
    await checkIn(test, room.alice, room.sessionId, aliceIn(room))
    expect((await test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })).error).toBe(
      'already-done',
    )
    expect((await sendCheckIn(test, room.alice, spare.id, anUpload(aliceIn(room)))).error).toBe('already-done')
  })
})

describe('a refused face', () => {
  const notConfirmed = [
    ['another person', (room: Room) => ({ face: `bob of ${room.class.id}` }), 'not-recognised'],
    ['a stranger', () => ({ face: 'nobody' }), 'not-recognised'],
    [
      'a replayed screen, even when the face matches',
      (room: Room) => ({ ...aliceIn(room), genuine: 0.2 }),
      'spoof-suspected',
    ],
    [
      'a flat picture that is turned',
      (room: Room) => ({
        ...aliceIn(room),
        solidHead: { kind: 'measured' as const, residual: 0.02, yawSpanDegrees: 25 },
      }),
      'spoof-suspected',
    ],
    [
      'frames from a virtual camera',
      (room: Room) => ({ ...aliceIn(room), injection: ['virtual-camera' as const] }),
      'injection-suspected',
    ],
    ['a face that changes on the way', (room: Room) => ({ ...aliceIn(room), sameFace: 0.1 }), 'face-changed'],
  ] as const

  it.each(notConfirmed)('of %s reads the same to the student, and the teacher sees why', async (_, shown, because) => {
    const room = await aRoom()
    const { body } = await checkIn(test, room.alice, room.sessionId, shown(room))
    expect(body).toEqual({
      outcome: 'refused',
      because: 'not-confirmed',
      action: null,
      offerCode: false,
      pausedUntil: null,
    })
    expect(await recordsOf(room)).toEqual([])
    expect(await tileOf(room, room.alice)).toMatchObject({
      status: null,
      refusals: { count: 1, lastBecause: because, lastAction: null },
    })
  })

  it('names the action that was not seen', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const shown = { ...aliceIn(room), missing: 'first' }
    const { body } = await sendCheckIn(test, room.alice, challenge.id, anUpload(shown))
    expect(body).toMatchObject({ outcome: 'refused', because: 'action-missing', action: challenge.actions[0] })
    expect((await tileOf(room, room.alice)).refusals).toMatchObject({
      lastBecause: 'action-missing',
      lastAction: challenge.actions[0],
    })
  })

  it.each(['no-face', 'several-faces', 'too-dark', 'blurred', 'too-far'])(
    'says %s, so that the student can mend it',
    async (unusable) => {
      const room = await aRoom()
      const { body } = await checkIn(test, room.alice, room.sessionId, { face: '', unusable })
      expect(body).toMatchObject({ outcome: 'refused', because: unusable })
      expect(await recordsOf(room)).toEqual([])
    },
  )

  it('offers the code from the third on and pauses from the fifth, twice as long each time', async () => {
    const room = await aRoom()
    const seen: unknown[] = []
    for (let i = 1; i <= 6; i++) {
      const { body } = await checkIn(test, room.alice, room.sessionId, { face: 'nobody' })
      if (body.outcome !== 'refused') throw new Error('accepted')
      const wait = body.pausedUntil && Date.parse(body.pausedUntil) - test.clock.now().getTime()
      seen.push([body.offerCode, wait])
      const paused = await test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })
      expect(paused.error).toBe(wait ? 'face-paused' : undefined)
      if (wait) expect(paused.raw.json().error.retryAfterSeconds).toBe(wait / 1000)
      test.clock.advance(wait || 0)
    }
    expect(seen).toEqual([
      [false, null],
      [false, null],
      [true, null],
      [true, null],
      [true, 30_000],
      [true, 60_000],
    ])
    expect((await checkIn(test, room.alice, room.sessionId, aliceIn(room))).body.outcome).toBe('accepted')
  })

  it('cannot be tried on with challenges from before the pause', async () => {
    const room = await aRoom()
    const spare = await aCheckInChallenge(test, room.alice, room.sessionId)
    for (let i = 0; i < 5; i++) await checkIn(test, room.alice, room.sessionId, { face: 'nobody' })
    expect((await sendCheckIn(test, room.alice, spare.id, anUpload(aliceIn(room)))).error).toBe('face-paused')
  })

  it('never touches the template: after 20 failed matches the right face still passes', async () => {
    const room = await aRoom({ policy: { pauseAfter: 100 } })
    const sealed = () =>
      test.db.inInstitution(room.institution.id, (tx) =>
        tx.selectFrom('face_templates').selectAll().where('person_id', '=', room.alice.id).execute(),
      )
    const before = await sealed()
    for (let i = 0; i < 20; i++) {
      const { body } = await checkIn(test, room.alice, room.sessionId, { face: `bob of ${room.class.id}` })
      expect(body.outcome).toBe('refused')
    }
    expect(await sealed()).toEqual(before)
    expect((await checkIn(test, room.alice, room.sessionId, aliceIn(room))).body.outcome).toBe('accepted')
  })
})

describe('a challenge', () => {
  it('is good once', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    await sendCheckIn(test, room.alice, challenge.id, anUpload({ face: 'nobody' }))
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('challenge-spent')
    expect(await recordsOf(room)).toEqual([])
  })

  it('is answered once when two tabs submit at once', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'challenge-spent')).toHaveLength(9)
    expect(await recordsOf(room)).toHaveLength(1)
  })

  it('is not given by the hundred: each may cost a reader’s time', async () => {
    const room = await aRoom()
    const ask = () => test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })
    const replies = await Promise.all(Array.from({ length: 60 }, ask))
    expect(replies.filter(({ error }) => error === 'too-many-attempts').length).toBeGreaterThanOrEqual(20)
    test.clock.advance(61_000)
    expect((await ask()).status).toBe(200)
  })

  it('runs out after three minutes', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    test.clock.advance(3 * 60_000)
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('challenge-expired')
    expect(await recordsOf(room)).toEqual([])
  })

  it('does not exist for another student, for another sign-in, for enrolling, or when it was made up', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const otherPhone = { ...room.alice, ...(await signInAgain(test, room.alice)) }
    const elsewhere = await aCollege(test)
    for (const as of [room.bob, otherPhone, nth(elsewhere.students, 0)])
      expect((await sendCheckIn(test, as, challenge.id, anUpload(aliceIn(room)))).error).toBe('challenge-unknown')
    const madeUp = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
    expect((await sendCheckIn(test, room.alice, madeUp, anUpload(aliceIn(room)))).error).toBe('challenge-unknown')
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).status).toBe(200)
  })

  it('is not given in a closed session, to a student of another class, or without consent or enrolment', async () => {
    const room = await aRoom({ students: 3 })
    const ask = (as: TestPerson) => test.call(startCheckIn, { as, params: { sessionId: room.sessionId } })
    const stranger = await aPerson(test, room.institution, { roles: ['student'] })
    await aClass(test, room.institution, { students: [stranger] })
    expect((await ask(stranger)).error).toBe('not-in-class')
    expect((await ask(nth(room.students, 2))).error).toBe('consent-needed')
    expect((await ask(room.teacher)).error).toBe('not-allowed')
    await test.call(withdrawConsent, { as: room.bob })
    expect((await ask(room.bob)).error).toBe('consent-needed')
    await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
    expect((await ask(room.alice)).error).toBe('session-closed')
  })

  it('of a session that has closed meanwhile marks nobody', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('session-closed')
    expect((await tileOf(room, room.alice)).status).toBe('absent')
  })

  it('is refused when the session closes while the frames are read', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    readFrames = async (request) => {
      await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
      return readShownFaces(request)
    }
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('session-closed')
    expect(await tileOf(room, room.alice)).toMatchObject({ status: 'absent', method: 'closing', refusals: null })
  })

  it('is refused when its time is up while the frames are read', async () => {
    const room = await aRoom()
    test.clock.advance(59 * 60_000)
    const alice = await signInAgain(test, room.alice)
    const challenge = await aCheckInChallenge(test, alice, room.sessionId)
    readFrames = async (request) => {
      test.clock.advance(60_000)
      return readShownFaces(request)
    }
    expect((await sendCheckIn(test, alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('session-closed')
  })

  it('marks nobody whose consent was withdrawn while the frames were read', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    readFrames = async (request) => {
      await test.call(withdrawConsent, { as: room.alice })
      return readShownFaces(request)
    }
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('not-enrolled')
    expect(await recordsOf(room)).toEqual([])
  })
})

describe('frames', () => {
  it.each<[string, number, BadFramesProblem, number | null]>([
    ['frames-unreadable', 422, 'not-an-image', 2],
    ['frames-unreadable', 422, 'truncated-image', 4],
    ['too-large', 413, 'image-too-large', 0],
    ['frames-out-of-order', 422, 'frames-out-of-order', 7],
    ['frames-too-many', 422, 'too-many-frames', null],
    ['frames-too-few', 422, 'too-few-frames', null],
  ])('are answered %s (%i) when the reader says %s', async (code, status, problem, frame) => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    readFrames = async () => {
      throw new VisionProblem(problem, frame)
    }
    const reply = await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))
    expect([reply.error, reply.status]).toEqual([code, status])
    expect(reply.raw.json().error.frame).toBe(frame ?? undefined)
    readFrames = readShownFaces
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('challenge-spent')
    expect((await tileOf(room, room.alice)).refusals).toBeNull()
  })

  it('whose declared lengths are not exactly those of the file are unreadable', async () => {
    const room = await aRoom()
    for (const lengths of [[5], [1, 1, 1], [1000], [1_500_000, 1_500_000, 1_500_000]]) {
      const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
      const upload = anUpload(aliceIn(room), { lengths })
      expect((await sendCheckIn(test, room.alice, challenge.id, upload)).error).toBe('frames-unreadable')
    }
    expect(await recordsOf(room)).toEqual([])
  })

  it('that lie about where one ends and the next begins are unreadable', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const { bundle, file } = anUpload(aliceIn(room))
    const said = JSON.parse(bundle)
    said.frames[0].bytes -= 1
    said.frames[1].bytes += 1
    const reply = await sendCheckIn(test, room.alice, challenge.id, { bundle: JSON.stringify(said), file })
    expect(reply.raw.json().error).toMatchObject({ code: 'frames-unreadable', frame: 1 })
  })

  it('that are no picture at all are unreadable, whatever they are called', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const file = Buffer.from('<svg>')
    const bundle = JSON.stringify({ frames: [{ kind: 'full', atMs: 0, bytes: 5 }], prompts: [], cameraLabel: '' })
    const reply = await sendCheckIn(test, room.alice, challenge.id, { bundle, file })
    expect(reply.raw.json().error).toMatchObject({ code: 'frames-unreadable', frame: 0 })
  })

  it('with a form that is no bundle are bad input and leave the challenge as it was', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const { file } = anUpload(aliceIn(room))
    for (const bundle of ['', 'not json', '{}', '{"frames":[]}', '[]', 'null'])
      expect((await sendCheckIn(test, room.alice, challenge.id, { bundle, file })).error).toBe('bad-input')
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).status).toBe(200)
  })

  it('are limited in size before they are parsed', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const { bundle } = anUpload(aliceIn(room))
    const file = Buffer.alloc(1_572_865, 0xff)
    expect((await sendCheckIn(test, room.alice, challenge.id, { bundle, file })).error).toBe('too-large')
  })

  it('may come again when every reader is busy, and still count once', async () => {
    const room = await aRoom()
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
    const room = await aRoom()
    for (const broken of [new Error('worker died'), new VisionProblem('down', null)]) {
      const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
      readFrames = async () => {
        throw broken
      }
      const reply = await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))
      expect([reply.error, reply.status]).toEqual(['vision-down', 503])
    }
    expect(await recordsOf(room)).toEqual([])
  })

  it('are read for the challenge’s actions, not for what the page says was seen', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const claims = { blink_ok: true, actions: ['blink'], similarity: 1, verdict: 'accepted', status: 'present' }
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
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const asked: Parameters<typeof readShownFaces>[0][] = []
    readFrames = (request) => {
      asked.push(request)
      return readShownFaces(request)
    }
    const prompts = [{ action: challenge.actions[0], shownAtMs: 500 }]
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

describe('what leaves the server', () => {
  it('holds no score, no vector and no template', async () => {
    const room = await aRoom()
    const bodies: string[] = []
    for (const shown of [{ face: 'nobody' }, { ...aliceIn(room), genuine: 0.1 }, aliceIn(room)])
      bodies.push((await checkIn(test, room.alice, room.sessionId, shown)).raw.body)
    const params = { sessionId: room.sessionId }
    bodies.push((await test.call(getBoard, { as: room.teacher, params })).raw.body)
    bodies.push((await test.call(getStudentHome, { as: room.alice })).raw.body)
    const told = bodies.join('\n')
    expect(told).not.toMatch(/similar|score|genuine|probe|template|residual|agreement|sealed|0\.98/i)
    for (const number of faceOf(aliceIn(room).face).slice(0, 5)) expect(told).not.toContain(String(number).slice(0, 8))
    expect(MarkedView.parse(JSON.parse(nth(bodies, 2))).outcome).toBe('accepted')
  })

  it('shows a template of nobody in the database in clear', async () => {
    const room = await aRoom()
    const rows = await test.db.inInstitution(room.institution.id, (tx) =>
      tx.selectFrom('face_templates').select(['sealed', 'person_id']).execute(),
    )
    const vector = Buffer.from(faceOf(aliceIn(room).face).buffer)
    for (const { sealed } of rows) expect(sealed.includes(vector.subarray(0, 16))).toBe(false)
  })

  it('does not let a template be moved to another person', async () => {
    const room = await aRoom()
    await test.db.inInstitution(room.institution.id, async (tx) => {
      const { sealed } = await tx
        .selectFrom('face_templates')
        .select('sealed')
        .where('person_id', '=', room.bob.id)
        .executeTakeFirstOrThrow()
      await tx.updateTable('face_templates').set({ sealed }).where('person_id', '=', room.alice.id).execute()
    })
    const reply = await checkIn(test, room.alice, room.sessionId, { face: `bob of ${room.class.id}` })
    expect(reply.error).toBe('broken')
    expect(await recordsOf(room)).toEqual([])
  })
})

describe('a mark by hand', () => {
  it('is not undone by the student’s own check-in, also when it says absent', async () => {
    const room = await aRoom()
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    await test.call(markByHand, {
      as: room.teacher,
      params: { sessionId: room.sessionId, studentId: room.alice.id },
      body: { status: 'absent', reason: 'left at once' },
    })
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('already-done')
    expect(await tileOf(room, room.alice)).toMatchObject({ status: 'absent', method: 'hand' })
  })
})
