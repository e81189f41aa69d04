import { getBoard, getStudentHome, MarkedView, markByHand, startCheckIn } from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { signInAgain } from '../../testing/builders.ts'
import { nth } from '../../testing/builders-class.ts'
import {
  aCheckInChallenge,
  anUpload,
  checkIn,
  faceOf,
  readShownFaces,
  sendCheckIn,
} from '../../testing/builders-faces.ts'
import { decided } from '../../testing/builders-marks.ts'
import { aliceIn, aRoom, bobIn, type Room, recordsOf, tileOf } from '../../testing/builders-room.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

describe('a live face of the enrolled student', () => {
  it('is present, with record, audit line and live event at once', async () => {
    const room = await aRoom(test)
    const { status, body } = await checkIn(test, room.alice, room.sessionId, aliceIn(room))
    expect(status).toBe(200)
    expect(body).toMatchObject({ outcome: 'accepted', status: 'present', markedAt: test.clock.now().toISOString() })
    expect(await tileOf(test, room, room.alice)).toMatchObject({ status: 'present', method: 'face', assurance: 'B' })
    const { audit, events } = await test.db.inInstitution(room.institution.id, async (tx) => ({
      audit: await tx
        .selectFrom('audit_log')
        .select(['action', 'actor_id', 'new_value'])
        .where('session_id', '=', room.sessionId)
        .where('subject_id', '=', room.alice.id)
        .execute(),
      events: await tx.selectFrom('session_events').select(['seq', 'event']).execute(),
    }))
    expect(audit).toMatchObject([
      {
        action: 'record-made',
        actor_id: room.alice.id,
        new_value: { status: 'present', method: 'face', assurance: 'B', reason: null },
      },
    ])
    expect(events).toMatchObject([{ seq: '1', event: { kind: 'tile', tile: { status: 'present' } } }])
  })

  it('is late from the server’s minute on, whatever the phone’s clock said', async () => {
    const room = await aRoom(test)
    test.clock.advance(10 * 60_000)
    const alice = await signInAgain(test, room.alice)
    expect((await checkIn(test, alice, room.sessionId, aliceIn(room))).body).toMatchObject({ status: 'late' })
  })

  it('is asked for at least two actions, never in the same order twice running', async () => {
    const room = await aRoom(test)
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
    const room = await aRoom(test)
    const spare = await aCheckInChallenge(test, room.alice, room.sessionId)
    await test.call(markByHand, {
      as: room.teacher,
      params: { sessionId: room.sessionId, studentId: room.alice.id },
      body: decided('present'),
    })
    expect((await test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })).error).toBe(
      'already-done',
    )
    expect((await sendCheckIn(test, room.alice, spare.id, anUpload(aliceIn(room)))).error).toBe('already-done')
  })
})

describe('a refused face', () => {
  const notConfirmed = [
    ['another person', (room: Room) => bobIn(room), 'not-recognised'],
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
    const room = await aRoom(test)
    const { body } = await checkIn(test, room.alice, room.sessionId, shown(room))
    expect(body).toEqual({
      outcome: 'refused',
      because: 'not-confirmed',
      action: null,
      offerCode: false,
      pausedUntil: null,
    })
    expect(await recordsOf(test, room)).toEqual([])
    expect(await tileOf(test, room, room.alice)).toMatchObject({
      status: null,
      refusals: { count: 1, lastBecause: because, lastAction: null },
    })
  })

  it('names the action that was not seen', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const shown = { ...aliceIn(room), missing: 'first' }
    const { body } = await sendCheckIn(test, room.alice, challenge.id, anUpload(shown))
    expect(body).toMatchObject({ outcome: 'refused', because: 'action-missing', action: challenge.actions[0] })
    expect((await tileOf(test, room, room.alice)).refusals).toMatchObject({
      lastBecause: 'action-missing',
      lastAction: challenge.actions[0],
    })
  })

  it.each(['no-face', 'several-faces', 'too-dark', 'blurred', 'too-far'])(
    'says %s, so that the student can mend it',
    async (unusable) => {
      const room = await aRoom(test)
      const { body } = await checkIn(test, room.alice, room.sessionId, { face: '', unusable })
      expect(body).toMatchObject({ outcome: 'refused', because: unusable })
      expect(await recordsOf(test, room)).toEqual([])
    },
  )

  it('offers the code from the third on and pauses from the fifth, twice as long each time', async () => {
    const room = await aRoom(test)
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

  it('never offers the code in a session of faces alone', async () => {
    const room = await aRoom(test)
    await test.db.inInstitution(room.institution.id, (tx) =>
      tx
        .updateTable('sessions')
        .set({ methods: ['face'] })
        .where('id', '=', room.sessionId)
        .execute(),
    )
    for (let i = 1; i <= 4; i++)
      expect((await checkIn(test, room.alice, room.sessionId, { face: 'nobody' })).body).toMatchObject({
        outcome: 'refused',
        offerCode: false,
      })
  })

  it('cannot be tried on with challenges from before the pause', async () => {
    const room = await aRoom(test)
    const spare = await aCheckInChallenge(test, room.alice, room.sessionId)
    for (let i = 0; i < 5; i++) await checkIn(test, room.alice, room.sessionId, { face: 'nobody' })
    expect((await sendCheckIn(test, room.alice, spare.id, anUpload(aliceIn(room)))).error).toBe('challenge-expired')
  })

  it('never touches the template: after 20 failed matches the right face still passes', async () => {
    const room = await aRoom(test, { policy: { pauseAfter: 100 } })
    const sealed = () =>
      test.db.inInstitution(room.institution.id, (tx) =>
        tx.selectFrom('face_templates').selectAll().where('person_id', '=', room.alice.id).execute(),
      )
    const before = await sealed()
    for (let i = 0; i < 20; i++) {
      const { body } = await checkIn(test, room.alice, room.sessionId, bobIn(room))
      expect(body.outcome).toBe('refused')
    }
    expect(await sealed()).toEqual(before)
    expect((await checkIn(test, room.alice, room.sessionId, aliceIn(room))).body.outcome).toBe('accepted')
  })
})

describe('what leaves the server', () => {
  it('holds no score, no vector and no template', async () => {
    const room = await aRoom(test)
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
    const room = await aRoom(test)
    const rows = await test.db.inInstitution(room.institution.id, (tx) =>
      tx.selectFrom('face_templates').select(['sealed', 'person_id']).execute(),
    )
    const vector = Buffer.from(faceOf(aliceIn(room).face).buffer)
    for (const { sealed } of rows) expect(sealed.includes(vector.subarray(0, 16))).toBe(false)
  })

  it('does not let a template be moved to another person', async () => {
    const room = await aRoom(test)
    await test.db.inInstitution(room.institution.id, async (tx) => {
      const { sealed } = await tx
        .selectFrom('face_templates')
        .select('sealed')
        .where('person_id', '=', room.bob.id)
        .executeTakeFirstOrThrow()
      await tx.updateTable('face_templates').set({ sealed }).where('person_id', '=', room.alice.id).execute()
    })
    const reply = await checkIn(test, room.alice, room.sessionId, bobIn(room))
    expect(reply.error).toBe('broken')
    expect(await recordsOf(test, room)).toEqual([])
  })
})

describe('a mark by hand', () => {
  it('is not undone by the student’s own check-in, also when it says absent', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    await test.call(markByHand, {
      as: room.teacher,
      params: { sessionId: room.sessionId, studentId: room.alice.id },
      body: decided('absent', { reason: 'left at once' }),
    })
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('already-done')
    expect(await tileOf(test, room, room.alice)).toMatchObject({ status: 'absent', method: 'hand' })
  })
})
