import {
  addGuest,
  checkInByCode,
  confirmSpotCheck,
  decideEnrolmentHold,
  decideFaceConflict,
  endSession,
  getBoard,
  getRotatingCode,
  getStudentHistory,
  getStudentHome,
  giveConsent,
  listEnrolmentHolds,
  markByHand,
  matchGuest,
  removeGuest,
  startEnrolment,
  startSession,
  startSpotCheck,
} from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, signInAgain, type TestPerson } from '../../testing/builders.ts'
import { nth } from '../../testing/builders-class.ts'
import { anUpload, checkIn, readShownFaces, sendEnrolment } from '../../testing/builders-faces.ts'
import { decided } from '../../testing/builders-marks.ts'
import { aliceIn, aRoom, bobIn, type Room, recordsOf, tileOf } from '../../testing/builders-room.ts'
import { NOTICE_VERSION } from '../enrolment/notice.ts'
import { askByPolicy } from './policy-spot-checks.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

const boardOf = async ({ teacher: as, sessionId }: Room) =>
  (await test.call(getBoard, { as, params: { sessionId } })).body
const byCode = async ({ teacher, sessionId }: Room, as: TestPerson) => {
  const { code } = (await test.call(getRotatingCode, { as: teacher, params: { sessionId } })).body
  return test.call(checkInByCode, { as, params: { sessionId }, body: { code } })
}

describe('one face for two accounts', () => {
  /** A second account whose enrolment an admin has let pass although the face is Alice's. */
  async function aDouble(room: Room): Promise<TestPerson> {
    const carol = nth(room.students, 2)
    await test.call(giveConsent, { as: carol, body: { version: NOTICE_VERSION } })
    const { body: challenge } = await test.call(startEnrolment, { as: carol })
    await sendEnrolment(test, carol, challenge.id, anUpload(aliceIn(room)))
    const { holds } = (await test.call(listEnrolmentHolds, { as: room.admin })).body
    await test.call(decideEnrolmentHold, {
      as: room.admin,
      params: { holdId: nth(holds, 0).id },
      body: { decision: 'accept' },
    })
    return carol
  }
  const both = async (room: Room, carol: TestPerson) => {
    await checkIn(test, room.alice, room.sessionId, aliceIn(room))
    await checkIn(test, room.bob, room.sessionId, bobIn(room))
    return checkIn(test, carol, room.sessionId, aliceIn(room))
  }
  const decide = (room: Room, conflictId: string, present: string[], areTwins = false) =>
    test.call(decideFaceConflict, {
      as: room.teacher,
      params: { sessionId: room.sessionId, conflictId },
      body: { present, areTwins, reason: 'only Alice is here' },
    })

  it('holds both marks, tells neither student, and leaves the others alone', async () => {
    const room = await aRoom(test, { students: 3 })
    const carol = await aDouble(room)
    expect((await both(room, carol)).body).toMatchObject({ outcome: 'accepted', status: 'present' })
    const { tiles, conflicts } = await boardOf(room)
    expect(tiles.map(({ isHeld }) => isHeld)).toEqual([true, false, true])
    expect(conflicts.map(({ students }) => [...students].sort())).toEqual([[room.alice.id, carol.id].sort()])
  })

  it('lets the one stand whom the teacher names, and marks the other absent', async () => {
    const room = await aRoom(test, { students: 3 })
    const carol = await aDouble(room)
    await both(room, carol)
    const conflict = nth((await boardOf(room)).conflicts, 0)
    expect((await decide(room, conflict.id, [room.bob.id])).error).toBe('bad-input')
    expect((await decide(room, conflict.id, [room.alice.id], true)).error).toBe('bad-input')
    await decide(room, conflict.id, [room.alice.id])
    expect(await tileOf(test, room, room.alice)).toMatchObject({ isHeld: false, method: 'face', assurance: 'B' })
    expect(await tileOf(test, room, carol)).toMatchObject({ isHeld: false, status: 'absent', method: 'hand' })
    expect((await boardOf(room)).conflicts).toEqual([])
    expect((await decide(room, conflict.id, [room.alice.id])).error).toBe('already-done')
  })

  it('does not ask again about those who were declared twins', async () => {
    const room = await aRoom(test, { students: 3 })
    const carol = await aDouble(room)
    await both(room, carol)
    await decide(room, nth((await boardOf(room)).conflicts, 0).id, [room.alice.id, carol.id], true)
    await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
    const { body: next } = await test.call(startSession, {
      as: room.teacher,
      params: { classId: room.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['face'] },
    })
    const again = { ...room, sessionId: next.id }
    await both(again, carol)
    expect(await boardOf(again)).toMatchObject({ conflicts: [] })
    expect((await boardOf(again)).tiles.map(({ isHeld }) => isHeld)).toEqual([false, false, false])
  })

  it('counts a mark for nothing while it is held, and keeps no face once the session has ended', async () => {
    const room = await aRoom(test, { students: 3 })
    const carol = await aDouble(room)
    await both(room, carol)
    await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
    const home = (await test.call(getStudentHome, { as: room.alice })).body
    expect(nth(home.subjects, 0)).toMatchObject({ counted: 0, percentage: null })
    const faces = await test.db.inInstitution(room.institution.id, (tx) =>
      tx.selectFrom('session_faces').selectAll().where('session_id', '=', room.sessionId).execute(),
    )
    expect(faces).toEqual([])
  })

  it('takes a mark by hand as the decision it is', async () => {
    const room = await aRoom(test, { students: 3 })
    const carol = await aDouble(room)
    await both(room, carol)
    for (const student of [room.alice, carol]) {
      const { version } = await tileOf(test, room, student)
      await test.call(markByHand, {
        as: room.teacher,
        params: { sessionId: room.sessionId, studentId: student.id },
        body: decided('present', { seen: version }),
      })
    }
    expect((await boardOf(room)).conflicts).toEqual([])
  })
})

