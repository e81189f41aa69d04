import { randomUUID } from 'node:crypto'
import { type AccessRow, admins, managesClass, ofNewSession, only, staff, teachesClass } from './access-outcomes.ts'
import { type AccessWorld, anotherSession } from './access-world.ts'
import { decided } from './builders-marks.ts'

const own = async (world: AccessWorld) => {
  const { sessionId } = await anotherSession(world)
  return { params: { sessionId, studentId: world.actors.student.id } }
}

const aStatusOf = async ({ app, actors }: AccessWorld): Promise<string> => {
  const id = randomUUID()
  await app.db.inInstitution(actors.admin.institutionId, (tx) =>
    tx
      .insertInto('statuses')
      .values({
        institution_id: actors.admin.institutionId,
        id,
        name: id.slice(0, 8),
        base: 'excused',
        weight: null,
        created_at: app.clock.now(),
      })
      .execute(),
  )
  return id
}

/** Something of a session that is not there: whoever may not see the session is not told even that. */
const nothingOf = (name: 'guestId' | 'spotCheckId' | 'conflictId', body?: object) => async (world: AccessWorld) => ({
  params: { ...(await ofNewSession(world)).params, [name]: randomUUID() },
  ...(body ? { body } : {}),
})

/** Who may change the marks of a session, and what they are told. */
export const ACCESS_MARKS: Record<string, AccessRow> = {
  listOwnStatuses: { expected: staff() },
  createOwnStatus: {
    expected: admins(),
    ask: async () => ({ body: { name: randomUUID().slice(0, 20), base: 'late', weight: 0.5 } }),
  },
  changeOwnStatus: {
    expected: only({ admin: 'ok', otherAdmin: 'not-found', stranger: 'not-found' }),
    ask: async (world) => ({
      params: { statusId: await aStatusOf(world) },
      body: { name: randomUUID().slice(0, 20), weight: null, isArchived: true },
    }),
  },
  markByHand: {
    expected: teachesClass(),
    ask: async (world) => ({ ...(await own(world)), body: decided('excused', { reason: 'a reason' }) }),
  },
  markMany: {
    expected: teachesClass(),
    ask: async (world) => {
      const { seen: _, ...decision } = decided('present')
      return { ...(await ofNewSession(world)), body: { ...decision, students: 'unmarked' } }
    },
  },
  undoMarks: {
    expected: teachesClass(),
    ask: async (world) => ({
      ...(await ofNewSession(world)),
      body: { changes: [{ studentId: world.actors.student.id, version: 1 }] },
    }),
  },
  unlockMarks: {
    expected: only({ admin: 'not-locked', otherAdmin: 'not-found', stranger: 'not-found' }),
    ask: async (world) => ({ ...(await ofNewSession(world)), body: { hours: 1, reason: 'a reason' } }),
  },
  getMarkHistory: { expected: managesClass(), ask: own },
  addGuest: {
    expected: teachesClass(),
    ask: async (world) => ({ ...(await ofNewSession(world)), body: { fullName: 'A Guest', note: '' } }),
  },
  removeGuest: { expected: teachesClass('not-found'), ask: nothingOf('guestId') },
  matchGuest: { expected: teachesClass('not-found'), ask: nothingOf('guestId', { rollNo: 'R1' }) },
  startSpotCheck: {
    expected: teachesClass(),
    ask: async (world) => ({ ...(await ofNewSession(world)), body: { students: 3 } }),
  },
  confirmSpotCheck: { expected: teachesClass('not-found'), ask: nothingOf('spotCheckId') },
  decideFaceConflict: {
    expected: teachesClass('not-found'),
    ask: nothingOf('conflictId', { present: [], areTwins: false, reason: '' }),
  },
}
