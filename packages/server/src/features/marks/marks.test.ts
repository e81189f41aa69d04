import {
  changeOwnStatus,
  createOwnStatus,
  endSession,
  getBoard,
  getClassReport,
  getMarkHistory,
  listOwnStatuses,
  markByHand,
  markMany,
  startSession,
  type Tile,
  undoMarks,
  unlockMarks,
} from '@app/contract'
import type { Policy } from '@app/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { signInAgain } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { decided } from '../../testing/builders-marks.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

type Meeting = TestCollege & { sessionId: string }

async function aMeeting(students = 3, policy: Partial<Policy> = {}): Promise<Meeting> {
  const college = await aCollege(test, { students, policy })
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
  })
  return { ...college, sessionId: body.id }
}

const end = ({ teacher: as, sessionId }: Meeting) => test.call(endSession, { as, params: { sessionId } })
const board = async ({ teacher: as, sessionId }: Meeting) =>
  (await test.call(getBoard, { as, params: { sessionId } })).body
const mark = (
  { teacher: as, sessionId, students }: Meeting,
  student: number,
  status: 'present' | 'late' | 'excused' | 'absent',
  given: Parameters<typeof decided>[1] = {},
) =>
  test.call(markByHand, {
    as,
    params: { sessionId, studentId: nth(students, student).id },
    body: decided(status, given),
  })
const many = (
  { teacher: as, sessionId }: Meeting,
  students: 'unmarked' | { studentId: string; seen: number | null }[],
  status: 'present' | 'absent' = 'present',
) => {
  const { seen: _, ...decision } = decided(status, { reason: 'a power cut' })
  return test.call(markMany, { as, params: { sessionId }, body: { ...decision, students } })
}
const undo = ({ teacher: as, sessionId }: Meeting, tiles: readonly Tile[]) =>
  test.call(undoMarks, {
    as,
    params: { sessionId },
    body: { changes: tiles.map(({ studentId, version }) => ({ studentId, version: version ?? 1 })) },
  })

describe('two who decide about one mark', () => {
  it('the later one is told, and decides again about what is there now', async () => {
    const meeting = await aMeeting()
    const first = await mark(meeting, 0, 'present')
    expect((await mark(meeting, 0, 'excused')).error).toBe('changed-meanwhile')
    const second = await mark(meeting, 0, 'excused', { seen: first.body.version })
    expect(second.body.status).toBe('excused')
    expect((await mark(meeting, 0, 'late', { seen: first.body.version })).error).toBe('changed-meanwhile')
  })

  it('a mark that was taken back and made anew is not the one that was seen', async () => {
    const meeting = await aMeeting()
    const first = (await mark(meeting, 0, 'present')).body
    await undo(meeting, [first])
    await mark(meeting, 0, 'late')
    expect((await mark(meeting, 0, 'absent', { seen: first.version })).error).toBe('changed-meanwhile')
  })

  it('the absence that the end made is nobody’s decision', async () => {
    const meeting = await aMeeting()
    await end(meeting)
    expect((await mark(meeting, 0, 'present')).body.status).toBe('present')
  })
})

describe('many at once', () => {
  it('marks everybody who has no mark, and nobody who has one', async () => {
    const meeting = await aMeeting()
    await mark(meeting, 1, 'excused')
    const { body } = await many(meeting, 'unmarked')
    expect(body.tiles.map(({ rollNo, status, reason }) => [rollNo, status, reason])).toEqual([
      ['R1', 'present', 'a power cut'],
      ['R3', 'present', 'a power cut'],
    ])
    expect((await board(meeting)).tiles.map(({ status }) => status)).toEqual(['present', 'excused', 'present'])
  })

  it('names whom it skipped: marks that changed meanwhile, and people of no such list', async () => {
    const meeting = await aMeeting()
    const [first, second] = [nth(meeting.students, 0), nth(meeting.students, 1)]
    await mark(meeting, 1, 'excused')
    const asked = [first, second, meeting.otherTeacher].map(({ id }) => ({ studentId: id, seen: null }))
    const { body } = await many(meeting, asked, 'absent')
    expect(body.tiles.map(({ studentId }) => studentId)).toEqual([first.id])
    expect(body.skipped).toEqual([second.id, meeting.otherTeacher.id])
  })

  it('tells the boards once, not once for each', async () => {
    const meeting = await aMeeting(20)
    await many(meeting, 'unmarked')
    expect((await board(meeting)).seq).toBe(1)
  })
})

