import { type AccessRow, admins, managesClass, ofClass, ofNewClass, only } from './access-outcomes.ts'

export const ACCESS_POLICY: Record<string, AccessRow> = {
  getPolicy: { expected: admins() },
  changePolicy: { expected: admins(), ask: async () => ({ body: { changes: { actionCount: 2 }, reset: [] } }) },
  getClassPolicy: { expected: managesClass(), ask: ofClass },
  changeClassPolicy: {
    // Its teachers decide nothing until the institution leaves it to them.
    expected: only({ admin: 'ok', otherAdmin: 'not-found', stranger: 'not-found' }),
    ask: async (world) => ({ ...(await ofNewClass(world)), body: { changes: { sessionMinutes: 50 }, reset: [] } }),
  },
}
