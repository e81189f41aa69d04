import { adjustFaceCheck, listClassStudents } from '@app/contract'
import { ACTIONS, type Action } from '@app/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import type { TestPerson } from '../../testing/builders.ts'
import { aCheckInChallenge, checkIn, readShownFaces } from '../../testing/builders-faces.ts'
import { aliceIn, aRoom, tileOf } from '../../testing/builders-room.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp({ readFrames: readShownFaces })
})
afterAll(() => test.close())

const TURNS: Action[] = ['turn-left', 'turn-right']
const adjust = (as: TestPerson, student: TestPerson, cannotDo: Action[], reason = 'A stiff neck.') =>
  test.call(adjustFaceCheck, { as, params: { personId: student.id }, body: { cannotDo, reason } })

it('is spared what a student cannot do, whatever the policy asks', async () => {
  const room = await aRoom(test)
  expect((await adjust(room.teacher, room.alice, TURNS)).status).toBe(200)
  for (let i = 0; i < 10; i++) {
    test.clock.advance(2000)
    const { actions } = await aCheckInChallenge(test, room.alice, room.sessionId)
    expect(actions.length).toBeGreaterThanOrEqual(2)
    for (const turn of TURNS) expect(actions).not.toContain(turn)
  }
  const { students } = (await test.call(listClassStudents, { as: room.teacher, params: { classId: room.class.id } }))
    .body
  expect(students.map(({ cannotDo }) => cannotDo)).toEqual([TURNS, []])
})

it('can be put back, and every change is kept with its reason', async () => {
  const room = await aRoom(test)
  await adjust(room.teacher, room.alice, TURNS)
  await adjust(room.admin, room.alice, [], 'The neck is well again.')
  const audit = await test.db.inInstitution(room.institution.id, (tx) =>
    tx
      .selectFrom('audit_log')
      .select(['actor_id', 'old_value', 'new_value', 'reason'])
      .where('action', '=', 'face-check-adjusted')
      .orderBy('id')
      .execute(),
  )
  expect(audit).toEqual([
    {
      actor_id: room.teacher.id,
      old_value: { cannotDo: [] },
      new_value: { cannotDo: TURNS },
      reason: 'A stiff neck.',
    },
    {
      actor_id: room.admin.id,
      old_value: { cannotDo: TURNS },
      new_value: { cannotDo: [] },
      reason: 'The neck is well again.',
    },
  ])
})

it('leaves at least two actions and needs a reason', async () => {
  const room = await aRoom(test)
  expect((await adjust(room.teacher, room.alice, ACTIONS.slice(0, 6))).error).toBe('bad-input')
  expect((await adjust(room.teacher, room.alice, TURNS, ' ')).error).toBe('bad-input')
  expect((await adjust(room.teacher, room.alice, ACTIONS.slice(0, 5))).status).toBe(200)
})

it('is for admins and teachers of one of the student’s classes, and for students only', async () => {
  const room = await aRoom(test)
  expect((await adjust(room.otherTeacher, room.alice, TURNS)).error).toBe('not-allowed')
  expect((await adjust(room.alice, room.alice, TURNS)).error).toBe('not-allowed')
  expect((await adjust(room.admin, room.otherTeacher, TURNS)).error).toBe('not-found')
})

it('asks for more from a face that did not turn: what a turn would have shown must be beyond doubt', async () => {
  const room = await aRoom(test)
  await adjust(room.teacher, room.alice, TURNS)
  const unturned = { ...aliceIn(room), solidHead: { kind: 'not-measured' } as const }
  expect((await checkIn(test, room.alice, room.sessionId, { ...unturned, genuine: 0.8 })).body.outcome).toBe('refused')
  expect((await tileOf(test, room, room.alice)).refusals?.lastBecause).toBe('spoof-suspected')
  expect((await checkIn(test, room.alice, room.sessionId, { ...unturned, genuine: 0.95 })).body.outcome).toBe(
    'accepted',
  )
})
