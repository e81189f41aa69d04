import { checkInByCode, endSession, getBoard, getRotatingCode, markByHand, startSession } from '@app/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp, type TestReply } from '../../testing/app.ts'
import type { TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { aCheckInChallenge, anUpload, enrol, readShownFaces, sendCheckIn } from '../../testing/builders-faces.ts'
import { decided } from '../../testing/builders-marks.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces, maxConnections: 20 })
})
afterAll(() => test.close())

async function start(college: TestCollege): Promise<string> {
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
  })
  return body.id
}

const recordsOf = (college: TestCollege, sessionId: string) =>
  test.db.inInstitution(college.institution.id, (tx) =>
    tx.selectFrom('records').selectAll().where('session_id', '=', sessionId).execute(),
  )

const auditOf = (college: TestCollege, sessionId: string, student: TestPerson) =>
  test.db.inInstitution(college.institution.id, (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['action', 'new_value'])
      .where('session_id', '=', sessionId)
      .where('subject_id', '=', student.id)
      .orderBy('id')
      .execute(),
  )

/** What a race may answer; anything else, a 500 above all, is a fault. */
const EXPECTED = ['200', '409 already-done', '409 challenge-spent', '409 changed-meanwhile', '409 session-closed']
const answerOf = (reply: { status: number; error: string | undefined }) =>
  [reply.status, reply.error].filter(Boolean).join(' ')

it('marks a student once who comes by face, by code and by hand at the same time, two hundred times over', async () => {
  const college = await aCollege(test, { students: 1 })
  const alice = nth(college.students, 0)
  await enrol(test, alice, 'alice')
  for (let round = 0; round < 200; round++) {
    const sessionId = await start(college)
    const params = { sessionId }
    const challenge = await aCheckInChallenge(test, alice, sessionId)
    const { code } = (await test.call(getRotatingCode, { as: college.teacher, params })).body
    const byFace = () => sendCheckIn(test, alice, challenge.id, anUpload({ face: 'alice' }))
    const byCode = () => test.call(checkInByCode, { as: alice, params, body: { code } })
    const byHand = () =>
      test.call(markByHand, {
        as: college.teacher,
        params: { sessionId, studentId: alice.id },
        body: decided('excused', { reason: 'doctor' }),
      })
    const ways = round % 2 === 0 ? [byFace, byCode, byFace, byCode] : [byCode, byHand, byFace, byCode]
    const replies: TestReply<typeof markByHand>[] = await Promise.all(
      ways.map((way) => way() as Promise<TestReply<typeof markByHand>>),
    )
    for (const reply of replies) expect(EXPECTED).toContain(answerOf(reply))
    const records = await recordsOf(college, sessionId)
    expect(records).toHaveLength(1)
    const own = (await auditOf(college, sessionId, alice)).filter(({ action }) => action === 'record-made')
    expect(own).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    test.clock.advance(1000)
    await test.call(endSession, { as: college.teacher, params })
    test.clock.advance(1000)
  }
}, 180_000)

it('leaves nothing half done when a session ends while its class checks in', async () => {
  const college = await aCollege(test, { students: 24 })
  for (let round = 0; round < 5; round++) {
    const sessionId = await start(college)
    const params = { sessionId }
    test.clock.advance(1000)
    const { code } = (await test.call(getRotatingCode, { as: college.teacher, params })).body
    const replies = await Promise.all(
      college.students.flatMap((as, i) => {
        const checkingIn = test.call(checkInByCode, { as, params, body: { code } })
        return i === 12 ? [checkingIn, test.call(endSession, { as: college.teacher, params })] : [checkingIn]
      }),
    )
    for (const reply of replies) expect(EXPECTED).toContain(answerOf(reply))
    const records = await recordsOf(college, sessionId)
    expect(records).toHaveLength(24)
    const accepted = replies.filter(({ body }) => 'outcome' in body && body.outcome === 'accepted')
    expect(records.filter(({ method }) => method === 'code')).toHaveLength(accepted.length)
    expect(records.filter(({ status, method }) => status === 'absent' && method === 'closing')).toHaveLength(
      24 - accepted.length,
    )
    const { body: board } = await test.call(getBoard, { as: college.teacher, params })
    // One event a mark, then the end and the reload, without a gap.
    expect(board.seq).toBe(accepted.length + 2)
    test.clock.advance(10_000)
  }
})

it('numbers the events of racing marks without a gap', async () => {
  const college = await aCollege(test, { students: 20 })
  const sessionId = await start(college)
  await Promise.all(
    college.students.map((student) =>
      test.call(markByHand, {
        as: college.teacher,
        params: { sessionId, studentId: student.id },
        body: decided('present'),
      }),
    ),
  )
  const events = await test.db.inInstitution(college.institution.id, (tx) =>
    tx.selectFrom('session_events').select('seq').where('session_id', '=', sessionId).orderBy('seq').execute(),
  )
  expect(events.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

it('takes one decision of two teachers who mark the same student at once, and tells the other', async () => {
  const college = await aCollege(test)
  const sessionId = await start(college)
  const student = nth(college.students, 0)
  const statuses = ['present', 'late', 'excused', 'absent', 'present', 'late'] as const
  const replies = await Promise.all(
    statuses.map((status) =>
      test.call(markByHand, {
        as: college.teacher,
        params: { sessionId, studentId: student.id },
        body: decided(status, { reason: `says ${status}` }),
      }),
    ),
  )
  expect(replies.map(answerOf).sort()).toEqual(['200', ...Array(5).fill('409 changed-meanwhile')])
  const audit = await auditOf(college, sessionId, student)
  expect(audit.map(({ action }) => action)).toEqual(['record-made'])
  const said = (nth(audit, 0).new_value as { status: string }).status
  expect(await recordsOf(college, sessionId)).toMatchObject([{ status: said }])
})