describe('an undo', () => {
  it('puts back what was there before, whole', async () => {
    const meeting = await aMeeting()
    const before = (await mark(meeting, 0, 'late', { reason: 'the bus', note: 'third time' })).body
    test.clock.advance(60_000)
    const changed = (await mark(meeting, 0, 'absent', { seen: before.version })).body
    const { body } = await undo(meeting, [changed])
    expect(nth(body.tiles, 0)).toEqual({ ...before, version: nth(body.tiles, 0).version })
  })

  it('takes a first mark away, and leaves an absence where the session has ended', async () => {
    const meeting = await aMeeting()
    await undo(meeting, (await many(meeting, 'unmarked')).body.tiles)
    expect((await board(meeting)).tiles.map(({ status }) => status)).toEqual([null, null, null])
    const made = (await mark(meeting, 0, 'present')).body
    await end(meeting)
    const { body } = await undo(meeting, [made])
    expect(nth(body.tiles, 0)).toMatchObject({ status: 'absent', method: 'closing', assurance: null })
  })

  it('touches nothing that somebody has changed since, or that another made', async () => {
    const meeting = await aMeeting()
    const made = (await mark(meeting, 0, 'present')).body
    const newer = (await mark(meeting, 0, 'late', { seen: made.version })).body
    expect((await undo(meeting, [made])).body).toEqual({ tiles: [], skipped: [made.studentId] })
    await test.db.inInstitution(meeting.institution.id, (tx) =>
      tx
        .insertInto('class_teachers')
        .values({
          institution_id: meeting.institution.id,
          class_id: meeting.class.id,
          person_id: meeting.otherTeacher.id,
        })
        .execute(),
    )
    const other = { ...meeting, teacher: meeting.otherTeacher }
    expect((await undo(other, [newer])).body.skipped).toEqual([newer.studentId])
  })
})

describe('the institution’s own statuses', () => {
  const create = (meeting: Meeting, name: string, weight: number | null) =>
    test.call(createOwnStatus, { as: meeting.admin, body: { name, base: 'late', weight } })

  it('weigh what they say, also when that changes later', async () => {
    const meeting = await aMeeting()
    const { body: half } = await create(meeting, 'Left early', 0.5)
    const marked = await mark(meeting, 0, 'late', { ownStatusId: half.id })
    expect(marked.body.ownStatus).toEqual({ id: half.id, name: 'Left early' })
    await end(meeting)
    const percentage = async () =>
      (await test.call(getClassReport, { as: meeting.teacher, params: { classId: meeting.class.id } })).body.rows.map(
        (row) => row.percentage,
      )
    expect(await percentage()).toEqual([50, 0, 0])
    await test.call(changeOwnStatus, {
      as: meeting.admin,
      params: { statusId: half.id },
      body: { name: 'Left early', weight: null, isArchived: false },
    })
    expect(await percentage()).toEqual([null, 0, 0])
  })

  it('have names of their own, whatever their case', async () => {
    const meeting = await aMeeting()
    const { body } = await create(meeting, 'On duty', 1)
    expect((await create(meeting, 'ON DUTY', 1)).error).toBe('status-name-taken')
    const other = (await create(meeting, 'At a match', 1)).body
    const rename = (name: string) =>
      test.call(changeOwnStatus, {
        as: meeting.admin,
        params: { statusId: other.id },
        body: { name, weight: 1, isArchived: false },
      })
    expect((await rename('on duty')).error).toBe('status-name-taken')
    expect((await rename('AT A MATCH')).body.name).toBe('AT A MATCH')
    const { statuses } = (await test.call(listOwnStatuses, { as: meeting.teacher })).body
    expect(statuses.map(({ name }) => name)).toEqual(['AT A MATCH', body.name])
  })

  it('are refused for another base, once off the list, and from another institution', async () => {
    const meeting = await aMeeting()
    const elsewhere = await aMeeting()
    const { body: own } = await create(meeting, 'Remote', 1)
    const { body: theirs } = await create(elsewhere, 'Remote', 1)
    expect((await mark(meeting, 0, 'present', { ownStatusId: own.id })).error).toBe('bad-input')
    expect((await mark(meeting, 0, 'late', { ownStatusId: theirs.id })).error).toBe('bad-input')
    await test.call(changeOwnStatus, {
      as: meeting.admin,
      params: { statusId: own.id },
      body: { name: 'Remote', weight: 1, isArchived: true },
    })
    expect((await mark(meeting, 0, 'late', { ownStatusId: own.id })).error).toBe('bad-input')
  })

  it.each([-0.1, 1.1, 0.125])('weigh no %d', async (weight) => {
    expect((await create(await aMeeting(), 'Odd', weight)).error).toBe('bad-input')
  })
})

