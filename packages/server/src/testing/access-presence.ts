import { type AccessRow, ownsChallenge } from './access-outcomes.ts'
import { aSpentChallenge } from './access-world.ts'

export const ACCESS_PRESENCE: Record<string, AccessRow> = {
  showPresence: {
    expected: ownsChallenge(),
    ask: async (world) => ({
      params: { challengeId: await aSpentChallenge(world, 'check-in') },
      body: { code: '000000', position: null },
    }),
  },
}
