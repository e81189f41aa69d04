import { checkInByCode, getBoard, getRotatingCode, markByHand, startSession } from '@app/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inspectDatabase } from '../../platform/db/inspect.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import type { TestPerson } from '../../testing/builders.ts'
import { aCollege, type TestCollege } from '../../testing/builders-class.ts'
import { decided } from '../../testing/builders-marks.ts'
import { readEvents } from '../../testing/event-reader.ts'
import { type ServerProcess, startServerProcess } from '../../testing/server-process.ts'
import { verifyAudit } from './verify-chain.ts'

const STUDENTS = 300
/** So many answers are waited for before the process is killed: the burst is in full swing then. */
const ANSWERS_BEFORE_KILL = 60

let app: TestApp
let college: TestCollege
let server: ServerProcess
beforeEach(async () => {
  app = await createTestApp()
  college = await aCollege(app, { students: STUDENTS })
  server = await startServerProcess({ databaseUrl: app.databaseUrl, now: app.clock.now() })
})
afterEach(async () => {
  await server.kill()
  await app.close()
})

async function answered<Body>(asked: Promise<{ kind: 'answered'; status: number; body: Body } | { kind: 'lost' }>) {
  const reply = await asked
  if (reply.kind === 'lost' || reply.status !== 200) throw new Error(`not answered: ${JSON.stringify(reply)}`)
  return reply.body
}

/** Every other student types the code that is shown, the rest are marked by hand. */
async function mark(student: TestPerson, place: number, params: { sessionId: string }): Promise<boolean> {
  const reply =
    place % 2 === 0
      ? await server.call(checkInByCode, { as: student, params, body: { code: await shownCode(params) } })
      : await server.call(markByHand, {
          as: college.teacher,
          params: { ...params, studentId: student.id },
          body: decided('late'),
        })
  if (reply.kind === 'answered') expect([reply.status, reply.error]).toEqual([200, undefined])
  return reply.kind === 'answered'
}

async function shownCode(params: { sessionId: string }): Promise<string> {
  const reply = await server.call(getRotatingCode, { as: college.teacher, params })
  return reply.kind === 'answered' ? reply.body.code : 'LOST00'
}

test('a server that is killed in the middle of a burst has lost no mark it acknowledged, the chain is whole, and boards resume', async () => {
  const { id: sessionId } = await answered(
    server.call(startSession, {
      as: college.teacher,
      params: { classId: college.class.id },
      body: { minutes: 60, lateAfterMinutes: 10, methods: ['code'] },
    }),
  )
  const board = await readEvents(server.address, { as: college.teacher, sessionId, after: 0 })
  // A stream that is cut off is no graceful end: what has come until then is what the board knows.
  const cutOff = board.ended.catch(() => undefined)
  const acknowledged = new Set<string>()
  const inFullSwing = Promise.withResolvers<void>()
  const burst = college.students.map(async (student, place) => {
    if (!(await mark(student, place, { sessionId }))) return
    acknowledged.add(student.id)
    if (acknowledged.size === ANSWERS_BEFORE_KILL) inFullSwing.resolve()
  })
  await Promise.race([inFullSwing.promise, Promise.all(burst)])
  await server.kill()
  await Promise.all(burst)
  await cutOff
  const known = board.events.at(-1)?.seq ?? 0
  expect(acknowledged.size).toBeGreaterThanOrEqual(ANSWERS_BEFORE_KILL)
  expect(acknowledged.size).toBeLessThan(STUDENTS)

  // The clock of the second begins after whatever the first has seen of its own.
  app.clock.advance(5 * 60_000)
  server = await startServerProcess({ databaseUrl: app.databaseUrl, now: app.clock.now() })
  const resumed = await readEvents(server.address, { as: college.teacher, sessionId, after: known })
  const after = await answered(server.call(getBoard, { as: college.teacher, params: { sessionId } }))
  const marked = after.tiles.filter(({ status }) => status !== null).map(({ studentId }) => studentId)
  expect(marked).toEqual(expect.arrayContaining([...acknowledged]))
  // Of what was under way each mark is there with its line in the log, or neither is.
  const logged = await app.db.inInstitution(college.institution.id, (tx) =>
    tx.selectFrom('audit_log').select('subject_id').where('action', '=', 'record-made').execute(),
  )
  expect(logged.map(({ subject_id }) => subject_id).sort()).toEqual([...marked].sort())

  const missing = college.students.filter(({ id }) => !marked.includes(id))
  for (const [place, student] of missing.entries()) expect(await mark(student, place, { sessionId })).toBe(true)
  // One event a mark, without a gap or a double over the death of the first server: the board missed nothing.
  const events = [...board.events, ...(await resumed.until(STUDENTS - known))]
  resumed.close()
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: STUDENTS }, (_, i) => i + 1))
  const { chains } = await inspectDatabase(app.databaseUrl, (tx) => verifyAudit(tx, []))
  expect(chains).toMatchObject([{ links: STUDENTS + 1, firstBreak: null }])
}, 120_000)
