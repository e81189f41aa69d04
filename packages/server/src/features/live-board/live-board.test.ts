import { request } from 'node:http'
import { endSession, getBoard, markByHand, removeStudent, startSession } from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../app.ts'
import { openDatabase } from '../../platform/db/open.ts'
import { createLiveHub } from '../../platform/live/live-hub.ts'
import { appendSessionEvent } from '../../platform/live/session-events.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { anImport } from '../../testing/builders-imports.ts'
import { decided } from '../../testing/builders-marks.ts'
import { readEvents } from '../../testing/event-reader.ts'

let test: TestApp
let address: string
beforeAll(async () => {
  test = await createTestApp({ maxConnections: 20 })
  address = await test.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => test.close())

type Room = TestCollege & { sessionId: string }

async function aRoom(students = 3): Promise<Room> {
  const college = await aCollege(test, { students })
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
  })
  return { ...college, sessionId: body.id }
}

const mark = (room: Room, student: number) =>
  test.call(markByHand, {
    as: room.teacher,
    params: { sessionId: room.sessionId, studentId: nth(room.students, student).id },
    body: decided('present'),
  })

const upTo = (count: number, from = 1) => Array.from({ length: count - from + 1 }, (_, i) => from + i)
const seqsOf = (events: { seq: number }[]) => events.map(({ seq }) => seq)

describe('the board', () => {
  it('shows every student by roll number, with the number of the last event it includes', async () => {
    const room = await aRoom(12)
    await mark(room, 1)
    const { body } = await test.call(getBoard, { as: room.teacher, params: { sessionId: room.sessionId } })
    expect(body.seq).toBe(1)
    expect(body.session).toMatchObject({ id: room.sessionId, isOpen: true })
    expect(body.tiles.map(({ rollNo }) => rollNo)).toEqual(upTo(12).map((n) => `R${n}`))
    expect(nth(body.tiles, 0)).toMatchObject({ status: null, method: null, markedAt: null, refusals: null })
    expect(nth(body.tiles, 1)).toMatchObject({ status: 'present', method: 'hand' })
  })

  it('is for the class’s teachers and the admins', async () => {
    const room = await aRoom()
    const elsewhere = await aRoom()
    const ask = (as: { token: string }) => test.call(getBoard, { as, params: { sessionId: room.sessionId } })
    expect((await ask(room.admin)).status).toBe(200)
    expect((await ask(room.otherTeacher)).error).toBe('not-allowed')
    expect((await ask(nth(room.students, 0))).error).toBe('not-allowed')
    expect((await ask(elsewhere.teacher)).error).toBe('not-found')
    expect((await ask(elsewhere.admin)).error).toBe('not-found')
  })
})

