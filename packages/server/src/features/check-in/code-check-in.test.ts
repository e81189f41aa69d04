import { checkInByCode, endSession, getBoard, getRotatingCode, startSession } from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, signInAgain, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ maxConnections: 20 })
})
afterAll(() => test.close())

type Room = TestCollege & { sessionId: string; alice: TestPerson }

async function aRoom(given: { students?: number; methods?: ('face' | 'code')[] } = {}): Promise<Room> {
  const college = await aCollege(test, { students: given.students ?? 2 })
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: given.methods ?? ['face', 'code'] },
  })
  return { ...college, sessionId: body.id, alice: nth(college.students, 0) }
}

const shown = async (room: Room) =>
  (await test.call(getRotatingCode, { as: room.teacher, params: { sessionId: room.sessionId } })).body

const type = (room: Room, as: { token: string }, code: string) =>
  test.call(checkInByCode, { as, params: { sessionId: room.sessionId }, body: { code } })

const recordsOf = (room: Room) =>
  test.db.inInstitution(room.institution.id, (tx) =>
    tx.selectFrom('records').selectAll().where('session_id', '=', room.sessionId).execute(),
  )

describe('the code on the teacher’s screen', () => {
  it('changes every five seconds and is inside the link', async () => {
    const room = await aRoom()
    const first = await shown(room)
    expect(first).toMatchObject({
      code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{6}$/),
      link: `https://attendance.test/c/${room.sessionId}/${first.code}`,
      serverNow: test.clock.now().toISOString(),
      periodMs: 5000,
    })
    test.clock.advance(Date.parse(first.changesAt) - test.clock.now().getTime() - 1)
    expect((await shown(room)).code).toBe(first.code)
    test.clock.advance(1)
    expect((await shown(room)).code).not.toBe(first.code)
  })

  it('is another in every session', async () => {
    const [one, two] = [await aRoom(), await aRoom()]
    expect((await shown(one)).code).not.toBe((await shown(two)).code)
  })

  it('is for the session’s teachers only', async () => {
    const room = await aRoom()
    const params = { sessionId: room.sessionId }
    for (const as of [room.otherTeacher, room.alice, room.admin])
      expect((await test.call(getRotatingCode, { as, params })).error).toBe('not-allowed')
    const elsewhere = await aCollege(test)
    expect((await test.call(getRotatingCode, { as: elsewhere.teacher, params })).error).toBe('not-found')
  })

  it('is not shown for a session that has closed, ended, or takes no code', async () => {
    const faceOnly = await aRoom({ methods: ['face'] })
    const ask = (room: Room, as: { token: string }) =>
      test.call(getRotatingCode, { as, params: { sessionId: room.sessionId } })
    expect((await ask(faceOnly, faceOnly.teacher)).error).toBe('method-not-allowed-here')
    const ended = await aRoom()
    await test.call(endSession, { as: ended.teacher, params: { sessionId: ended.sessionId } })
    expect((await ask(ended, ended.teacher)).error).toBe('session-closed')
    const over = await aRoom()
    test.clock.advance(60 * 60_000)
    expect((await ask(over, await signInAgain(test, over.teacher))).error).toBe('session-closed')
  })
})

