import { type AccessRow, managesClass, ofClass, ofNewSession, teachesClass } from './access-outcomes.ts'
import type { AccessWorld } from './access-world.ts'
import { aClass } from './builders.ts'
import { aPlannedSession } from './builders-planned.ts'

export const ofPlannedSession = async ({ app, actors }: AccessWorld) => {
  const institution = { id: actors.teacher.institutionId, name: '' }
  const of = await aClass(app, institution, { teachers: [actors.teacher], students: [actors.student] })
  const { id } = await aPlannedSession(app, of, { plannedBy: actors.teacher })
  return { params: { sessionId: id, classId: of.id } }
}

/** What is done to sessions: an admin does all but stand in the room, which starting, marking and showing the code are. */
export const ACCESS_SESSIONS: Record<string, AccessRow> = {
  getSessionDefaults: { expected: managesClass(), ask: ofClass },
  startPlannedSession: { expected: teachesClass(), ask: ofPlannedSession },
  extendSession: {
    expected: managesClass(),
    ask: async (world) => ({
      ...(await ofNewSession(world)),
      body: { closesAt: new Date(world.app.clock.now().getTime() + 90 * 60_000).toISOString() },
    }),
  },
  pauseSession: { expected: managesClass(), ask: ofNewSession },
  resumeSession: { expected: managesClass('already-done'), ask: ofNewSession },
  cancelSession: {
    expected: managesClass(),
    ask: async (world) => ({ ...(await ofNewSession(world)), body: { reason: 'a fire drill' } }),
  },
  restoreSession: { expected: managesClass('already-done'), ask: ofNewSession },
  reopenSession: {
    expected: managesClass('already-done'),
    ask: async (world) => ({ ...(await ofNewSession(world)), body: { minutes: 10 } }),
  },
}
