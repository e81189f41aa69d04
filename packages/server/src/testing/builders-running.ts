import {
  checkInByCode,
  getBoard,
  getRotatingCode,
  getSession,
  markByHand,
  type SessionView,
  startSession,
} from '@app/contract'
import type { TestApp } from './app.ts'
import { signInAgain } from './builders.ts'
import { aCollege, nth, type TestCollege } from './builders-class.ts'

const MINUTE_MS = 60_000
/** So far from the clock's now. */
export const inMinutes = (test: TestApp, minutes: number) =>
  new Date(test.clock.now().getTime() + minutes * MINUTE_MS).toISOString()

export type RunningRoom = TestCollege & { session: SessionView }

/** An hour that is late after ten minutes and has just begun. */
export async function aRunningSession(test: TestApp, given: Parameters<typeof aCollege>[1] = {}): Promise<RunningRoom> {
  const college = await aCollege(test, given)
  const { body } = await test.call(startSession, {
    as: college.teacher,
    params: { classId: college.class.id },
    body: { minutes: 60, lateAfterMinutes: 10, methods: ['face', 'code'] },
  })
  return { ...college, session: body }
}

/** What the routes of its session are called with. */
export const of = (room: { session: { id: string } }) => ({ params: { sessionId: room.session.id } })

/** After hours the access tokens of the builders have run out. */
export async function waitIn(test: TestApp, room: TestCollege, minutes: number): Promise<void> {
  test.clock.advance(minutes * MINUTE_MS)
  room.teacher = { ...room.teacher, ...(await signInAgain(test, room.teacher)) }
  room.admin = { ...room.admin, ...(await signInAgain(test, room.admin)) }
  for (const [i, student] of room.students.entries())
    room.students[i] = { ...student, ...(await signInAgain(test, student)) }
}

export const stateOf = async (test: TestApp, room: RunningRoom) =>
  (await test.call(getSession, { as: room.teacher, ...of(room) })).body.state

/** By the code that is shown. */
export async function checkInByShown(test: TestApp, room: RunningRoom, student = 0) {
  const { body } = await test.call(getRotatingCode, { as: room.teacher, ...of(room) })
  return test.call(checkInByCode, { as: nth(room.students, student), ...of(room), body: { code: body.code } })
}

export const markAbsent = (test: TestApp, room: TestCollege & { session: { id: string } }, student: number) =>
  test.call(markByHand, {
    as: room.teacher,
    params: { sessionId: room.session.id, studentId: nth(room.students, student).id },
    body: { status: 'absent', ownStatusId: null, reason: 'Seen leaving', note: '', seen: null },
  })

/** What the log says of the session. */
export async function actionsOf(test: TestApp, room: RunningRoom): Promise<string[]> {
  const rows = await test.db.inInstitution(room.institution.id, (tx) =>
    tx.selectFrom('audit_log').select('action').where('session_id', '=', room.session.id).orderBy('id').execute(),
  )
  return rows.map(({ action }) => action)
}

/** The board's marks: `present by code`. */
export const marksOf = async (test: TestApp, room: RunningRoom) => {
  const { body } = await test.call(getBoard, { as: room.teacher, ...of(room) })
  return body.tiles.map(({ status, method }) => (status === null ? null : `${status} by ${method}`))
}