describe('the events of a session', () => {
  it('reach whoever watches as they happen', async () => {
    const room = await aRoom()
    const reader = await readEvents(address, { as: room.teacher, sessionId: room.sessionId })
    expect(reader.contentType).toContain('text/event-stream')
    await mark(room, 2)
    expect(await reader.until(1)).toMatchObject([{ kind: 'tile', seq: 1, tile: { rollNo: 'R3', status: 'present' } }])
    test.clock.advance(1000)
    await test.call(endSession, { as: room.teacher, params: { sessionId: room.sessionId } })
    expect((await reader.until(3)).slice(1)).toMatchObject([
      { kind: 'session', seq: 2, session: { isOpen: false } },
      { kind: 'reload', seq: 3 },
    ])
    reader.close()
  })

  it('tell of a student who joins or leaves the class while the session is open', async () => {
    const room = await aRoom()
    const sessionId = room.sessionId
    const reader = await readEvents(address, { as: room.teacher, sessionId })
    const imported = await anImport(test, {
      as: room.teacher,
      classId: room.class.id,
      bytes: Buffer.from('roll_no,full_name,email,phone,batch,department\nR4,New Student,,,,\n'),
    })
    expect(imported.counts.new).toBe(1)
    expect(await reader.until(1)).toEqual([{ kind: 'reload', seq: 1 }])
    const { body } = await test.call(getBoard, { as: room.teacher, params: { sessionId } })
    expect(body.tiles.map(({ rollNo }) => rollNo)).toEqual(['R1', 'R2', 'R3', 'R4'])
    await test.call(removeStudent, {
      as: room.teacher,
      params: { classId: room.class.id, personId: nth(body.tiles, 3).studentId },
    })
    expect(seqsOf(await reader.until(2))).toEqual([1, 2])
    reader.close()
  })

  it('reach a watcher of another server process too', async () => {
    const room = await aRoom()
    const db = openDatabase(test.databaseUrl, { maxConnections: 4, onIdleError: () => undefined })
    const live = await createLiveHub(test.databaseUrl, test.deps.log)
    const second = await buildApp({ ...test.deps, db, live })
    const secondAddress = await second.listen({ port: 0, host: '127.0.0.1' })
    const reader = await readEvents(secondAddress, { as: room.teacher, sessionId: room.sessionId })
    await mark(room, 0)
    expect(seqsOf(await reader.until(1))).toEqual([1])
    await second.close()
    await reader.ended
    await live.close()
    await db.close()
  })

  it('begin after the number that is named, in the address or by the header of a browser that reconnects', async () => {
    const room = await aRoom()
    for (const student of [0, 1, 2]) await mark(room, student)
    const byQuery = await readEvents(address, { as: room.teacher, sessionId: room.sessionId, after: 1 })
    expect(seqsOf(await byQuery.until(2))).toEqual([2, 3])
    const byHeader = await readEvents(address, { as: room.teacher, sessionId: room.sessionId, lastEventId: 2 })
    expect(seqsOf(await byHeader.until(1))).toEqual([3])
    const fromStart = await readEvents(address, { as: room.teacher, sessionId: room.sessionId, after: 0 })
    expect(seqsOf(await fromStart.until(3))).toEqual([1, 2, 3])
    for (const reader of [byQuery, byHeader, fromStart]) reader.close()
  })

  it('have no gap and no double while many write and watchers come and go', async () => {
    const room = await aRoom(60)
    const sessionId = room.sessionId
    const resuming = async () => {
      const seen: number[] = []
      while (seen.length < 60) {
        const reader = await readEvents(address, { as: room.teacher, sessionId, after: seen.at(-1) ?? 0 })
        await reader.until(Math.min(7, 60 - seen.length))
        seen.push(...seqsOf(reader.events))
        reader.close()
        await reader.ended
      }
      return seen
    }
    const steady = await readEvents(address, { as: room.teacher, sessionId, after: 0 })
    const [, ...seen] = await Promise.all([
      Promise.all(room.students.map((_, i) => mark(room, i))),
      resuming(),
      resuming(),
      resuming(),
      steady.until(60).then(seqsOf),
    ])
    for (const seqs of seen) expect(seqs).toEqual(upTo(60))
    steady.close()
  })

  it('tell a board to reload whose number is not of this session', async () => {
    const room = await aRoom()
    await mark(room, 0)
    const reader = await readEvents(address, { as: room.teacher, sessionId: room.sessionId, after: 999 })
    expect(await reader.until(1)).toEqual([{ kind: 'reload', seq: 1 }])
    await mark(room, 1)
    expect(seqsOf(await reader.until(2))).toEqual([1, 2])
    reader.close()
  })

  it('wait for a slow reader instead of piling up, and lose nothing', async () => {
    const room = await aRoom(1)
    const { tiles } = (await test.call(getBoard, { as: room.teacher, params: { sessionId: room.sessionId } })).body
    const tile = { ...nth(tiles, 0), reason: 'x'.repeat(100_000) }
    const response = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
      request(
        `${address}/api/sessions/${room.sessionId}/events?after=0`,
        { headers: { authorization: `Bearer ${room.teacher.token}` } },
        (answer) => resolve(answer.pause()),
      )
        .on('error', reject)
        .end(),
    )
    await test.db.inInstitution(room.institution.id, async (tx) => {
      const session = { institutionId: room.institution.id, sessionId: room.sessionId }
      for (let i = 0; i < 70; i++) await appendSessionEvent(tx, session, { kind: 'tile', tile }, test.clock.now())
    })
    const seqs: number[] = []
    let rest = ''
    await new Promise<void>((resolve) =>
      response
        .on('data', (chunk) => {
          const lines = (rest + chunk).split('\n')
          rest = lines.pop() ?? ''
          seqs.push(...lines.filter((line) => line.startsWith('id: ')).map((line) => Number(line.slice(4))))
          if (seqs.at(-1) === 70) resolve()
        })
        .resume(),
    )
    expect(seqs).toEqual(upTo(70))
    if ('destroy' in response && typeof response.destroy === 'function') response.destroy()
  })

  it('are for the class’s teachers and the admins, asked anew at every connection', async () => {
    const room = await aRoom()
    const elsewhere = await aRoom()
    const answers = await Promise.all(
      [room.otherTeacher, nth(room.students, 0), elsewhere.teacher, { token: 'forged' }].map((as) =>
        readEvents(address, { as, sessionId: room.sessionId }),
      ),
    )
    expect(answers.map(({ status, error }) => [status, error])).toEqual([
      [403, 'not-allowed'],
      [403, 'not-allowed'],
      [404, 'not-found'],
      [401, 'not-signed-in'],
    ])
  })

  it('end for a teacher who no longer teaches the class', async () => {
    const room = await aRoom()
    const reader = await readEvents(address, { as: room.teacher, sessionId: room.sessionId })
    const admin = await readEvents(address, { as: room.admin, sessionId: room.sessionId })
    await test.db.inInstitution(room.institution.id, async (tx) => {
      await tx.deleteFrom('class_teachers').where('class_id', '=', room.class.id).execute()
      await appendSessionEvent(
        tx,
        { institutionId: room.institution.id, sessionId: room.sessionId },
        { kind: 'reload' },
        test.clock.now(),
      )
    })
    await reader.ended
    expect(reader.events).toEqual([])
    expect(seqsOf(await admin.until(1))).toEqual([1])
    admin.close()
  })

  it('end when the access token has run out, and go on with a new one', async () => {
    const room = await aRoom()
    const [, payload = ''] = room.teacher.token.split('.')
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    test.clock.advance(exp * 1000 - test.clock.now().getTime() - 200)
    const reader = await readEvents(address, { as: room.teacher, sessionId: room.sessionId, after: 0 })
    await reader.ended
    test.clock.advance(200)
    const expired = await readEvents(address, { as: room.teacher, sessionId: room.sessionId })
    expect(expired.error).toBe('not-signed-in')
    const again = await readEvents(address, { as: await signInAgain(test, room.teacher), sessionId: room.sessionId })
    expect(again.status).toBe(200)
    again.close()
  })

  it('take no number that is none', async () => {
    const room = await aRoom()
    for (const query of ['after=-1', 'after=x', 'after=1.5'])
      expect(
        (
          await fetch(`${address}/api/sessions/${room.sessionId}/events?${query}`, {
            headers: { authorization: `Bearer ${room.teacher.token}` },
          })
        ).status,
      ).toBe(400)
    const response = await fetch(`${address}/api/sessions/${room.sessionId}/events`, {
      headers: { authorization: `Bearer ${room.teacher.token}`, 'last-event-id': 'x' },
    })
    expect(response.status).toBe(400)
  })
})