describe('marking by code', () => {
  it('takes the displayed code however it is typed, and tells the board', async () => {
    const room = await aRoom()
    const { code } = await shown(room)
    const typed = ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3).replaceAll('0', 'o').replaceAll('1', 'l')} `
    const { status, body } = await type(room, room.alice, typed)
    expect(status).toBe(200)
    expect(body).toMatchObject({ outcome: 'accepted', status: 'present', session: { id: room.sessionId } })
    const board = await test.call(getBoard, { as: room.teacher, params: { sessionId: room.sessionId } })
    expect(board.body.seq).toBe(1)
    expect(nth(board.body.tiles, 0)).toMatchObject({ status: 'present', method: 'code', assurance: 'C' })
  })

  it('still takes the previous code, and calls older ones expired for a minute, then wrong', async () => {
    const room = await aRoom({ students: 4 })
    const { code } = await shown(room)
    test.clock.advance(5000)
    expect((await type(room, nth(room.students, 0), code)).status).toBe(200)
    test.clock.advance(5000)
    expect((await type(room, nth(room.students, 1), code)).error).toBe('code-expired')
    test.clock.advance(50_000)
    expect((await type(room, nth(room.students, 1), code)).error).toBe('code-expired')
    test.clock.advance(10_000)
    expect((await type(room, nth(room.students, 1), code)).error).toBe('code-wrong')
    expect(await recordsOf(room)).toHaveLength(1)
  })

  it('refuses the code of a moment that is still to come', async () => {
    const room = await aRoom()
    test.clock.advance(5000)
    const { code } = await shown(room)
    test.clock.advance(-5000)
    expect((await type(room, room.alice, code)).error).toBe('code-wrong')
  })

  it('refuses a code of another session', async () => {
    const [room, other] = [await aRoom(), await aRoom()]
    expect((await type(room, room.alice, (await shown(other)).code)).error).toBe('code-wrong')
  })

  it('refuses a request without any code, whatever method it names', async () => {
    const room = await aRoom()
    for (const body of [{ method: 'QR' }, {}, { code: '' }, { code: null }, { code: ['A'] }, { code: {} }, 'QR', []]) {
      const reply = await test.app.inject({
        method: 'POST',
        url: `/api/sessions/${room.sessionId}/code-check-in`,
        headers: { authorization: `Bearer ${room.alice.token}`, 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      })
      expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'bad-input'])
    }
    for (const code of ['000000', '------', 'O0O0O0', '🙂🙂🙂', 'undefined', 'null'])
      expect((await type(room, room.alice, code)).error).toBe('code-wrong')
    expect(await recordsOf(room)).toEqual([])
  })

  it('is for students of the class, with their own sign-in', async () => {
    const room = await aRoom()
    const { code } = await shown(room)
    const stranger = await aPerson(test, room.institution, { roles: ['student'] })
    await aClass(test, room.institution, { students: [stranger] })
    const elsewhere = await aCollege(test)
    expect((await type(room, stranger, code)).error).toBe('not-in-class')
    expect((await type(room, nth(elsewhere.students, 0), code)).error).toBe('not-found')
    expect((await type(room, room.teacher, code)).error).toBe('not-allowed')
    expect((await type(room, { token: 'forged' }, code)).error).toBe('not-signed-in')
    expect(await recordsOf(room)).toEqual([])
  })

  it('is refused in a closed session and where only a face counts', async () => {
    const room = await aRoom()
    const { code } = await shown(room)
    await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
    expect((await type(room, room.alice, code)).error).toBe('session-closed')
    const over = await aRoom()
    const late = (await shown(over)).code
    test.clock.advance(60 * 60_000)
    expect((await type(over, await signInAgain(test, over.alice), late)).error).toBe('session-closed')
    const faceOnly = await aRoom({ methods: ['face'] })
    expect((await type(faceOnly, faceOnly.alice, 'ABC123')).error).toBe('method-not-allowed-here')
  })

  it('lets the whole class use one displayed code, each student once', async () => {
    const room = await aRoom({ students: 30 })
    const { code } = await shown(room)
    const replies = await Promise.all([...room.students, ...room.students].map((student) => type(room, student, code)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(30)
    expect(replies.filter(({ error }) => error === 'already-done')).toHaveLength(30)
    expect(await recordsOf(room)).toHaveLength(30)
  })

  it('gives a student ten tries a minute, and does not hold the class up for it', async () => {
    const room = await aRoom()
    const tries = await Promise.all(Array.from({ length: 25 }, () => type(room, room.alice, 'WRONG1')))
    expect(tries.filter(({ error }) => error === 'code-wrong')).toHaveLength(10)
    expect(tries.filter(({ error }) => error === 'too-many-attempts')).toHaveLength(15)
    const { code } = await shown(room)
    const waiting = await type(room, room.alice, code)
    expect(waiting.raw.json().error).toMatchObject({ code: 'too-many-attempts', retryAfterSeconds: 60 })
    expect((await type(room, nth(room.students, 1), code)).status).toBe(200)
    test.clock.advance(61_000)
    expect((await type(room, room.alice, (await shown(room)).code)).status).toBe(200)
  })
})
