import { getBoard, startSession, type Tile } from '@app/contract'
import type { TestApp } from './app.ts'
import type { TestPerson } from './builders.ts'
import { aCollege, nth, type TestCollege } from './builders-class.ts'
import { enrol } from './builders-faces.ts'

export type Room = TestCollege & { sessionId: string; alice: TestPerson; bob: TestPerson }

/** An open session of an hour, late after ten minutes, with two enrolled students who have a face of their own each. */
export async function aRoom(test: TestApp, given: Parameters<typeof aCollege>[1] = {}): Promise<Room> {
  const college = await aCollege(test, given)
  const [alice, bob] = [nth(college.students, 0), nth(college.students, 1)]
  await enrol(test, alice, aliceIn(college).face)
  await enrol(test, bob, bobIn(college).face)
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
  })
  return { ...college, sessionId: body.id, alice, bob }
}

export const aliceIn = (college: TestCollege) => ({ face: `alice of ${college.class.id}` })
export const bobIn = (college: TestCollege) => ({ face: `bob of ${college.class.id}` })

/** A student's tile on the teacher's board. */
export async function tileOf(test: TestApp, room: Room, student: TestPerson): Promise<Tile> {
  const { body } = await test.call(getBoard, { as: room.teacher, params: { sessionId: room.sessionId } })
  const tile = body.tiles.find(({ studentId }) => studentId === student.id)
  if (!tile) throw new Error('no such tile')
  return tile
}

export function recordsOf(test: TestApp, room: Room) {
  return test.db.inInstitution(room.institution.id, (tx) =>
    tx.selectFrom('records').selectAll().where('session_id', '=', room.sessionId).execute(),
  )
}
