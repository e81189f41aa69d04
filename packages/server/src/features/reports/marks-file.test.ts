import {
  addGuest,
  cancelSession,
  checkInByCode,
  createOwnStatus,
  downloadClassMarks,
  downloadSessionMarks,
  endSession,
  getRotatingCode,
  matchGuest,
  planSession,
  showPresence,
} from '@app/contract'
import { read, utils } from '@e965/xlsx'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aPerson, aSession, signInAgain, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aCheckInChallenge, anUpload, checkIn, readShownFaces, sendCheckIn } from '../../testing/builders-faces.ts'
import { decided, markAnew } from '../../testing/builders-marks.ts'
import { aliceIn, aRoom, bobIn, type Room } from '../../testing/builders-room.ts'

const MINUTE = 60_000
const STATUS_AND_LEVEL = [2, 3, 4] as const

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

/** A room that asks for its code beside the face, without demanding it; R1 to R7. */
const aMixedRoom = () => aRoom(test, { students: 7, policy: { presenceProofs: ['room-code'], lateWeight: 1 } })

const inRoom = ({ institution }: TestCollege, work: Parameters<typeof test.db.inInstitution<unknown>>[1]) =>
  test.db.inInstitution(institution.id, work)

const codeOf = async ({ teacher, sessionId }: Room) =>
  (await test.call(getRotatingCode, { as: teacher, params: { sessionId } })).body.code

const mark = (room: Room, place: number, given: Parameters<typeof decided>) =>
  markAnew(
    test,
    { as: room.teacher, sessionId: room.sessionId, studentId: nth(room.students, place).id },
    decided(...given),
  )

/** One of each: face and room's code, face alone, code, by hand, a status of the institution's own, nothing, held. */
async function markOneOfEach(room: Room): Promise<void> {
  const challenge = await aCheckInChallenge(test, room.alice, room.sessionId)
  const params = { challengeId: challenge.id }
  await test.call(showPresence, { as: room.alice, params, body: { code: await codeOf(room), position: null } })
  await sendCheckIn(test, room.alice, challenge.id, anUpload(aliceIn(room)))
  await checkIn(test, room.bob, room.sessionId, bobIn(room))
  const session = { params: { sessionId: room.sessionId } }
  await test.call(checkInByCode, { as: nth(room.students, 2), ...session, body: { code: await codeOf(room) } })
  await mark(room, 3, ['late', { reason: 'The bus, again', note: 'third time' }])
  const own = { name: 'Left early', base: 'late', weight: 0.5 } as const
  const { body: leftEarly } = await test.call(createOwnStatus, { as: room.admin, body: own })
  await mark(room, 4, ['late', { ownStatusId: leftEarly.id }])
  await mark(room, 6, ['present', {}])
  const held = sql`update records set held_at = ${test.clock.now()} where student_id = ${nth(room.students, 6).id}`
  await inRoom(room, (tx) => held.execute(tx))
}

const endNow = async (room: Room) => {
  test.clock.advance(30 * MINUTE)
  const as = await signInAgain(test, room.teacher)
  await test.call(endSession, { as, params: { sessionId: room.sessionId } })
}

type Asked = { format?: 'csv' | 'xlsx'; as?: { token: string } }
const ofSession = async (room: Room, { format = 'csv', as }: Asked = {}) =>
  test.call(downloadSessionMarks, {
    as: as ?? (await signInAgain(test, room.teacher)),
    params: { sessionId: room.sessionId },
    query: { format },
  })
const ofClass = async (college: TestCollege, { format = 'csv', as }: Asked = {}) =>
  test.call(downloadClassMarks, {
    as: as ?? (await signInAgain(test, college.teacher)),
    params: { classId: college.class.id },
    query: { format },
  })

/** The rows of the file's one page as they are shown, the header first. */
function rowsOf({ raw }: Pick<Awaited<ReturnType<typeof ofClass>>, 'raw'>): string[][] {
  const isZip = raw.rawPayload.subarray(0, 2).toString('latin1') === 'PK'
  const book = isZip
    ? read(raw.rawPayload, { type: 'buffer' })
    : read(new TextDecoder().decode(raw.rawPayload), { type: 'string', raw: true })
  return utils.sheet_to_json(book.Sheets[nth(book.SheetNames, 0)] ?? {}, { header: 1, raw: false, defval: '' })
}
const cells = (rows: string[][], places: readonly number[]) => rows.map((row) => places.map((place) => row[place]))

