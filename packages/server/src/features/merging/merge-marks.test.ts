import { endSession, getBoard, getClassReport, getMarkHistory, markByHand } from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import type { TestClass, TestPerson } from '../../testing/builders.ts'
import type { TestCollege } from '../../testing/builders-class.ts'
import { readShownFaces } from '../../testing/builders-faces.ts'
import { aPair, type Merged, markByShown, mergePair, previewPair, startAnHour } from '../../testing/builders-merging.ts'

let app: TestApp
let college: TestCollege
/** One student with two accounts: the one who stays, and the one who goes. */
let kept: TestPerson
let merged: TestPerson
beforeAll(async () => {
  app = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => app.close())
beforeEach(async () => {
  ;({ college, kept, merged } = await aPair(app))
})

const merge = (given?: Merged) => mergePair(app, { college, kept, merged }, given)
const preview = () => previewPair(app, { college, kept, merged })
const inCollege = <Result>(work: Parameters<typeof app.db.inInstitution<Result>>[1]) =>
  app.db.inInstitution(college.institution.id, work)
const recordsOf = (sessionId: string) =>
  inCollege((tx) =>
    tx.selectFrom('records').select(['student_id', 'status', 'method']).where('session_id', '=', sessionId).execute(),
  )
const start = (of: TestClass = college.class) => startAnHour(app, college, of)
const end = (sessionId: string) => app.call(endSession, { as: college.teacher, params: { sessionId } })
const byCode = (person: TestPerson, sessionId: string) => markByShown(app, college, { person, sessionId })
const byHand = (person: TestPerson, sessionId: string) =>
  app.call(markByHand, {
    as: college.teacher,
    params: { sessionId, studentId: person.id },
    body: { status: 'excused', ownStatusId: null, reason: 'ill', note: '', seen: null },
  })

describe('marks of both', () => {
  test('go to the one who stays, and where both have one the better founded does', async () => {
    const onlyOne = await start()
    await byCode(merged, onlyOne)
    await end(onlyOne)
    app.clock.advance(1000)
    const handWins = await start()
    await byCode(kept, handWins)
    app.clock.advance(1000)
    await byHand(merged, handWins)
    await end(handWins)
    const earlierWins = await start()
    await byCode(merged, earlierWins)
    app.clock.advance(2 * 60_000)
    await byCode(kept, earlierWins)
    await end(earlierWins)

    const seen = await preview()
    // The end of the first marked the one who stays absent.
    expect(seen.both.map(({ sessionId, stays }) => [sessionId, stays])).toEqual([
      [onlyOne, 'merged'],
      [handWins, 'merged'],
      [earlierWins, 'merged'],
    ])
    expect(seen.records).toBe(0)
    await merge()
    const of = async (sessionId: string) => {
      const rows = await recordsOf(sessionId)
      return rows.map(({ student_id, status, method }) => [student_id === kept.id, status, method])
    }
    expect(await of(onlyOne)).toEqual([[true, 'present', 'code']])
    expect(await of(handWins)).toEqual([[true, 'excused', 'hand']])
    expect(await of(earlierWins)).toEqual([[true, 'present', 'code']])
    const { body } = await app.call(getClassReport, { as: college.teacher, params: { classId: college.class.id } })
    expect(body.rows).toMatchObject([{ personId: kept.id, presentSessions: 2, totalSessions: 2, percentage: 100 }])
  })

  test('have one history: what was said of either, and the old value of the one that went', async () => {
    const sessionId = await start()
    await byCode(merged, sessionId)
    app.clock.advance(2 * 60_000)
    await byCode(kept, sessionId)
    await merge()
    const { body } = await app.call(getMarkHistory, {
      as: college.teacher,
      params: { sessionId, studentId: kept.id },
    })
    expect(body.changes.map(({ action, from, to }) => [action, from?.status ?? null, to?.status])).toEqual([
      ['record-made', null, 'present'],
      ['record-made', null, 'late'],
      ['record-merged', 'late', 'present'],
    ])
  })

  test('of an open session appear on its board at once', async () => {
    const sessionId = await start()
    await byCode(merged, sessionId)
    const look = async () => (await app.call(getBoard, { as: college.teacher, params: { sessionId } })).body
    const before = await look()
    await merge()
    const after = await look()
    expect(after.tiles.map(({ studentId, status }) => [studentId, status])).toEqual([[kept.id, 'present']])
    expect(after.seq).toBe(before.seq + 1)
  })
})
