import { type AccessRow, owners } from './access-outcomes.ts'
import { anInstitution } from './builders.ts'

/** The owner's part, the directory of people, guardians and the overview. */
export const ACCESS_PEOPLE: Record<string, AccessRow> = {
  listInstitutions: { expected: owners() },
  createInstitution: {
    expected: owners(),
    ask: async () => ({
      body: { name: 'New', timeZone: 'UTC', locale: 'en', adminName: 'New', adminEmail: 'new@x.test' },
    }),
  },
  disableInstitution: {
    expected: owners(),
    ask: async ({ app }) => ({
      params: { institutionId: (await anInstitution(app)).id },
      body: { disabled: true },
    }),
  },
  getInstallationHealth: { expected: owners() },
}
