import { endSession, startCheckIn, withdrawConsent } from '@app/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, signInAgain, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth } from '../../testing/builders-class.ts'
import { aCheckInChallenge, anUpload, readShownFaces, sendCheckIn } from '../../testing/builders-faces.ts'
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

describe('a challenge', () => {
  it('is good once', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    await sendCheckIn(test, room.alice, challenge.id, anUpload({ face: 'nobody' }))
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('challenge-spent')
    expect(await recordsOf(test, room)).toEqual([])
  })

  it('is answered once when two tabs submit at once', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ error }) => error === 'challenge-spent')).toHaveLength(9)
    expect(await recordsOf(test, room)).toHaveLength(1)
  })

  it('is not given by the hundred: each may cost a reader’s time', async () => {
    const room = await aRoom(test)
    const ask = () => test.call(startCheckIn, { as: room.alice, params: { sessionId: room.sessionId } })
    const replies = await Promise.all(Array.from({ length: 60 }, ask))
    expect(replies.filter(({ error }) => error === 'too-many-attempts').length).toBeGreaterThanOrEqual(20)
    test.clock.advance(61_000)
    expect((await ask()).status).toBe(200)
  })

  it('runs out after three minutes', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    test.clock.advance(3 * 60_000)
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('challenge-expired')
    expect(await recordsOf(test, room)).toEqual([])
  })

  it('does not exist for another student, for another sign-in, for enrolling, or when it was made up', async () => {
    const room = await aRoom(test)
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
    const room = await aRoom(test, { students: 3 })
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
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('session-closed')
    expect((await tileOf(test, room, room.alice)).status).toBe('absent')
  })

  it('is refused when the session closes while the frames are read', async () => {
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    readFrames = async (request) => {
      await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
      return readShownFaces(request)
    }
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('session-closed')
    expect(await tileOf(test, room, room.alice)).toMatchObject({ status: 'absent', method: 'closing', refusals: null })
  })

  it('is refused when its time is up while the frames are read', async () => {
    const room = await aRoom(test)
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
    const room = await aRoom(test)
    const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
    readFrames = async (request) => {
      await test.call(withdrawConsent, { as: room.alice })
      return readShownFaces(request)
    }
    expect((await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))).error).toBe('not-enrolled')
    expect(await recordsOf(test, room)).toEqual([])
  })
})