describe('the marks of a session as a file', () => {
  it('say of each student what the board says, with the assurance in words', async () => {
    const room = await aMixedRoom()
    await markOneOfEach(room)
    const marked = dayAndTime(test.clock.now()).join(' ')
    await endNow(room)
    const ended = dayAndTime(test.clock.now()).join(' ')
    const reply = await ofSession(room)
    expect(reply.raw.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(decodeURIComponent(String(reply.raw.headers['content-disposition']))).toMatch(/-2026-03-02-marks\.csv$/)
    const [header, ...rows] = rowsOf(reply)
    expect(header?.join()).toBe('Roll No,Full Name,Status,How,Assurance,Marked At,Marked By,Reason,Note')
    expect(rows.map(([rollNo, fullName]) => [rollNo, fullName])).toEqual(
      room.students.map(({ rollNo, fullName }) => [rollNo, fullName]),
    )
    expect(rows.map((row) => row.slice(2))).toEqual([
      ['Present', 'By face', 'A: face, live, and shown to be in the room', marked, '', '', ''],
      ['Present', 'By face', 'B: face, live', marked, '', '', ''],
      ['Present', 'By code', 'C: the code in the room, on the student’s own sign-in', marked, '', '', ''],
      ['Late', 'By hand', 'D: by hand', marked, 'Tara Teacher', 'The bus, again', 'third time'],
      ['Left early', 'By hand', 'D: by hand', marked, 'Tara Teacher', '', ''],
      ['Absent', 'When the session ended', '', ended, '', '', ''],
      ['Held', 'By hand', 'D: by hand', marked, 'Tara Teacher', '', ''],
    ])
  })

  it('are the same in a workbook', async () => {
    const room = await aMixedRoom()
    await markOneOfEach(room)
    await endNow(room)
    expect(rowsOf(await ofSession(room, { format: 'xlsx' }))).toEqual(rowsOf(await ofSession(room)))
  })

  it('say who is missing while it runs, and that there is no mark once it has ended', async () => {
    const room = await aRoom(test, { students: 2 })
    expect(cells(rowsOf(await ofSession(room)).slice(1), STATUS_AND_LEVEL)).toEqual([
      ['Missing', '', ''],
      ['Missing', '', ''],
    ])
    await endNow(room)
    await inRoom(room, (tx) => tx.deleteFrom('records').where('student_id', '=', room.bob.id).execute())
    expect(cells(rowsOf(await ofSession(room)).slice(1), STATUS_AND_LEVEL)).toEqual([
      ['Absent', 'When the session ended', ''],
      ['Absent', 'No mark', ''],
    ])
  })

  it('end with the guests, also one who turned out to be of another class', async () => {
    const room = await aRoom(test, { students: 2 })
    const gita = await aPerson(test, room.institution, { roles: ['student'], rollNo: 'G-7', fullName: 'Gita Rao' })
    const add = (fullName: string, note: string) =>
      test.call(addGuest, { as: room.teacher, params: { sessionId: room.sessionId }, body: { fullName, note } })
    const now = dayAndTime(test.clock.now()).join(' ')
    await add('A cousin', 'visits for a day')
    test.clock.advance(MINUTE)
    const later = dayAndTime(test.clock.now()).join(' ')
    const { body: guest } = await add('Somebody', '')
    const params = { sessionId: room.sessionId, guestId: guest.id }
    await test.call(matchGuest, { as: room.teacher, params, body: { rollNo: gita.rollNo ?? '' } })
    expect(rowsOf(await ofSession(room)).slice(3)).toEqual([
      ['', 'A cousin', 'Guest', '', '', now, 'Tara Teacher', '', 'visits for a day'],
      [...['G-7', 'Gita Rao', 'Present (guest)', 'By hand', 'D: by hand'], ...[later, 'Tara Teacher', '', '']],
    ])
  })

  it('are not there before the session has started, nor once it is cancelled', async () => {
    const college = await aCollege(test)
    const as = await signInAgain(test, college.teacher)
    const { body: planned } = await test.call(planSession, {
      as,
      params: { classId: college.class.id },
      body: { day: '2026-05-04', startsAt: '10:00', room: '' },
    })
    const params = { sessionId: planned.id }
    const ask = () => test.call(downloadSessionMarks, { as, params, query: { format: 'csv' } })
    expect((await ask()).error).toBe('session-not-started')
    await test.call(cancelSession, { as, params, body: { reason: 'ill' } })
    expect((await ask()).error).toBe('session-cancelled')
  })
})

describe('the marks of a class as a file', () => {
  const MARKED = { joined_at: new Date('2026-03-02T09:00:00Z'), left_at: null as Date | null }
  const stay = (college: TestCollege, person: TestPerson, given: Partial<typeof MARKED>) =>
    inRoom(college, (tx) =>
      tx
        .insertInto('class_students')
        .values({
          institution_id: college.institution.id,
          class_id: college.class.id,
          person_id: person.id,
          ...MARKED,
          ...given,
        })
        .execute(),
    )

  it('are those of each ended session, the oldest first, of whoever belonged to the class then', async () => {
    const college = await aCollege(test, { students: 1 })
    const ended = { startedBy: college.teacher, endedAfterMinutes: 50 }
    const first = test.clock.now()
    await aSession(test, college.class, ended)
    const second = new Date(first.getTime() + 24 * 60 * MINUTE)
    await aSession(test, college.class, { ...ended, opensAt: second })
    await aSession(test, college.class, { startedBy: college.teacher, opensAt: new Date(second.getTime() + MINUTE) })
    const between = new Date(first.getTime() + 120 * MINUTE)
    const late = await aPerson(test, college.institution, { roles: ['student'], rollNo: 'R2' })
    const gone = await aPerson(test, college.institution, { roles: ['student'], rollNo: 'R3' })
    await stay(college, late, { joined_at: between })
    await stay(college, gone, { left_at: between })
    const [header, ...rows] = rowsOf(await ofClass(college))
    expect(header?.slice(0, 6)).toEqual(['Roll No', 'Full Name', 'Date', 'Starts', 'Status', 'How'])
    const { opened, next } = { opened: dayAndTime(first), next: dayAndTime(second) }
    expect(cells(rows, [0, 2, 3, 4])).toEqual([
      ['R1', ...opened, 'Absent'],
      ['R3', ...opened, 'Absent'],
      ['R1', ...next, 'Absent'],
      ['R2', ...next, 'Absent'],
    ])
  })

  it('have no line before a session has ended, and a name that says what they are', async () => {
    const reply = await ofClass(await aRoom(test), { format: 'xlsx' })
    expect(rowsOf(reply)).toHaveLength(1)
    expect(decodeURIComponent(String(reply.raw.headers['content-disposition']))).toMatch(/-marks\.xlsx$/)
  })

  it.each(['csv', 'xlsx'] as const)(
    'hand a reason that a spreadsheet would run over as text, as .%s',
    async (format) => {
      const room = await aRoom(test)
      await mark(room, 0, ['present', { reason: '=cmd|"/C calc"!A0', note: '@SUM(A1)' }])
      await endNow(room)
      const rows = rowsOf(await ofClass(room, { format }))
      expect(rows[1]?.slice(-2)).toEqual(['\'=cmd|"/C calc"!A0', "'@SUM(A1)"])
    },
  )

  it('are for the class’s teachers and admins of its institution, as its report is', async () => {
    const room = await aRoom(test)
    for (const ask of [ofClass, ofSession]) {
      expect((await ask(room, { as: room.admin })).status).toBe(200)
      expect((await ask(room, { as: room.otherTeacher })).error).toBe('not-allowed')
      expect((await ask(room, { as: room.alice })).error).toBe('not-allowed')
      expect((await ask(room, { as: (await aCollege(test)).admin })).error).toBe('not-found')
    }
  })

  it('of a class-term of 300 students and 60 sessions are all there', async () => {
    const college = await aCollege(test, { students: 1 })
    const at = test.clock.now()
    const add = (statement: ReturnType<typeof sql>) => inRoom(college, (tx) => statement.execute(tx))
    await add(sql`insert into people (institution_id, id, full_name, roll_no, status, created_at)
      select ${college.institution.id}, gen_random_uuid(), 'S', 'T' || n, 'active', ${at} from generate_series(2, 300) n`)
    await add(sql`insert into class_students (institution_id, class_id, person_id, joined_at)
      select institution_id, ${college.class.id}, id, ${at} from people where roll_no like 'T%'`)
    await add(sql`insert into sessions (institution_id, id, class_id, opens_at, late_after, closes_at, ended_at, methods, started_at, started_by)
      select ${college.institution.id}, gen_random_uuid(), ${college.class.id}, d, d, d + interval '1 hour', d + interval '1 hour', '{face}', d, ${college.teacher.id}
      from generate_series(1, 60) n, lateral (select ${at}::timestamptz + n * interval '1 day' as d)`)
    await add(sql`insert into records (institution_id, session_id, student_id, status, method, assurance, marked_at)
      select s.institution_id, s.id, p.id, 'present', 'face', 'B', s.opens_at from people p, sessions s where roll_no like 'T%'`)
    const from = performance.now()
    const reply = await ofClass(college)
    if (process.env.MEASURE) console.log('marks of 300 x 60, ms:', performance.now() - from)
    const rows = rowsOf(reply)
    expect(rows).toHaveLength(1 + 300 * 60)
    expect(rows.filter((row) => row[6] === 'B: face, live')).toHaveLength(299 * 60)
  })
})

/** What the file says of a moment, by clocks in Kolkata. */
function dayAndTime(at: Date): string[] {
  return at.toLocaleString('sv-SE', { timeZone: 'Asia/Kolkata' }).slice(0, 16).split(' ')
}
