import {
  addRequestFile,
  answerCorrection,
  answerLeave,
  askCorrection,
  askLeave,
  downloadRequestFile,
  endSession,
  getBoard,
  getMarkHistory,
  listMyRequests,
  listRequests,
  startSession,
  withdrawRequest,
} from '@app/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aClass, aPerson, signInAgain, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

type Meeting = TestCollege & { sessionId: string; alice: TestPerson; bob: TestPerson }

async function start(college: TestCollege, classId = college.class.id): Promise<string> {
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
  })
  return body.id
}
async function end({ teacher: as }: TestCollege, sessionId: string) {
  test.clock.advance(1000)
  await test.call(endSession, { as, params: { sessionId } })
}
/** A session that has ended, in which everybody was absent. */
async function aMissedMeeting(policy: Parameters<typeof aCollege>[1] = {}): Promise<Meeting> {
  const college = await aCollege(test, policy)
  const sessionId = await start(college)
  await end(college, sessionId)
  return { ...college, sessionId, alice: nth(college.students, 0), bob: nth(college.students, 1) }
}
const ask = (meeting: Meeting, as = meeting.alice, wanted: 'present' | 'late' | 'excused' = 'present') =>
  test.call(askCorrection, { as, body: { sessionId: meeting.sessionId, wanted, reason: 'my camera was broken' } })
const grant = (as: { token: string }, requestId: string) =>
  test.call(answerCorrection, {
    as,
    params: { requestId },
    body: { answer: 'granted', status: 'late', note: 'I saw you come' },
  })
const statusesOf = async ({ teacher: as }: TestCollege, sessionId: string) =>
  (await test.call(getBoard, { as, params: { sessionId } })).body.tiles.map(({ status }) => status)

describe('a correction', () => {
  it('is asked, granted with the status the teacher finds right, and stands in the history', async () => {
    const meeting = await aMissedMeeting()
    const { body: asked } = await ask(meeting)
    expect(asked).toMatchObject({ status: 'absent', wanted: 'present', reason: 'my camera was broken', answer: null })
    expect((await test.call(listRequests, { as: meeting.teacher, query: {} })).body.corrections).toEqual([asked])
    const { body: answered } = await grant(meeting.teacher, asked.id)
    expect(answered).toMatchObject({
      answer: 'granted',
      status: 'late',
      answeredBy: 'Tara Teacher',
      note: 'I saw you come',
    })
    expect(await statusesOf(meeting, meeting.sessionId)).toEqual(['late', 'absent'])
    const { changes } = (
      await test.call(getMarkHistory, {
        as: meeting.teacher,
        params: { sessionId: meeting.sessionId, studentId: meeting.alice.id },
      })
    ).body
    expect(changes.at(-1)).toMatchObject({
      by: 'Tara Teacher',
      from: { status: 'absent' },
      to: { status: 'late' },
      reason: 'my camera was broken',
    })
    expect((await test.call(listRequests, { as: meeting.teacher, query: { state: 'open' } })).body.corrections).toEqual(
      [],
    )
    expect((await test.call(listMyRequests, { as: meeting.alice })).body.corrections).toEqual([answered])
  })

  it('is declined with a word, and changes nothing', async () => {
    const meeting = await aMissedMeeting()
    const { body: asked } = await ask(meeting)
    const decline = (note: string) =>
      test.call(answerCorrection, {
        as: meeting.admin,
        params: { requestId: asked.id },
        body: { answer: 'declined', note },
      })
    expect((await decline('')).error).toBe('bad-input')
    expect((await decline('the list says otherwise')).body.answer).toBe('declined')
    expect((await decline('twice')).error).toBe('already-done')
    expect(await statusesOf(meeting, meeting.sessionId)).toEqual(['absent', 'absent'])
  })

  it('is one at a time for a mark, is not asked while the session runs, nor for what the mark is', async () => {
    const meeting = await aMissedMeeting()
    await ask(meeting)
    expect((await ask(meeting)).error).toBe('request-open-already')
    await grant(meeting.teacher, (await ask(meeting, meeting.bob)).body.id)
    expect((await ask(meeting, meeting.bob, 'late')).error).toBe('already-done')
    const open = { ...meeting, sessionId: await start(meeting) }
    expect((await ask(open)).error).toBe('session-not-ended')
    expect((await ask(meeting, meeting.otherTeacher)).error).toBe('not-allowed')
  })

  it('is answered once, whoever is quicker', async () => {
    const meeting = await aMissedMeeting()
    const { body: asked } = await ask(meeting)
    const replies = await Promise.all(
      [meeting.teacher, meeting.admin, meeting.teacher].map((as) => grant(as, asked.id)),
    )
    expect(replies.map(({ error }) => error ?? 'ok').sort()).toEqual(['already-done', 'already-done', 'ok'])
  })

  it('is never answered by who asks, also when they teach the class', async () => {
    const meeting = await aMissedMeeting()
    const both = await aPerson(test, meeting.institution, { roles: ['teacher', 'student'] })
    const taught = await aClass(test, meeting.institution, { teachers: [meeting.teacher, both], students: [both] })
    test.clock.advance(1000)
    const sessionId = await start(meeting, taught.id)
    await end(meeting, sessionId)
    const { body: asked } = await ask({ ...meeting, sessionId }, both)
    expect((await grant(both, asked.id)).error).toBe('own-request')
    expect((await grant(meeting.teacher, asked.id)).status).toBe(200)
  })

  it('is neither asked nor granted once the marks are locked', async () => {
    const meeting = await aMissedMeeting({ policy: { lockDays: 1 } })
    const { body: asked } = await ask(meeting)
    test.clock.advance(86_400_000)
    const [teacher, bob] = [await signInAgain(test, meeting.teacher), await signInAgain(test, meeting.bob)]
    expect((await grant(teacher, asked.id)).error).toBe('marks-locked')
    expect((await ask(meeting, { ...meeting.bob, ...bob })).error).toBe('marks-locked')
  })

  it('is taken back by who asked, until it is answered', async () => {
    const meeting = await aMissedMeeting()
    const { body: asked } = await ask(meeting)
    const withdraw = (as: { token: string }) => test.call(withdrawRequest, { as, params: { requestId: asked.id } })
    expect((await withdraw(meeting.bob)).error).toBe('not-found')
    expect((await withdraw(meeting.alice)).status).toBe(200)
    expect((await withdraw(meeting.alice)).error).toBe('already-done')
    expect((await grant(meeting.teacher, asked.id)).error).toBe('already-done')
    expect((await ask(meeting)).status).toBe(200)
  })
})