describe('a spot check', () => {
  const ask = (room: Room, students = 1) =>
    test.call(startSpotCheck, { as: room.teacher, params: { sessionId: room.sessionId }, body: { students } })

  it('asks only those who are marked, and each once at a time', async () => {
    const room = await aRoom(test)
    expect((await ask(room, 5)).body.tiles).toEqual([])
    await byCode(room, room.alice)
    const { tiles } = (await ask(room, 5)).body
    expect(tiles.map(({ studentId, spotCheck }) => [studentId, spotCheck?.state])).toEqual([[room.alice.id, 'asked']])
    expect((await ask(room, 5)).body.tiles).toEqual([])
  })

  it.each(['code', 'face'] as const)('is answered by %s, and the mark stays what it was', async (way) => {
    const room = await aRoom(test)
    await byCode(room, room.alice)
    const [before] = await recordsOf(test, room)
    await ask(room)
    const home = (await test.call(getStudentHome, { as: room.alice })).body
    expect(nth(home.open, 0).spotCheckDueAt).toBe(new Date(test.clock.now().getTime() + 60_000).toISOString())
    const reply =
      way === 'code' ? await byCode(room, room.alice) : await checkIn(test, room.alice, room.sessionId, aliceIn(room))
    expect(reply.body).toMatchObject({ outcome: 'accepted' })
    expect((await tileOf(test, room, room.alice)).spotCheck?.state).toBe(way)
    expect(await recordsOf(test, room)).toEqual([before])
    expect((await byCode(room, room.alice)).error).toBe('already-done')
  })

  it('is missed after a minute, which changes no mark, and can still be confirmed by a tap', async () => {
    const room = await aRoom(test)
    await byCode(room, room.alice)
    await ask(room)
    test.clock.advance(60_000)
    expect((await byCode(room, room.alice)).error).toBe('already-done')
    const { spotCheck, status } = await tileOf(test, room, room.alice)
    expect([spotCheck?.state, status]).toEqual(['missed', 'present'])
    const confirm = () =>
      test.call(confirmSpotCheck, {
        as: room.teacher,
        params: { sessionId: room.sessionId, spotCheckId: spotCheck?.id ?? '' },
      })
    expect((await confirm()).body.state).toBe('teacher')
    expect((await confirm()).error).toBe('already-done')
  })

  it('is asked once by the policy, at a time that is drawn from the middle of the session', async () => {
    const room = await aRoom(test, { policy: { spotCheck: 1 } })
    await byCode(room, room.alice)
    const run = () => askByPolicy(test.deps)
    const state = async () => (await tileOf(test, room, room.alice)).spotCheck?.state
    await run()
    expect(await state()).toBeUndefined()
    test.clock.advance(45 * 60_000)
    Object.assign(room.teacher, await signInAgain(test, room.teacher))
    await run()
    expect(await state()).toBe('asked')
    test.clock.advance(60_000)
    await run()
    expect(await state()).toBe('missed')
  })

  it('asks nobody in a session that has ended', async () => {
    const room = await aRoom(test)
    await byCode(room, room.alice)
    test.clock.advance(3_600_000)
    const teacher = { ...room.teacher, ...(await signInAgain(test, room.teacher)) }
    expect((await ask({ ...room, teacher })).error).toBe('session-closed')
  })
})

describe('a guest', () => {
  const add = (room: Room, fullName = 'Gita Guest') =>
    test.call(addGuest, {
      as: room.teacher,
      params: { sessionId: room.sessionId },
      body: { fullName, note: 'from the other group' },
    })
  const match = (room: Room, guestId: string, rollNo: string) =>
    test.call(matchGuest, {
      as: room.teacher,
      params: { sessionId: room.sessionId, guestId },
      body: { rollNo },
    })

  it('is on this board only, and can be taken off again', async () => {
    const room = await aRoom(test)
    const { body: guest } = await add(room)
    expect((await boardOf(room)).guests).toEqual([guest])
    await test.call(removeGuest, {
      as: room.teacher,
      params: { sessionId: room.sessionId, guestId: guest.id },
    })
    expect((await boardOf(room)).guests).toEqual([])
  })

  it('becomes the mark of the account they are matched to, whatever its class', async () => {
    const room = await aRoom(test)
    const gita = await aPerson(test, room.institution, { roles: ['student'], rollNo: 'G-7', fullName: 'Gita Rao' })
    const { body: guest } = await add(room)
    expect((await match(room, guest.id, 'nobody')).error).toBe('no-such-student')
    expect((await match(room, guest.id, 'g-7')).body.matched).toEqual({ personId: gita.id, fullName: 'Gita Rao' })
    const { records } = (await test.call(getStudentHistory, { as: gita, query: {} })).body
    expect(records).toMatchObject([{ status: 'present', method: 'hand', sessionId: room.sessionId }])
    expect((await match(room, guest.id, 'G-7')).error).toBe('already-done')
    const taken = await test.call(removeGuest, {
      as: room.teacher,
      params: { sessionId: room.sessionId, guestId: guest.id },
    })
    expect(taken.error).toBe('already-done')
  })

  it('does not take the place of a mark that is there', async () => {
    const room = await aRoom(test)
    await byCode(room, room.alice)
    const { body: guest } = await add(room)
    expect((await match(room, guest.id, room.alice.rollNo ?? '')).error).toBe('already-done')
  })
})
