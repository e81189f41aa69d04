import { QueryClient } from '@tanstack/react-query'
import { isFailure } from './failure.ts'

/** Worth another try: what a moment may mend, and nothing that the server has decided. */
function mayHeal(error: unknown): boolean {
  return isFailure(error, 'offline', 'database-unavailable', 'broken')
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && mayHeal(error),
        // A refused request says so at once; an unreachable network is shown, not waited for.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