describe('the file beside a request', () => {
  const PDF = Buffer.from('%PDF-1.7 a letter of the doctor')
  const add = (as: { token: string }, requestId: string, bytes = PDF) =>
    test.call(addRequestFile, { as, params: { requestId }, file: { bytes, name: '../../letter.html' } })

  it('comes back as it was sent, to save, to those who may see the request', async () => {
    const meeting = await aMissedMeeting()
    const { body: asked } = await ask(meeting)
    const { body: file } = await add(meeting.alice, asked.id)
    expect(file).toMatchObject({ kind: 'pdf', bytes: PDF.length })
    const get = (as: { token: string }) =>
      test.call(downloadRequestFile, { as, params: { requestId: asked.id, fileId: file.id } })
    for (const as of [meeting.alice, meeting.teacher, meeting.admin]) {
      const { raw } = await get(as)
      expect(raw.rawPayload.equals(PDF)).toBe(true)
      expect(raw.headers['content-type']).toBe('application/octet-stream')
      expect(raw.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''request-[0-9a-f-]+\.pdf$/)
      expect(raw.headers['x-content-type-options']).toBe('nosniff')
    }
    expect((await get(meeting.bob)).error).toBe('not-allowed')
    expect((await get(meeting.otherTeacher)).error).toBe('not-allowed')
    expect((await get((await aCollege(test)).admin)).error).toBe('not-found')
  })

  it('is a picture or a PDF by its bytes, three of them at most, while nobody has answered', async () => {
    const meeting = await aMissedMeeting()
    const { body: asked } = await ask(meeting)
    expect((await add(meeting.alice, asked.id, Buffer.from('<html><script>'))).error).toBe('wrong-media-type')
    expect((await add(meeting.alice, asked.id, Buffer.alloc(5 * 1024 * 1024 + 1, '%PDF-'))).error).toBe('too-large')
    const replies = await Promise.all([1, 2, 3, 4].map(() => add(meeting.alice, asked.id)))
    expect(replies.map(({ error }) => error ?? 'ok').sort()).toEqual(['files-too-many', 'ok', 'ok', 'ok'])
    await grant(meeting.teacher, asked.id)
    expect((await add(meeting.alice, asked.id)).error).toBe('already-done')
  })
})

