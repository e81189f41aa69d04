import { type AccessRow, managesClass, ofClass, only } from './access-outcomes.ts'
import { ofPlannedSession } from './access-sessions.ts'

const A_DAY = { day: '2026-03-03', startsAt: '03:00', room: '' }

/** Who plans sessions: their teachers and the institution's admins. */
export const ACCESS_PLANNING: Record<string, AccessRow> = {
  planSession: {
    expected: managesClass(),
    ask: async (world) => {
      const { params } = await ofPlannedSession(world)
      return { params: { classId: params.classId }, body: A_DAY }
    },
  },
  planFromTimetable: {
    expected: managesClass(),
    ask: async (world) => ({
      ...(await ofClass(world)),
      query: { mode: 'check' },
      body: { from: '2026-03-02', until: '2026-03-29' },
    }),
  },
  changePlan: {
    expected: managesClass(),
    ask: async (world) => ({
      ...(await ofPlannedSession(world)),
      query: { mode: 'commit' },
      body: { scope: 'one', change: { kind: 'cancel', reason: 'a strike' } },
    }),
  },
  getTeachersToday: { expected: only({ teacher: 'ok', otherTeacher: 'ok', stranger: 'ok' }) },
}
