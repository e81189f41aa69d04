import { randomUUID } from 'node:crypto'
import { type AccessRow, inClass, managesClass, only, staff, students } from './access-outcomes.ts'
import { type AccessWorld, anotherSession } from './access-world.ts'

const DAY = '2026-03-09'

/** A request of the class's student about a session of theirs that has ended. */
async function aCorrection(world: AccessWorld): Promise<string> {
  const { app, actors } = world
  const { sessionId } = await anotherSession(world)
  const id = randomUUID()
  await app.db.inInstitution(actors.student.institutionId, (tx) =>
    tx
      .insertInto('correction_requests')
      .values({
        institution_id: actors.student.institutionId,
        id,
        session_id: sessionId,
        student_id: actors.student.id,
        wanted: 'present',
        reason: 'I was there',
        asked_at: app.clock.now(),
      })
      .execute(),
  )
  return id
}

async function aLeave({ app, actors, class: taught }: AccessWorld): Promise<string> {
  const id = randomUUID()
  const institution_id = actors.student.institutionId
  await app.db.inInstitution(institution_id, async (tx) => {
    await tx
      .insertInto('leave_requests')
      .values({
        institution_id,
        id,
        student_id: actors.student.id,
        from_day: DAY,
        until_day: DAY,
        reason: 'a wedding',
        asked_at: app.clock.now(),
      })
      .execute()
    await tx.insertInto('leave_classes').values({ institution_id, leave_id: id, class_id: taught.id }).execute()
  })
  return id
}

/** To everybody else a request of somebody's does not exist. */
const ownRequest = () => only({ student: 'ok', otherStudent: 'not-found', stranger: 'not-found' })

export const ACCESS_REQUESTS: Record<string, AccessRow> = {
  askCorrection: {
    expected: inClass('session-not-ended'),
    ask: async (world) => ({
      body: { sessionId: (await anotherSession(world)).sessionId, wanted: 'present', reason: 'I was there' },
    }),
  },
  askLeave: {
    expected: only({ student: 'ok', otherStudent: 'not-in-class', stranger: 'not-in-class' }),
    ask: async (world) => ({
      body: { from: DAY, until: DAY, classIds: [world.class.id], reason: 'a wedding' },
    }),
  },
  listMyRequests: { expected: students() },
  withdrawRequest: {
    expected: ownRequest(),
    ask: async (world) => ({ params: { requestId: await aCorrection(world) } }),
  },
  addRequestFile: {
    expected: ownRequest(),
    ask: async (world) => ({
      params: { requestId: await aCorrection(world) },
      file: { bytes: Buffer.from('%PDF-1.7') },
    }),
  },
  downloadRequestFile: {
    expected: only({
      student: 'not-found',
      teacher: 'not-found',
      admin: 'not-found',
      otherAdmin: 'not-found',
      stranger: 'not-found',
    }),
    ask: async (world) => ({ params: { requestId: await aCorrection(world), fileId: randomUUID() } }),
  },
  listRequests: { expected: staff(), ask: async () => ({ query: {} }) },
  answerCorrection: {
    expected: managesClass(),
    ask: async (world) => ({
      params: { requestId: await aCorrection(world) },
      body: { answer: 'declined', note: 'You were not' },
    }),
  },
  answerLeave: {
    expected: managesClass(),
    ask: async (world) => ({
      params: { requestId: await aLeave(world) },
      body: { answer: 'granted', classIds: [world.class.id], note: '' },
    }),
  },
}