describe('leave', () => {
  const askFor = (as: { token: string }, from: string, until = from, classIds: string[] = []) =>
    test.call(askLeave, { as, body: { from, until, classIds, reason: 'a wedding' } })
  const answer = (
    as: { token: string },
    requestId: string,
    classIds: string[],
    given: 'granted' | 'declined' = 'granted',
  ) => test.call(answerLeave, { as, params: { requestId }, body: { answer: given, classIds, note: '' } })
  /** The day of the test's clock in Asia/Kolkata. */
  const today = () => new Date(test.clock.now().getTime() + 5.5 * 3_600_000).toISOString().slice(0, 10)

  it('excuses from the sessions in its days when they end, and only those who have it', async () => {
    const college = await aCollege(test)
    const [alice, bob] = [nth(college.students, 0), nth(college.students, 1)]
    const { body: leave } = await askFor(alice, today())
    await answer(college.teacher, leave.id, [college.class.id])
    await askFor(bob, today())
    const sessionId = await start(college)
    await end(college, sessionId)
    expect(await statusesOf(college, sessionId)).toEqual(['excused', 'absent'])
  })

  it('excuses also from what has ended in the meantime, but changes no mark that was made', async () => {
    const college = await aCollege(test)
    const alice = nth(college.students, 0)
    const { body: leave } = await askFor(alice, today())
    const first = await start(college)
    await end(college, first)
    expect(await statusesOf(college, first)).toEqual(['absent', 'absent'])
    await answer(college.admin, leave.id, [college.class.id])
    expect(await statusesOf(college, first)).toEqual(['excused', 'absent'])
  })

  it('is answered by each class for itself', async () => {
    const college = await aCollege(test)
    const alice = nth(college.students, 0)
    const sports = await aClass(test, college.institution, { teachers: [college.otherTeacher], students: [alice] })
    const { body: leave } = await askFor(alice, today())
    expect(leave.classes).toHaveLength(2)
    const seen = async (as: { token: string }) =>
      (await test.call(listRequests, { as, query: {} })).body.leaves.flatMap(({ classes }) =>
        classes.map(({ classId }) => classId),
      )
    expect(await seen(college.otherTeacher)).toEqual([sports.id])
    expect((await answer(college.otherTeacher, leave.id, [college.class.id])).error).toBe('not-allowed')
    expect((await answer(college.otherTeacher, leave.id, [sports.id])).status).toBe(200)
    expect((await answer(college.otherTeacher, leave.id, [sports.id])).error).toBe('already-done')
    expect(await seen(college.otherTeacher)).toEqual([])
    expect((await answer(college.teacher, leave.id, [college.class.id], 'declined')).body.classes).toMatchObject([
      { classId: college.class.id, answer: 'declined' },
    ])
  })

  it('knows its days by the institution’s calendar', async () => {
    const college = await aCollege(test)
    const alice = nth(college.students, 0)
    const { body: leave } = await askFor(alice, today())
    await answer(college.admin, leave.id, [college.class.id])
    test.clock.advance(86_400_000)
    Object.assign(college.teacher, await signInAgain(test, college.teacher))
    const sessionId = await start(college)
    await end(college, sessionId)
    expect(await statusesOf(college, sessionId)).toEqual(['absent', 'absent'])
  })

  it.each([
    ['yesterday', '2026-03-01', '2026-03-10'],
    ['backwards', '2027-03-10', '2027-03-09'],
    ['the year 2099', '2026-03-10', '2099-03-10'],
  ])('takes no days such as %s', async (_, from, until) => {
    const college = await aCollege(test)
    expect((await askFor(nth(college.students, 0), from, until)).error).toBe('leave-days')
  })

  it('is for one’s own classes, and can be taken back until a class has answered', async () => {
    const college = await aCollege(test)
    const alice = nth(college.students, 0)
    const other = await aClass(test, college.institution, { teachers: [college.teacher] })
    expect((await askFor(alice, today(), today(), [other.id])).error).toBe('not-in-class')
    const withdraw = (requestId: string) => test.call(withdrawRequest, { as: alice, params: { requestId } })
    const first = (await askFor(alice, today())).body
    expect((await withdraw(first.id)).status).toBe(200)
    expect((await answer(college.admin, first.id, [college.class.id])).error).toBe('already-done')
    const second = (await askFor(alice, today())).body
    await answer(college.admin, second.id, [college.class.id])
    expect((await withdraw(second.id)).error).toBe('already-done')
  })
})