describe('the lock', () => {
  const DAY_MS = 86_400_000

  it('closes the marks after the policy’s days, until an admin opens them for a while, with a reason', async () => {
    const meeting = await aMeeting()
    await end(meeting)
    test.clock.advance(14 * DAY_MS)
    const teacher = { ...meeting, teacher: { ...meeting.teacher, ...(await signInAgain(test, meeting.teacher)) } }
    const admin = await signInAgain(test, meeting.admin)
    expect((await mark(teacher, 0, 'present')).error).toBe('marks-locked')
    expect((await many(teacher, 'unmarked')).error).toBe('marks-locked')
    expect(await board(teacher)).toMatchObject({ marksLocked: true, unlockedUntil: null })
    const unlock = () =>
      test.call(unlockMarks, {
        as: admin,
        params: { sessionId: meeting.sessionId },
        body: { hours: 2, reason: 'the sheet was found' },
      })
    const until = (await unlock()).body.until
    expect(await board(teacher)).toMatchObject({ marksLocked: false, unlockedUntil: until })
    expect((await unlock()).error).toBe('not-locked')
    expect((await mark(teacher, 0, 'present')).body.status).toBe('present')
    test.clock.advance(2 * 3_600_000)
    const later = { ...meeting, teacher: { ...meeting.teacher, ...(await signInAgain(test, meeting.teacher)) } }
    expect((await mark(later, 1, 'present')).error).toBe('marks-locked')
  })
})

describe('the history of a mark', () => {
  it('says who, when, from what to what and why, in words that are there', async () => {
    const meeting = await aMeeting()
    const { body: own } = await test.call(createOwnStatus, {
      as: meeting.admin,
      body: { name: 'Left early', base: 'late', weight: 0.5 },
    })
    const made = (await mark(meeting, 0, 'present')).body
    const changed = (
      await mark(meeting, 0, 'late', { seen: made.version, ownStatusId: own.id, reason: 'ill', note: 'again' })
    ).body
    await undo(meeting, [changed])
    const { changes } = (
      await test.call(getMarkHistory, {
        as: meeting.admin,
        params: { sessionId: meeting.sessionId, studentId: made.studentId },
      })
    ).body
    expect(changes).toMatchObject([
      { action: 'record-made', by: 'Tara Teacher', from: null, to: { status: 'present', method: 'hand' } },
      {
        action: 'record-changed',
        from: { status: 'present', ownStatus: null },
        to: { status: 'late', ownStatus: 'Left early', reason: 'ill', note: 'again' },
        reason: 'ill',
      },
      { action: 'record-restored', from: { ownStatus: 'Left early' }, to: { status: 'present' } },
    ])
  })
})

it('weighs late as the policy says', async () => {
  const meeting = await aMeeting(2, { lateWeight: 0.5 })
  await mark(meeting, 0, 'late')
  await end(meeting)
  const { body } = await test.call(getClassReport, { as: meeting.teacher, params: { classId: meeting.class.id } })
  expect(body.rows.map((row) => row.percentage)).toEqual([50, 0])
})
